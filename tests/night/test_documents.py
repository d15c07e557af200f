"""Two nights on the four given documents: their structure, a decision on a fact, and search."""

from __future__ import annotations

import csv
import os
import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import duckdb
import nights
import pytest
from nights import ROOT, run_night

INPUTS = Path(os.environ.get("PES_INPUTS") or ROOT.parent / "shared" / "inputs")
pytestmark = [
    pytest.mark.skipif(
        not INPUTS.is_dir(), reason=f"the real input files are not at {INPUTS}; set PES_INPUTS"
    ),
    pytest.mark.timeout(900),
]
ARTICLE = "pole-emploi-2013-spe-outils-numeriques.fr.txt"
SWEDEN = "près d’un million de visiteurs par mois"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home beside its sources and inputs: the four documents, a made-up survey, an indicator."""
    folder = tmp_path_factory.mktemp("documents")
    shutil.copytree(ROOT / "tests/real/sources/documents", folder / "sources/documents")
    survey = ROOT / "sources/surveys"
    shutil.copytree(survey / "synthetic_pes_survey", folder / "sources/synthetic_pes_survey")
    shutil.copy(survey / "synthetic_pes_survey.yml", folder / "sources")
    for wave in (2021, 2023):
        (folder / f"sources/synthetic_pes_survey/results-survey-{wave}.csv").unlink()
    indicators = ROOT / "sources/indicators"
    shutil.copytree(indicators / "neet_ilostat", folder / "sources/neet_ilostat")
    shutil.copy(indicators / "neet_ilostat.yml", folder / "sources")
    (folder / "inputs/documents").mkdir(parents=True)
    for path in (INPUTS / "documents").glob("*.fr.*"):
        shutil.copy(path, folder / "inputs/documents")
    night(folder)
    return folder


def night(folder: Path) -> None:
    given = {"PES_SOURCES": str(folder / "sources"), "PES_INPUTS": str(folder / "inputs")}
    exit_code, printed = run_night(folder / "home", **given)
    assert exit_code == 0, printed


def pes(folder: Path, *arguments: str) -> str:
    given = {"PES_SOURCES": str(folder / "sources"), "PES_INPUTS": str(folder / "inputs")}
    exit_code, printed = nights.pes(folder / "home", *arguments, **given)
    assert exit_code == 0, printed
    return printed


def opened(folder: Path) -> duckdb.DuckDBPyConnection:
    release = folder / "home/releases/current/warehouse.duckdb"
    return duckdb.connect(str(release.resolve()), read_only=True)


@pytest.fixture(scope="module")
def db(house: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with opened(house) as connection:
        yield connection


def test_nine_identifiers_of_one_french_text(db):
    rows = db.execute(
        "SELECT medium, isbn, doi, catalogue_no, is_held FROM marts.document_catalog "
        "WHERE document_id = 'eu-pes-network-strategy-2021' ORDER BY medium"
    ).fetchall()
    assert rows == [
        ("html", "9789276402589", "10.2767/497675", "KE-02-21-429-FR-Q", False),
        ("pdf", "9789276402619", "10.2767/375655", "KE-02-21-429-FR-N", False),
        ("print", "9789276402602", "10.2767/493389", "KE-02-21-429-FR-C", False),
        ("text", None, None, None, True),
    ]
    texts = db.execute(
        "SELECT DISTINCT work_id, document_id, lang, adopted_on, adopted_precision, completed_on, "
        "completed_precision, published_on, published_precision FROM marts.document_catalog "
        "WHERE document_id = 'eu-pes-network-strategy-2021'"
    ).fetchall()
    assert texts == [
        ("eu-pes-network-strategy-2021", "eu-pes-network-strategy-2021", "fr",
         "2021-06-24", "day", "2021-05", "month", "2021", "year"),
    ]  # fmt: skip


def test_the_trees_of_the_strategy(db):
    rows = db.execute(
        "SELECT list_id, depth, count(*) FROM marts.network_objectives GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    assert rows == [
        ("ecosystem_actors", 1, 9), ("megatrends", 1, 10), ("mission_goals", 1, 9),
        ("network_activities", 1, 7), ("objectives", 1, 4), ("objectives", 2, 4),
    ]  # fmt: skip
    parts = db.execute(
        "SELECT node, parent_node_id, text FROM marts.network_objectives "
        "WHERE list_id = 'objectives' AND depth = 2 ORDER BY list_position"
    ).fetchall()
    assert {parent for _, parent, _ in parts} == {"eu-pes-network-strategy-2021/objectives/1"}
    assert parts[0][2].startswith("la réduction du chômage pour tous les groupes")


def test_each_megatrend_bears_on_a_theme(db):
    rows = db.execute(
        "SELECT list_position, string_agg(code, '+' ORDER BY code) FROM marts.megatrend_themes "
        "GROUP BY 1 ORDER BY 1"
    ).fetchall()
    assert dict(rows) == {
        1: "OS5.2", 2: "MT8.1", 3: "OS4.1", 4: "OS3.2", 5: "MT3.4+PU5", 6: "OP3.4+OS4",
        7: "MT9.1", 8: "MT6+OS3.3", 9: "MT6.4", 10: "PU3",
    }  # fmt: skip


def test_the_claim_of_2013_is_a_proposal(db):
    row = db.execute(
        "SELECT value, unit, per, qualifier, subject_iso3, source_date, status, citation "
        "FROM marts.claims WHERE quote = ?", [SWEDEN],
    ).fetchone()  # fmt: skip
    assert row == (
        Decimal(1_000_000), "visitors", "month", "near", "SWE", "2013-09-23", "proposed",
        "SPE et outils numériques (2013-09-23)",
    )  # fmt: skip


def test_the_strategy_says_its_nine_identifiers_its_licence_and_who_made_it(db):
    rows = db.execute(
        "SELECT kind, role, name, status FROM marts.document_facts "
        "WHERE document_id = 'eu-pes-network-strategy-2021'"
    ).fetchall()
    identifiers = {(role, name) for kind, role, name, _ in rows if kind == "identifier"}
    assert identifiers == {
        ("isbn", "9789276402602"), ("isbn", "9789276402619"), ("isbn", "9789276402589"),
        ("doi", "10.2767/493389"), ("doi", "10.2767/375655"), ("doi", "10.2767/497675"),
        ("catalogue_no", "KE-02-21-429-FR-C"), ("catalogue_no", "KE-02-21-429-FR-N"),
        ("catalogue_no", "KE-02-21-429-FR-Q"),
    }  # fmt: skip
    assert {name for kind, _, name, _ in rows if kind == "licence"} == {
        "CC-BY-4.0", "EC reuse, 2011/833/EU",
    }  # fmt: skip
    contributors = {(role, name) for kind, role, name, _ in rows if kind == "contributor"}
    assert ("chair", "SPE autrichien") in contributors
    assert ("support", "Eamonn Davern") in contributors
    assert sum(role == "member" for role, _ in contributors) == 10 + 1
    assert {status for *_, status in rows} == {"proposed"}


def test_documents_of_each_year_stand_beside_the_wave(db):
    rows = db.execute(
        "SELECT network, year, count(DISTINCT wave), min(passages_in_year), "
        "bool_and(denominator_kind = 'respondents') FROM marts.theme_evidence "
        "GROUP BY 1, 2 ORDER BY 1, 2"
    ).fetchall()
    assert [(network, year) for network, year, *_ in rows] == [
        ("eu_pes_network", 2021), ("wapes", 2013), ("wapes", 2017), ("wapes", 2022),
    ]  # fmt: skip
    assert all(waves == 1 and known for _, _, waves, _, known in rows)
    assert {"eu_pes_network": 176}.items() <= {row[0]: row[3] for row in rows}.items()


def test_only_passages_and_published_answers_can_be_found(db):
    (others,) = db.execute(
        "SELECT count(*) FROM search.texts WHERE NOT (kind = 'passage' AND text_id IN "
        "(SELECT passage_id FROM marts.document_passages) OR kind = 'verbatim' AND text_id IN "
        "(SELECT answer_id FROM marts.verbatims))"
    ).fetchone()
    (texts, verbatims) = db.execute(
        "SELECT count(*), count(*) FILTER (kind = 'verbatim') FROM search.texts"
    ).fetchone()
    assert others == 0
    assert texts - verbatims == 176 + 297 + 10 + 6


def test_a_search_cites_document_heading_and_link(house):
    printed = pes(house, "search", "garantie jeunesse", "--kind", "passage", "--most", "1")
    assert "La garantie renforcée pour la jeunesse est un engagement" in printed
    assert (
        "Stratégies et Enjeux des Services Publics d'Emploi 2022 (2022-02), Question 6" in printed
    )
    printed = pes(house, "search", "démocratie")
    assert printed == "Nothing found.\n"


def test_a_decision_holds_until_the_text_changes(house):
    """Accept the claim and add one; a night later both hold; then the article is corrected."""
    pes(house, "review", "facts", "--source", "pole_emploi_articles")
    path = house / "sources/documents/pole_emploi_articles/facts.csv"
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    decided = {"decision": "accepted", "reviewer": "anne", "reviewed_on": "2026-11-21"}
    (claim,) = [row for row in rows if row["quote"] == SWEDEN]
    claim.update(decided, note="visitors, not visits")
    rows.append({**claim, "quote": "des postes en libre accès", "value": "", "note": "unnumbered"})
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    night(house)
    query = "SELECT status, found_by, reviewer FROM marts.claims WHERE reviewer IS NOT NULL"
    with opened(house) as db:
        assert sorted(db.execute(query).fetchall()) == [
            ("accepted", "person", "anne"), ("accepted", "rules", "anne"),
        ]  # fmt: skip
    article = house / "inputs/documents" / ARTICLE
    text = article.read_text(encoding="utf-8")
    assert "ils attirent" in text
    article.write_text(text.replace("ils attirent", "ils attiraient"), encoding="utf-8")
    night(house)
    with opened(house) as db:
        assert db.execute(query).fetchall() == []
        stale = db.execute("SELECT DISTINCT standing FROM marts.fact_review").fetchall()
        assert stale == [("stale",)]
        status = db.execute("SELECT status FROM marts.claims WHERE quote = ?", [SWEDEN]).fetchone()
        assert status == ("proposed",)
