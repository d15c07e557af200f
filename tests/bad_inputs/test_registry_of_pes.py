"""Respondents that the registry of PES cannot place: reviewed, counted apart, never dropped.

These need the real build by dbt, one for all. A registry with an unknown region stops the
build: ``tests/night/test_releases.py``.
"""

from __future__ import annotations

import re
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
PES_OF = {
    # register of inconsistencies A09
    "Turquie": "TUR-ISKUR",
    "TÜRKİYE": "TUR-ISKUR",
    "Turkey – İŞKUR": "TUR-ISKUR",
    "Iskür": "TUR-ISKUR",
    "République de Turquie": "TUR-ISKUR",
    "Mali": "MLI-ANPE",
    "la République du Mali": "MLI-ANPE",
    "ANPE (Mali)": "MLI-ANPE",
    "Bosnie-Herzégovine": "BIH-ARZ",
    "Bosnie Herzégovine": "BIH-ARZ",
    "Bosnie et Herzégovine": "BIH-ARZ",
    "Bosnia & Herzegovina": "BIH-ARZ",
    # an article, a form of state, words for a PES, a country and its agency
    "Les Pays-Bas": "NLD-UWV",
    "The Netherlands (UWV)": "NLD-UWV",
    "Reino de España": "ESP-SEPE",
    "Public Employment Services of Sweden": "SWE-AF",
    "Servicio Público de Empleo de Suecia": "SWE-AF",
    "SPE du Luxembourg": "LUX-ADEM",
    "Kenya PES": "KEN-NEA",
    "NEA, Kenya": "KEN-NEA",
    "USA (États-Unis d'Amérique)": "USA-ETA",
    "Belgique (Actiris Bruxelles)": "BEL-ACTIRIS",
    "VDAB - Belgique": "BEL-VDAB",
    "République démocratique du Congo": "COD-ONEM",
    "République du Congo": "COG-ACPE",
    "Côte d’Ivoire": "CIV-AEJ",
    "Malí": "MLI-ANPE",
    "Corea del Sur": "KOR-KEIS",
}
CANDIDATES_OF = {
    "Belgique": {"BEL-ACTIRIS", "BEL-ADG", "BEL-FOREM", "BEL-VDAB"},
    "le Royaume de Belgique": {"BEL-ACTIRIS", "BEL-ADG", "BEL-FOREM", "BEL-VDAB"},
    "ANPE": {"BEN-ANPE", "MLI-ANPE"},
    "Congo": {"COD-ONEM", "COG-ACPE"},
    "BA": {"BIH-ARZ", "DEU-BA"},
    "National Employment Agency": {"BGR-NEA", "KHM-NEA"},
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse after a night with a survey of four respondents, and one of many spellings."""
    folder = tmp_path_factory.mktemp("built")
    home, sources = Home(folder / "home"), SourceFolder(folder / "sources")
    spellings = [*PES_OF, *CANDIDATES_OF, "DE", "France (SEPE)", "Ministry of Labour, Kenya"]
    for source_id, names in (("survey", RESPONDENTS), ("spellings", spellings)):
        source, files = examples.survey(source_id)
        answered = examples.responses()[0]
        rows = [answered | {"id": str(n), "PES": name} for n, name in enumerate(names)]
        sources.write(source, files | {"results-2022.csv": examples.survey_csv(rows)})
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
        "WHERE reason = 'unresolved' AND survey_id = 'survey'"
    ).fetchall()
    assert found == [("Service de nulle part", "results-2022.csv", 3)]


def test_a_pes_that_answers_twice_under_two_spellings_is_under_review(
    built: duckdb.DuckDBPyConnection,
) -> None:
    found = built.sql(
        "SELECT respondent_raw, row_no FROM marts.respondent_review "
        "WHERE reason = 'duplicate' AND survey_id = 'survey' ORDER BY row_no"
    ).fetchall()
    assert found == [("Actiris", 1), ("ACTIRIS", 2)]


def test_a_response_without_a_region_is_counted_as_unresolved(
    built: duckdb.DuckDBPyConnection,
) -> None:
    found = built.sql(
        "SELECT region_id, responses, pes, responses_under_review FROM marts.response_coverage "
        "WHERE responses > 0 AND survey_id = 'survey' ORDER BY region_id"
    ).fetchall()
    assert found == [("europe", 3, 2, 2), ("unresolved", 1, 0, 1)]


def test_no_response_is_dropped(built: duckdb.DuckDBPyConnection) -> None:
    wave = built.sql(
        "SELECT responses, answers, responses_under_review FROM marts.dim_wave "
        "WHERE survey_id = 'survey'"
    )
    assert wave.fetchall() == [(4, 8, 3)]
    answers = built.sql(
        "SELECT count(*) FROM marts.verbatims WHERE survey_id = 'survey'"
    ).fetchone()
    assert answers == (8,)


@pytest.mark.parametrize(("printed", "pes_id"), PES_OF.items())
def test_a_spelling_of_the_register_is_resolved(
    built: duckdb.DuckDBPyConnection, printed: str, pes_id: str
) -> None:
    assert found_for(built, printed) == [(pes_id, "resolved")]


@pytest.mark.parametrize("printed", CANDIDATES_OF)
def test_a_name_of_several_pes_goes_to_review_with_all_of_them(
    built: duckdb.DuckDBPyConnection, printed: str
) -> None:
    assert found_for(built, printed) == [(None, "ambiguous")]
    assert candidates_of(built, printed) == CANDIDATES_OF[printed]


@pytest.mark.parametrize(
    ("printed", "candidates"),
    [
        ("DE", set()),
        ("France (SEPE)", {"FRA-FT", "ESP-SEPE"}),
        ("Ministry of Labour, Kenya", {"KEN-NEA"}),
    ],
)
def test_what_could_only_be_guessed_goes_to_review_with_what_comes_near(
    built: duckdb.DuckDBPyConnection, printed: str, candidates: set[str]
) -> None:
    assert found_for(built, printed) == [(None, "unresolved")]
    assert candidates <= candidates_of(built, printed)


def found_for(built: duckdb.DuckDBPyConnection, printed: str) -> list[tuple[object, ...]]:
    query = (
        "SELECT pes_id, resolution FROM intermediate.int_survey__responses WHERE respondent_raw = ?"
    )
    return built.execute(f"{query} AND survey_id = 'spellings'", [printed]).fetchall()


def candidates_of(built: duckdb.DuckDBPyConnection, printed: str) -> set[str]:
    query = "SELECT candidates FROM marts.respondent_review WHERE respondent_raw = ?"
    [(candidates,)] = built.execute(query, [printed]).fetchall()
    return set(re.findall(r"\(([A-Z]{3}-[A-Z]+)\)", candidates))
