"""Real exports of EUSurvey, SurveyMonkey, Google Forms and Excel, checked with other tools."""

from __future__ import annotations

import csv
import gzip
from datetime import datetime

import openpyxl
import pytest

from pes_observatory.read.survey.timestamps import timestamp
from pes_observatory.read.survey.workbook import sheets_of
from pes_observatory.sources.models import Read

EUSURVEY = (
    "surveys/eusurvey/Content_Export_EVERSElandscaping_Survey_results_16-10-2024_nopersonal.xls"
)
AUTOMOTIVE = "surveys/limesurvey/automotive_results-survey"
XLSX = "malformed/xlsx/readxl"


class TestEusurvey:
    @pytest.fixture(scope="class")
    def cells(self, read_real):
        return read_real("eusurvey_xls", EUSURVEY)

    def test_28_contributions_of_228_columns_without_the_preamble(self, cells):
        assert len(cells) == 28 * 228
        assert "Alias" not in cells.column("header")
        assert len(set(cells.column("header"))) == 228

    def test_cells_stand_under_the_headers_of_row_4(self, cells):
        def value(row_no: int, header: str) -> str:
            return cells.one(row_no=row_no, header=header)["value"]

        assert value(1, "Your research field (P5)") == "Library and Information Science"
        assert value(1, "Creation date") == "2024-10-07 18:19:14"
        assert value(2, "Creation date") == "2024-09-30 12:34:14"
        several = value(
            1, "How are you involved in research software? Multiple selections are possible. (P4)"
        )
        assert several.startswith("software practitioner / developer(ID76); ")

    def test_a_text_of_several_lines_is_one_cell(self, cells):
        assert any(
            value.startswith("see also\nhttps://elib.dlr.de/200635/")
            for value in cells.column("value")
        )


class TestLimeSurveyExcel:
    """One survey in both formats, with two header rows that somebody has split by hand."""

    def test_csv_and_xlsx_of_one_survey_have_the_same_cells(self, read_real):
        xlsx = read_real("limesurvey_xlsx", f"{AUTOMOTIVE}.xlsx", sheet="Data", header_rows=2)
        text = read_real(
            "limesurvey_csv",
            f"{AUTOMOTIVE}.csv",
            encoding="utf-8-sig",
            delimiter=";",
            header_rows=2,
        )
        assert len(xlsx) == 45 * 38
        assert xlsx.rows == text.rows

    def test_they_are_those_that_openpyxl_reads(self, inputs, read_real):
        cells = read_real("limesurvey_xlsx", f"{AUTOMOTIVE}.xlsx", sheet="Data", header_rows=2)
        sheet = openpyxl.load_workbook(inputs / f"{AUTOMOTIVE}.xlsx")["Data"]
        printed = [
            cell or "" for row in sheet.iter_rows(min_row=3, values_only=True) for cell in row
        ]
        assert cells.column("value") == printed
        last = cells.rows[-1]
        assert last["header"].startswith("Welche der folgenden Aussagen")
        assert last["sub_header"] == "Further Problems"


def test_a_flattened_surveymonkey_export_is_read_whole(inputs, read_real):
    path = "surveys/other-platforms/surveymonkey_k8s_contribex-2018.csv"
    cells = read_real("surveymonkey_csv", path, header_rows=1)
    assert len(cells) == 160 * 92
    assert cells.one(row_no=1, header="Respondent ID")["value"] == "10249522900"
    assert cells.one(row_no=2, header="World Region")["value"] == "Europe"
    ended = cells.one(row_no=1, header="End Date")["value"]
    dialect = Read(timestamp_format="%m/%d/%Y %I:%M:%S %p", timezone="America/Los_Angeles")
    assert timestamp("x", "End Date", ended, dialect) == datetime(2018, 10, 1, 21, 16, 15)
    with (inputs / path).open(encoding="utf-8-sig", newline="") as stream:
        printed = [cell for record in list(csv.reader(stream))[1:] for cell in record]
    assert cells.column("value") == printed


@pytest.mark.parametrize(
    ("wave", "responses", "columns", "pattern", "first"),
    [
        (2019, 259, 24, "iso", datetime(2019, 6, 25, 6, 59, 49)),
        (2020, 239, 25, "%Y/%m/%d %I:%M:%S %p %Z", datetime(2020, 6, 5, 16, 34, 1)),
    ],
)
def test_google_forms_changes_its_manner_of_dates_between_waves(
    inputs, read_text, wave, responses, columns, pattern, first
):
    path = inputs / f"surveys/other-platforms/dask_{wave}-user-survey-results.csv.gz"
    cells = read_text("google_forms_csv", gzip.decompress(path.read_bytes()))
    assert len(cells) == responses * (columns + 1)
    assert (
        len({row["value"] for row in cells.rows if row["header"] == "response_hash"}) == responses
    )
    times = [row["value"] for row in cells.rows if row["header"] == "Timestamp"]
    dialect = Read(timestamp_format=pattern, timezone="UTC" if pattern == "iso" else "EST")
    moments = [timestamp("x", "Timestamp", printed, dialect) for printed in times]
    assert moments[0] == first
    assert all(moment.year == wave for moment in moments)


def test_a_sheet_of_google_forms_prints_american_dates_and_lines(read_real):
    cells = read_real(
        "google_forms_csv", "surveys/other-platforms/jupyter_2016-05-education_responses.csv"
    )
    assert len(cells) == 125 * 26
    names = cells.one(row_no=1, header="What are the names of the course instructors?")["value"]
    assert names == "Tom Griffiths\nJessica Hamrick"
    printed = cells.one(row_no=1, header="Timestamp")["value"]
    dialect = Read(timestamp_format="%m/%d/%Y %H:%M:%S")
    assert timestamp("x", "Timestamp", printed, dialect) == datetime(2016, 4, 22, 19, 57, 50)


@pytest.mark.parametrize(
    "name",
    [
        "blanks", "clippy", "datasets", "datetime-rounding", "deaths", "dates-leap-year-1900-@",
        "big-texty-numbers-@", "empty-named-column", "list_type", "missing-values-@", "skipping",
        "style-only-cells", "texty-dates-@", "type-me", "unnamed-duplicated-columns",
        "utf8-sheet-names", "vietnamese-utf8", "whitespace-@",
    ],
)  # fmt: skip
def test_a_workbook_says_the_same_as_xls_and_as_xlsx(inputs, name):
    old, new = (
        sheets_of("x", (inputs / XLSX / f"{name.replace('@', kind)}.{kind}").read_bytes())
        for kind in ("xls", "xlsx")
    )
    assert old == new
    assert any(old.values())


def test_every_odd_workbook_of_the_corpus_is_read(inputs):
    """None is hostile: whatever its oddity, it opens in a spreadsheet."""
    found = sorted((inputs / "malformed" / "xlsx").glob("*/*.xls*"))
    odd = [path for path in found if "65536" not in path.name and path.parent.name != "readxl"]
    for path in odd:
        assert sheets_of(path.name, path.read_bytes())
    assert len(odd) >= 10
