"""A night on the real files: what is known of them comes out, followed back to file and row."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from nights import ROOT, run_night

BREAK_AND_UNRELIABLE = "break,low_reliability"
INPUTS = Path(os.environ.get("PES_INPUTS") or ROOT.parent / "shared" / "inputs")
pytestmark = pytest.mark.skipif(
    not INPUTS.is_dir(), reason=f"the real input files are not at {INPUTS}; set PES_INPUTS"
)


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    home = tmp_path_factory.mktemp("real") / "home"
    sources = ROOT / "tests/real/sources"
    exit_code, printed = run_night(home, PES_SOURCES=str(sources), PES_INPUTS=str(INPUTS))
    assert exit_code == 0, printed
    with duckdb.connect(str(home / "releases/current/warehouse.duckdb"), read_only=True) as db:
        yield db


def test_the_wapes_2022_wave_has_37_respondents_of_36_countries_and_90_answers(
    db: duckdb.DuckDBPyConnection,
) -> None:
    wave = db.execute(
        "SELECT responses, pes, countries, answers, responses_under_review "
        "FROM marts.dim_wave WHERE survey_id = 'wapes'"
    ).fetchone()
    assert wave == (37, 36, 36, 90, 2)


def test_canada_twice_is_under_review_and_both_responses_are_kept(
    db: duckdb.DuckDBPyConnection,
) -> None:
    rows = db.execute(
        "SELECT respondent_raw, reason, row_no FROM marts.respondent_review ORDER BY row_no"
    ).fetchall()
    assert rows == [("Canada", "duplicate", 9), ("Canada", "duplicate", 10)]
    (responses,) = db.execute(
        "SELECT responses FROM marts.response_coverage "
        "WHERE survey_id = 'wapes' AND region_id = 'americas'"
    ).fetchone()
    assert responses == 3


def test_regions_count_as_the_registry_says(db: duckdb.DuckDBPyConnection) -> None:
    """19 Europe, 7 Asia-Pacific, 5 Africa, 3 MOPA, 2 Americas: domain facts, section 3.2."""
    rows = db.execute(
        "SELECT region_id, pes FROM marts.response_coverage WHERE survey_id = 'wapes' ORDER BY 1"
    ).fetchall()
    assert dict(rows) == {
        "africa": 5, "americas": 2, "asia_pacific": 7, "europe": 19, "mopa": 3
    }  # fmt: skip


def test_the_57_published_verbatims_are_answers_of_nobody_in_particular(
    db: duckdb.DuckDBPyConnection,
) -> None:
    rows = db.execute(
        "SELECT question_id, count(*), count(pes_id), count(DISTINCT published_heading) "
        "FROM marts.verbatims WHERE survey_id = 'wapes_2022_published' GROUP BY 1 ORDER BY 1"
    ).fetchall()
    assert rows == [("Q8", 26, 0, 5), ("Q9", 31, 0, 0)]
    kinds = db.execute(
        "SELECT DISTINCT denominator_kind, denominator FROM marts.theme_by_question "
        "WHERE survey_id = 'wapes_2022_published' AND question_id = 'Q8'"
    ).fetchall()
    assert kinds == [("answers", 26)]


def test_the_ten_megatrends_are_found_although_nine_bullets_are_printed(
    db: duckdb.DuckDBPyConnection,
) -> None:
    labels = db.execute(
        "SELECT label FROM marts.document_list_items "
        "WHERE list_id = 'megatrends' ORDER BY list_position"
    ).fetchall()
    assert [label for (label,) in labels] == [
        "la responsabilisation",
        "la polarisation",
        "l'hyperconnectivité",
        "le désengagement",
        "le vieillissement",
        "la dématérialisation",
        "la rareté des ressources",
        "le flou des frontières",
        "l'érosion de la gouvernance",
        "le déplacement",
    ]


def test_all_four_documents_are_evidence(db: duckdb.DuckDBPyConnection) -> None:
    rows = db.execute("SELECT document_id FROM marts.dim_document ORDER BY 1").fetchall()
    assert len(rows) == 4


@pytest.mark.parametrize(
    ("dataset", "area", "period", "slice_", "expected"),
    [
        # lfst_r_lfu3rt.tsv, line 2: F, Y15-24, AT, 2013 = "9.4 b"
        ("lfst_r_lfu3rt", "AT", "2013", ("F", "Y15-24"), (9.4, "9.4", "b", "break")),
        # the same file, line 4: F, Y15-24, AT11, 2013 = ": u"
        ("lfst_r_lfu3rt", "AT11", "2013", ("F", "Y15-24"), (None, ":", "u", "low_reliability")),
        # armutsquote_erwerbst.tsv, line 16: EMP, T, Y_GE18, EU, 2008 = "8.6 e"
        ("ilc_iw01", "EU", "2008", ("T", "Y_GE18"), (8.6, "8.6", "e", "estimated")),
        # trng_lfse_04.tsv.gz, line 28: PC, F, Y25-64, BE34, 2006 = "5.9 bu"
        ("trng_lfse_04", "BE34", "2006", ("F", "Y25-64"), (5.9, "5.9", "bu", BREAK_AND_UNRELIABLE)),
        # estat_tipsun20_en.csv, line 26: T, Y15-24, BE, 2017 = 19.4, flag b
        ("tipsun20", "BE", "2017", ("T", "Y15-24"), (19.4, "19.4", "b", "break")),
    ],
)  # fmt: skip
def test_eurostat_values_and_flags_are_those_of_the_file(
    db: duckdb.DuckDBPyConnection,
    dataset: str,
    area: str,
    period: str,
    slice_: tuple[str, str],
    expected: tuple[float | None, str, str, str],
) -> None:
    found = db.execute(
        "SELECT DISTINCT obs_value, obs_value_raw, obs_flag_raw, obs_status "
        "FROM staging.stg_indicator__observations WHERE dataset = ? AND ref_area = ? "
        "AND time_period = ? AND sex = ? AND age = ?",
        [dataset, area, period, *slice_],
    ).fetchall()
    assert found == [expected]


def test_indicators_of_four_providers_stand_beside_the_themes_of_a_countrys_pes(
    db: duckdb.DuckDBPyConnection,
) -> None:
    providers = db.execute(
        "SELECT DISTINCT provider FROM marts.dim_indicator ORDER BY 1"
    ).fetchall()
    assert [name for (name,) in providers] == ["eurostat", "ilostat", "oecd", "worldbank"]
    late = db.execute(
        "SELECT count(*) FROM marts.country_context "
        "WHERE CAST(substr(time_period, 1, 4) AS INTEGER) > wave"
    ).fetchone()
    assert late == (0,)


def findings(db: duckdb.DuckDBPyConnection, kind: str, *columns: str) -> list[tuple[object, ...]]:
    """Chosen columns of the findings of one kind in the report of 2022."""
    return db.execute(
        f"SELECT {', '.join(columns)} FROM marts.report_findings "
        "WHERE finding_kind = ? AND source_document = 'wapes-strategies-enjeux-2022' ORDER BY ALL",
        [kind],
    ).fetchall()


def test_a01_the_report_counts_37_33_and_36_respondents(db: duckdb.DuckDBPyConnection) -> None:
    assert findings(db, "values_differ", "subject", "claimed") == [("respondents", "33, 36, 37")]


def test_a02_canada_stands_twice_among_37_entries(db: duckdb.DuckDBPyConnection) -> None:
    found = findings(db, "entry_repeated", "subject", "needed", "available")
    assert found == [("CAN", 37, 36)]


def test_a04_chart_numbers_are_repeated_missing_and_cited_otherwise(
    db: duckdb.DuckDBPyConnection,
) -> None:
    repeated = findings(db, "chart_number_repeated", "subject", "found")
    assert repeated == [("12", "G12, G16"), ("7", "G07, G11")]
    assert findings(db, "chart_number_missing", "subject") == [("11",)]
    cited = findings(db, "chart_cited_by_another_number", "subject", "claimed", "found", "needed")
    assert cited == [("G10", "6", "10", 2)]


def test_a06_65_percent_has_two_bases_and_is_possible_of_neither(
    db: duckdb.DuckDBPyConnection,
) -> None:
    assert findings(db, "base_changes", "subject", "claimed", "base") == [("OP1.1", "65", "35, 89")]
    whole = findings(db, "no_whole_number", "subject", "base", "available", "needed")
    assert whole == [("OP1.1", "35", 22, 23)]


def test_a07_61_percent_of_89_leaves_nothing_for_three_themes_and_no_base_fits_both(
    db: duckdb.DuckDBPyConnection,
) -> None:
    """54 of 89 is 61 %; 35 are about staff and three more themes have one at least: 51 are left."""
    left = findings(db, "more_than_is_left", "subject", "claimed", "base", "needed", "available")
    assert left == [("OP1.1", "65", "89", 58, 35), ("OP3.1", "61", "89", 54, 51)]
    ((subject, base, found),) = findings(db, "no_common_base", "subject", "base", "found")
    assert (subject, base) == ("G14", "33, 35, 37, 89")
    assert str(found).startswith("18, 23, 36, 41, 46")


def test_a08_six_themes_of_staff_are_announced_and_five_found(
    db: duckdb.DuckDBPyConnection,
) -> None:
    found = findings(db, "list_is_not_as_announced", "subject", "needed", "available")
    assert found == [("q5_hr_themes", 6, 5)]


def test_what_the_loaded_wave_can_confirm_agrees(db: duckdb.DuckDBPyConnection) -> None:
    rows = db.execute(
        "SELECT claim_id, claimed_value, our_value, outcome FROM marts.claim_reconciliation "
        "WHERE claim_id IN ('R01', 'R02', 'R03', 'Q8-1', 'Q9-1') ORDER BY 1"
    ).fetchall()
    assert rows == [
        ("Q8-1", 26, 26, "agrees"),
        ("Q9-1", 31, 31, "agrees"),
        ("R01", 37, 37, "agrees"),
        ("R02", 37, 36, "differs"),
        ("R03", 33, 36, "differs"),
    ]


def test_every_wave_has_the_sixteen_charts_or_the_reason_why_not(
    db: duckdb.DuckDBPyConnection,
) -> None:
    rows = db.execute(
        "SELECT survey_id, count(*), count(*) FILTER (state = 'nobody_answered') "
        "FROM marts.chart_coverage GROUP BY 1 ORDER BY 1"
    ).fetchall()
    assert rows == [("wapes", 16, 1), ("wapes_2022_published", 16, 16)]
