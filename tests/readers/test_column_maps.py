"""Which row of a column map fits a file, and what is said where none does."""

from __future__ import annotations

import csv
import io

import pytest

from pes_observatory.errors import LoadRejected, SourceInvalid
from pes_observatory.read.survey.answers import answers_from_cells
from pes_observatory.read.survey.cells import Cells
from pes_observatory.sources.column_map import read_column_map

FR = ["id", "Votre SPE", "Vos défis ?"]
EN = ["id", "Your PES", "Your challenges?"]


@pytest.fixture
def answers(survey_source, tmp_path):
    """``answers(map rows, headers, row)``: the landed rows of one record, as a list."""

    def read(map_rows, headers, row=("7", "Mali", "Former"), sub_headers=None, **survey):
        declared = survey_source({}, **survey)
        text = io.StringIO()
        csv.writer(text).writerows(map_rows)
        (tmp_path / "sources" / "columns.csv").write_text(text.getvalue(), encoding="utf-8")
        cells = Cells([*headers], sub_headers or [""] * len(headers), [[*row]])
        return answers_from_cells(declared, "example.csv", cells).to_pylist()

    return read


OURS = ["wave", "export_language", "response_id", "respondent", "Q6.1"]
BOTH = [OURS, ["2024", "fr", *FR], ["2024", "en", *EN]]


class TestTheRowThatFits:
    @pytest.mark.parametrize("headers", [FR, EN, EN[::-1]])
    def test_of_a_wave_exported_in_two_languages_the_fitting_row_is_taken(self, answers, headers):
        row = [
            {"id": "7", "Votre SPE": "Mali", "Your PES": "Mali"}.get(h, "Former") for h in headers
        ]
        [found] = answers(BOTH, headers, row)
        assert (found["answer_id"], found["respondent_key"]) == ("example/2024/7/Q6/1", "mali")
        assert (found["answer_text"], found["header"]) == (
            "Former",
            next(h for h in headers if (h.startswith("Vo") and "SPE" not in h) or "chal" in h),
        )

    def test_none_fits_and_the_nearest_row_is_compared(self, answers):
        with pytest.raises(LoadRejected) as refused:
            answers(BOTH, ["id", "Your PES", "Your hopes?"])
        assert (
            "wave 2024, nearest of 2 rows: unknown header(s) 'Your hopes?' and missing header(s) "
            "'Your challenges?'"
        ) in str(refused.value)

    def test_two_rows_that_both_fit_are_refused(self, answers):
        rows = [[*OURS, "Q6.2"], ["2024", "fr", *FR, "Note"], ["2024", "", *FR[:2], "Note", FR[2]]]
        with pytest.raises(LoadRejected, match="2 rows of columns.csv for wave 2024 fit the file"):
            answers(rows, [*FR, "Note"], ["7", "Mali", "a", "b"])

    def test_white_space_in_a_header_counts_once(self, answers):
        [found] = answers(BOTH, ["id", "Your\nPES", "Your  challenges?\u00a0"])
        assert found["respondent_raw"] == "Mali"


class TestTheSentence:
    def test_it_holds_a_row_to_paste_into_the_map(self, answers):
        headers = ["id", "Agency", "Your challenges, in a word?"]
        with pytest.raises(LoadRejected) as refused:
            answers([OURS, ["2024", "en", *EN]], headers)
        pasted = str(refused.value).partition("once looked through: `")[2].removesuffix("`.")
        assert next(csv.reader([pasted])) == ["2024", "en", "id", "TODO", headers[2]]
        [found] = answers([OURS, next(csv.reader([pasted.replace("TODO", headers[1])]))], headers)
        assert (found["respondent_raw"], found["answer_text"]) == ("Mali", "Former")

    def test_a_wave_without_a_row_gets_one_to_paste(self, answers):
        with pytest.raises(LoadRejected) as refused:
            answers([OURS, ["2023", "en", "id", "Your PES", "Your challenge?"]], EN)
        assert "has 0 rows for wave 2024" in str(refused.value)
        assert str(refused.value).endswith(" `2024,en,id,Your PES,Your challenges?`.")

    def test_what_is_mapped_and_personal_is_refused(self, answers):
        with pytest.raises(LoadRejected, match="'Your PES' is in columns.csv and under survey.per"):
            answers(BOTH, EN, personal=["Your PES"])

    @pytest.mark.parametrize(
        ("rows", "sentence"),
        [
            ([["wave", "Q6.1", "Q6.1"], ["2024", "a", "b"]], "column Q6.1 is there twice"),
            ([["Q6.1"], ["a"]], "column wave is missing"),
            ([["wave", "Q6"], ["2024", "a"]], "column Q6 is no field or slot"),
            ([["wave", "Q6.1"], ["2024", "a", "b"]], "row for wave 2024 has more cells"),
        ],
    )
    def test_a_map_that_is_none_is_refused(self, answers, rows, sentence):
        with pytest.raises(SourceInvalid, match=sentence):
            answers(rows, EN)

    def test_a_short_row_of_the_map_ends_in_empty_cells(self, tmp_path):
        path = tmp_path / "columns.csv"
        path.write_text("wave,Q1.1,Q1.2\n2024,a\n\n")
        assert read_column_map(path).rows == [{"wave": "2024", "Q1.1": "a", "Q1.2": ""}]


class TestSubHeadersAndRepeatedOnes:
    HEADERS = ("id", "Your PES", "Your challenges?", "Your challenges?")
    SUB_HEADERS = ("", "Response", "First", "Second")
    ROW = ("7", "Mali", "a", "b")

    @pytest.mark.parametrize(
        "names",
        [
            ["id", "Your PES", "Your challenges? | First", "Your challenges? | Second"],
            ["id", "Your PES | Response", "First", "Second"],
        ],
    )
    def test_a_column_of_two_header_rows_is_named_by_both_or_by_the_one_that_tells(
        self, answers, names
    ):
        rows = [["wave", "response_id", "respondent", "Q6.1", "Q6.2"], ["2024", *names]]
        found = answers(rows, self.HEADERS, self.ROW, list(self.SUB_HEADERS))
        assert [(each["slot"], each["answer_text"]) for each in found] == [(1, "a"), (2, "b")]

    def test_a_header_that_does_not_tell_is_refused(self, answers):
        rows = [["wave", "Q6.1"], ["2024", "Your challenges?"]]
        with pytest.raises(LoadRejected, match=r"repeated header\(s\) 'Your challenges\?'"):
            answers(rows, self.HEADERS, self.ROW, list(self.SUB_HEADERS))

    def test_repeated_headers_are_told_apart_by_number(self, answers):
        rows = [["wave", "response_id", "Q6.1"], ["2024", "id", "Your challenges? #2"]]
        [found] = answers(rows, self.HEADERS, self.ROW, ignored=["Your PES", "Your challenges? #1"])
        assert found["answer_text"] == "b"
