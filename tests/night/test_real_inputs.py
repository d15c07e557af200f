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


def test_figures_of_three_providers_stand_beside_the_themes_of_a_countrys_pes(
    db: duckdb.DuckDBPyConnection,
) -> None:
    """The World Bank's two tables hold populations, which stand for no concept."""
    providers = db.execute(
        "SELECT DISTINCT provider FROM marts.indicator_series ORDER BY 1"
    ).fetchall()
    assert [name for (name,) in providers] == ["eurostat", "ilostat", "oecd"]
    late = db.execute(
        "SELECT count(*) FROM marts.country_context "
        "WHERE CAST(substr(time_period, 1, 4) AS INTEGER) > wave"
    ).fetchone()
    assert late == (0,)


def test_belgiums_youth_unemployment_of_2017_is_a_break_followed_back_to_its_row(
    db: duckdb.DuckDBPyConnection,
) -> None:
    """estat_tipsun20_en.csv, line 26: 19.4 with flag b."""
    row = db.execute(
        "SELECT value, obs_flag_raw, is_break, provider, dataset, basis, item_name, row_no "
        "FROM marts.indicator_series WHERE concept_id = 'youth_unemployment_rate' "
        "AND country_iso3 = 'BEL' AND freq = 'A' AND time_period = '2017'"
    ).fetchone()
    source = ("eurostat", "tipsun20", "reported", "estat_tipsun20_en.csv", 25)
    assert row == (19.4, "b", True, *source)


def test_a_monthly_figure_stays_one_and_is_the_seasonally_adjusted_one(
    db: duckdb.DuckDBPyConnection,
) -> None:
    """estat_une_rt_m_filtered_en.csv: line 6103 is adjusted (6.3), line 641 is not (6.1)."""
    row = db.execute(
        "SELECT value, obs_flag_raw, freq, row_no FROM marts.indicator_series "
        "WHERE concept_id = 'unemployment_rate' AND country_iso3 = 'DNK' "
        "AND time_period = '2023-10'"
    ).fetchone()
    assert row == (6.3, "b", "M", 6102)
