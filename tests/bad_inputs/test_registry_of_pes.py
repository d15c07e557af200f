"""Respondents that the registry of PES cannot place: reviewed, counted apart, never dropped.

These need the real build by dbt, one for all. A registry with an unknown region stops the
build: ``tests/night/test_releases.py``.
"""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest
from support import examples
from support.nights import a_night
from support.sources import SourceFolder

from pes_observatory.settings import Home
from pes_observatory.steps import run_build
from pes_observatory.warehouse.build import candidate_folder

pytestmark = pytest.mark.timeout(240)
RESPONDENTS = ["Actiris", "ACTIRIS", "Service de nulle part", "Bundesagentur für Arbeit (BA)"]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse after a night with one survey, which these four answered."""
    folder = tmp_path_factory.mktemp("built")
    home, sources = Home(folder / "home"), SourceFolder(folder / "sources")
    source, files = examples.survey()
    responses = examples.responses()[: len(RESPONDENTS)]
    named = [row | {"PES": name} for row, name in zip(responses, RESPONDENTS, strict=True)]
    sources.write(source, files | {"results-2022.csv": examples.survey_csv(named)})
    assert a_night(home, sources).failures == {}
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
