"""Great Expectations on DuckDB needs our listener. Once it does not, this file says so.

When ``test_without_the_listener_metrics_fail`` fails, upstream has mended it: delete
``gates/duckdb_listener.py``, its call in ``gates/validate.py`` and this file.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from pes_observatory.gates import duckdb_listener
from pes_observatory.gates.suites import Rule, Suite
from pes_observatory.gates.validate import COULD_NOT_RUN, Finding, judge


def rule(name: str, **expectation: object) -> Rule:
    content = {**expectation, "severity": "critical", "meta": {"rule": name}}
    return Rule(name, "a test needs it", "critical", content, refuses_rows=False)


BUNDLED = Suite(
    "example",
    "load",
    (
        rule(
            "three_rows",
            type="expect_table_row_count_to_be_between",
            kwargs={"min_value": 3, "max_value": 3},
        ),
        rule("named", type="expect_column_values_to_not_be_null", kwargs={"column": "name"}),
        rule(
            "known",
            type="expect_column_distinct_values_to_contain_set",
            kwargs={"column": "name", "value_set": ["a"]},
        ),
    ),
)


def judged(database: Path) -> list[Finding]:
    with judge(database) as tables:
        return tables.validate(BUNDLED)


@pytest.fixture
def database(tmp_path):
    """Three rows, one of them without a name."""
    path = tmp_path / "gate.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE load AS FROM (VALUES ('a'), ('b'), (NULL)) AS t(name)")
    return path


def test_without_the_listener_metrics_fail(database, monkeypatch):
    duckdb_listener.remove()
    monkeypatch.setattr(duckdb_listener, "install", lambda: None)
    findings = judged(database)
    assert all(found.observed.startswith(COULD_NOT_RUN) for found in findings)
    assert any("list index out of range" in found.observed for found in findings)
    assert not any(found.is_passed for found in findings)


def test_with_the_listener_they_count(database):
    found = {each.rule.name: each for each in judged(database)}
    assert {name: each.is_passed for name, each in found.items()} == {
        "three_rows": True,
        "named": False,
        "known": True,
    }
    assert found["named"].unexpected_rows == 1
    assert {each.checked_rows for each in found.values()} == {3}


def test_installing_it_twice_buffers_once(database):
    duckdb_listener.install()
    duckdb_listener.install()
    duckdb_listener.remove()
    assert not any(each.is_passed for each in _without_installing(database))
    duckdb_listener.install()
    assert any(each.is_passed for each in _without_installing(database))


def _without_installing(database):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(duckdb_listener, "install", lambda: None)
        return judged(database)
