"""Respondents that the registry of PES cannot place: reviewed, counted apart, never dropped.

These need the real build by dbt: one that succeeds, shared, and one that must not.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from bench import is_one_clear_sentence
from support import examples
from support.nights import a_night
from support.sources import SourceFolder

from pes_observatory.errors import BuildFailed
from pes_observatory.outcomes import step_outcomes
from pes_observatory.settings import Home, project_root
from pes_observatory.steps import run_build
from pes_observatory.warehouse.build import candidate_folder

RESPONDENTS = ["Actiris", "ACTIRIS", "Service de nulle part", "Bundesagentur für Arbeit (BA)"]


def landed(folder: Path) -> tuple[Home, SourceFolder]:
    """A home after a night with a survey of which four respondents matter."""
    home, sources = Home(folder / "home"), SourceFolder(folder / "sources")
    source, files = examples.survey()
    responses = examples.responses()[: len(RESPONDENTS)]
    named = [row | {"PES": name} for row, name in zip(responses, RESPONDENTS, strict=True)]
    sources.write(source, files | {"results-2022.csv": examples.survey_csv(named)})
    assert a_night(home, sources).failures == {}
    return home, sources


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    home, sources = landed(tmp_path_factory.mktemp("built"))
    run_build(home, "build", sources.all())
    database = candidate_folder(home) / "warehouse.duckdb"
    with duckdb.connect(str(database), read_only=True) as connection:
        yield connection


def test_a_respondent_not_in_the_registry_is_under_review(
    built: duckdb.DuckDBPyConnection,
) -> None:
    found = built.sql(
        "SELECT respondent_raw, item_name, row_no FROM marts.respondent_review "
        "WHERE reason = 'unresolved'"
    ).fetchall()
    assert found == [("Service de nulle part", "results-2022.csv", 3)]


def test_a_pes_that_answers_twice_under_two_spellings_is_under_review(
    built: duckdb.DuckDBPyConnection,
) -> None:
    found = built.sql(
        "SELECT respondent_raw, row_no FROM marts.respondent_review "
        "WHERE reason = 'duplicate' ORDER BY row_no"
    ).fetchall()
    assert found == [("Actiris", 1), ("ACTIRIS", 2)]


def test_a_response_without_a_region_is_counted_as_unresolved(
    built: duckdb.DuckDBPyConnection,
) -> None:
    found = built.sql(
        "SELECT region_id, responses, pes, responses_under_review FROM marts.response_coverage "
        "WHERE responses > 0 ORDER BY region_id"
    ).fetchall()
    assert found == [("europe", 3, 2, 2), ("unresolved", 1, 0, 1)]


def test_no_response_is_dropped(built: duckdb.DuckDBPyConnection) -> None:
    wave = built.sql("SELECT responses, answers, responses_under_review FROM marts.dim_wave")
    assert wave.fetchall() == [(4, 8, 3)]
    answers = built.sql("SELECT count(*) FROM marts.verbatims").fetchone()
    assert answers == (8,)


def test_a_region_that_the_registry_does_not_know_stops_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, sources = landed(tmp_path)
    for part in ("dbt_project", "expectations"):
        shutil.copytree(project_root() / part, tmp_path / "project" / part)
    registry = tmp_path / "project" / "dbt_project" / "seeds" / "pes.csv"
    known = registry.read_text()
    registry.write_text(known.replace(",BEL,europe,", ",BEL,atlantis,", 1))
    monkeypatch.setenv("PES_PROJECT", str(tmp_path / "project"))
    with pytest.raises(BuildFailed):
        run_build(home, "build", sources.all())
    last = step_outcomes(home)[-1]
    assert (last["step"], last["outcome"], last["source_id"]) == ("build", "rejected", None)
    is_one_clear_sentence(last["detail"], "dbt build failed", "region_id", "the whole log is")
