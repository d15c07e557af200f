"""What survey tools do to their exports, beyond what one wave in every layout shows."""

from __future__ import annotations

from datetime import datetime

import openpyxl
import pytest
from one_reader import Reading
from support.workbooks import xlsx, zipped

from pes_observatory.errors import LoadRejected

PREAMBLE = [["Alias", "PES"], ["Export Date", datetime(2024, 3, 1)], []]
SURVEYMONKEY = (
    "Respondent ID,Collector ID,What helps?,,Anything else?\n,,Staff,Money,Open-Ended Response\n"
)
GOOGLE_FORMS = "Horodateur,PES,Avis,Avis\n" + 2 * "2024/03/01 9:00:00 AM GMT+1,X,a,\n"


def rows_of(reading: Reading) -> list[list[str | None]]:
    """The cells of each response, in the order of columns."""
    rows: dict[int, list[str | None]] = {}
    for cell in reading.rows:
        rows.setdefault(cell["row_no"], []).append(cell["value"])
    return list(rows.values())


def headers_of(reading: Reading) -> list[tuple[str, str]]:
    return [(r["header"], r["sub_header"]) for r in reading.rows if r["row_no"] == 1]


class TestLimeSurveyCsv:
    def read(self, read_text, text: str) -> Reading:
        return read_text("limesurvey_csv", f"\ufeff{text}", encoding="utf-8-sig", delimiter=";")

    def test_a_bare_empty_cell_was_not_shown_and_a_quoted_one_left_empty(self, read_text):
        read = self.read(read_text, '"id";"Q1";"Q2"\r\n"1";;""\r\n"2";"";"a ""b""\n;c"\r\n\r\n')
        assert rows_of(read) == [["1", None, ""], ["2", "", 'a "b"\n;c']]

    def test_a_file_saved_again_without_quotes_tells_nothing_of_the_kind(self, read_text):
        assert rows_of(self.read(read_text, "id;Q1;Q2\r\n1;;x\r\n")) == [["1", "", "x"]]

    def test_a_survey_without_responses_is_a_header_and_an_empty_record(self, read_text):
        for record in ('"";"";""', ";;"):
            assert len(self.read(read_text, f'"id";"Q1";"Q2"\r\n{record}\r\n\r\n')) == 0

    def test_a_hundred_thousand_cells_take_no_longer_than_reading_them_twice(self, read_text):
        record = ";".join(['"x"', *[""] * 99])
        text = "\r\n".join([";".join(f'"Q{n}"' for n in range(100)), *[record] * 1000])
        assert self.read(read_text, text).column("value").count(None) == 99_000


class TestLimeSurveyVv:
    def test_codes_are_the_headers_and_words_stand_below(self, read_text):
        read = read_text("limesurvey_vv", 'id\t"What next?"\nid\tQ1_SQ001\n1\tText\n')
        assert headers_of(read) == [("id", "id"), ("Q1_SQ001", "What next?")]

    @pytest.mark.parametrize(
        ("written", "meant"),
        [
            ("{question_not_shown}", None),
            ("a{newline}b{cr}{tab}c", "a\nb\r\tc"),
            ("{lbrace}newline} and {lbrace}lbrace}", "{newline} and {lbrace}"),
            ("{quote}Yes\" they said", '"Yes" they said'),
            ("{lbrace}quote}", "{quote}"),
            ("{lbrace}question_not_shown}", "{question_not_shown}"),
            ('"{quote}a ""b"" c"', '"a "b" c'),
        ],
    )  # fmt: skip
    def test_tokens_become_the_signs_that_they_stand_for(self, read_text, written, meant):
        read = read_text("limesurvey_vv", f"id\tFirst\nid\tQ1\n1\t{written}\n")
        assert rows_of(read) == [["1", meant]]

    def test_an_old_version_ends_every_line_with_a_tab(self, read_text):
        read = read_text("limesurvey_vv", "id\tFirst\t\nid\tQ1\t\n1\tText\t\n2\t\t\n")
        assert rows_of(read) == [["1", "Text"], ["2", ""]]

    def test_without_a_row_of_codes_it_is_refused(self, read_text):
        for text in ("id\tQ1\n", "id\tQ1\n1\t\n"):
            with pytest.raises(LoadRejected, match="second row is not the codes of the questions"):
                read_text("limesurvey_vv", text)


class TestWorkbooks:
    def test_numbers_dates_and_truth_are_printed_as_people_read_them(self, read_text):
        row = [10249522900.0, 3, 2.5, 0.1 + 0.2, True, datetime(2022, 1, 15, 12, 0, 0, 600), None]
        read = read_text("limesurvey_xlsx", xlsx({"S": [list("abcdefgh"), [*row, "x"]]}))
        assert rows_of(read) == [
            ["10249522900", "3", "2.5", "0.3", "TRUE", "2022-01-15 12:00:00", "", "x"]
        ]

    def test_a_formula_without_a_result_is_the_answer_that_somebody_typed(
        self, read_text, tmp_path
    ):
        book = openpyxl.Workbook()
        book.active.append(["id", "Q1"])
        book.active.append([1, "=more staff"])
        book.save(tmp_path / "formula.xlsx")
        read = read_text("limesurvey_xlsx", (tmp_path / "formula.xlsx").read_bytes())
        assert rows_of(read) == [["1", "=more staff"]]

    def test_empty_rows_and_sheets_are_passed_over(self, read_text):
        book = xlsx({"Notes": [], "Data": [["id", "Q1"], [1, "a"], [], [2, "b"], [None, ""]]})
        assert rows_of(read_text("limesurvey_xlsx", book)) == [["1", "a"], ["2", "b"]]

    def test_which_of_two_sheets_is_meant_has_to_be_said(self, read_text):
        book = xlsx({"Notes": [["x", "y"]], "Data": [["id", "Q1"], [1, "a"]]})
        with pytest.raises(LoadRejected, match="sheets with content are 'Notes', 'Data', expected"):
            read_text("limesurvey_xlsx", book)
        assert rows_of(read_text("limesurvey_xlsx", book, sheet="Data")) == [["1", "a"]]
        with pytest.raises(LoadRejected, match="expected 'Other'; set read.sheet"):
            read_text("limesurvey_xlsx", book, sheet="Other")

    def test_an_escaped_carriage_return_is_a_line_break(self, read_text):
        book = xlsx({"S": [["id", "Q1"], [1, "one_x000D_\ntwo"]]})
        assert rows_of(read_text("limesurvey_xlsx", book)) == [["1", "one\ntwo"]]


class TestEusurveyWorkbooks:
    def book(self, *rows: list[object]) -> bytes:
        return xlsx({"Content": [*PREAMBLE, *rows]})

    def test_anonymous_contributions_get_an_id_from_what_they_say(self, read_text):
        header = ["First", "Contribution Id", "Creation Date"]
        one, two = (
            ["a", "Anonymous", datetime(2024, 3, 1)],
            ["b", "Anonymous", datetime(2024, 3, 2)],
        )
        read = read_text("eusurvey_xls", self.book(header, one, two))
        later = read_text("eusurvey_xls", self.book(header, two, one))
        assert headers_of(read)[0] == ("response_hash", "")
        assert rows_of(read) == rows_of(later)[::-1]
        assert len({row[0] for row in rows_of(read)}) == 2

    def test_a_row_whose_cells_slid_to_the_left_is_refused(self, read_text):
        header = ["Which", "One", "Two", "Why", "Languages"]
        rows = [["", "Yes", "No", "because", "EN"], ["", "because", "FR"]]
        with pytest.raises(LoadRejected) as refused:
            read_text("eusurvey_xls", self.book(header, *rows))
        assert "record 2: ends before its last column 'Languages'" in str(refused.value)
        assert "without splitting multiple choices" in str(refused.value)

    def test_a_last_question_left_empty_is_no_such_row(self, read_text):
        read = read_text("eusurvey_xls", self.book(["Which", "Why"], ["a", "so"], ["b", None]))
        assert rows_of(read) == [["a", "so"], ["b", ""]]

    def test_a_further_sheet_without_columns_adds_none(self, read_text):
        book = xlsx({"Content": [*PREAMBLE, ["Which", "Why"], ["a", "b"]], "Content1": PREAMBLE})
        assert rows_of(read_text("eusurvey_xls", book)) == [["a", "b"]]

    def test_files_beyond_the_tenth_keep_their_order(self, read_text):
        books = {
            f"Export{f'_{n}' if n else ''}.xlsx": self.book(["Which", "Why"], [str(n), "x"])
            for n in (10, 2, 1, 0)
        }
        read = read_text("eusurvey_xls", zipped(books))
        assert [row[0] for row in rows_of(read)] == ["0", "1", "2", "10"]

    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            (xlsx({"Sheet1": [["ID", "Q1"], [1, "x"]]}), "has no sheet Content with the alias"),
            (xlsx({"Content": [["a", "b"], ["c"], ["d"], ["e"]]}), "headers on row 4"),
            (zipped({"readme.txt": "x"}), "is an archive without a workbook at its top"),
        ],
    )
    def test_another_layout_is_refused(self, read_text, content, sentence):
        with pytest.raises(LoadRejected, match=sentence):
            read_text("eusurvey_xls", content)

    def test_files_of_two_exports_are_refused(self, read_text):
        books = {"A.xlsx": self.book(["Which", "Why"]), "A_1.xlsx": self.book(["Which", "Who"])}
        with pytest.raises(LoadRejected, match="its workbooks have different headers"):
            read_text("eusurvey_xls", zipped(books))


class TestEusurveyXml:
    def export(self, elements: str, answers: str) -> str:
        survey = f'<Survey id="1" uid="u" alias="a">{elements}</Survey>'
        return f"<Results>{survey}<Answers>{answers}</Answers></Results>"

    def test_anonymous_contributions_are_told_apart_by_their_list(self, read_text):
        question = '<Elements lang="EN"><Question id="q" bid="ID1">Why?</Question></Elements>'
        sets = "".join(
            f'<AnswerSet id="Anonymous" list="{n}"><Answer qid="q">{n}</Answer></AnswerSet>'
            for n in (41, 42)
        )
        read = read_text("eusurvey_xml", self.export(question, sets))
        assert headers_of(read) == [("id", ""), ("list", ""), ("Why?", "ID1")]
        assert rows_of(read) == [["41", "41", "41"], ["42", "42", "42"]]

    def test_choices_tables_and_matrices_are_named(self, read_text):
        elements = (
            '<Elements lang="EN"><Question id="q1" type="Multiple Choice">Which?</Question>'
            '<Answer id="a1">One</Answer><Answer id="a2">Two</Answer>'
            '<MatrixTitle id="m">Rate</MatrixTitle><MatrixQuestion id="m1">Speed</MatrixQuestion>'
            '<MatrixAnswer id="x1">Good</MatrixAnswer><TableTitle id="t">Staff</TableTitle>'
            '<TableQuestion id="r1">2023</TableQuestion><TableAnswer id="k1">Men</TableAnswer>'
            '<Question id="l" type="Line">-</Question></Elements>'
        )
        answers = (
            '<AnswerSet list="7"><Answer qid="q1" aid="a1"/><Answer qid="q1" aid="a2"/>'
            '<Answer qid="m1" aid="x1"/><Answer qid="r1" aid="k1">12</Answer></AnswerSet>'
            '<AnswerSet list="8"><Answer qid="q1" aid="a2;a9"/><Answer qid="r1" aid="k1"/>'
            '<Answer qid="gone">old</Answer></AnswerSet>'
        )
        read = read_text("eusurvey_xml", self.export(elements, answers))
        assert headers_of(read)[2:] == [
            ("Which?", "q1"),
            ("Rate: Speed", "m1"),
            ("Staff: 2023: Men", "r1 k1"),
            ("gone", "gone"),
        ]
        assert [row[2:] for row in rows_of(read)] == [
            ["One; Two", "Good", "12", ""],
            ["Two; a9", "", "", "old"],
        ]

    def test_it_may_come_in_an_archive_with_uploads(self, read_text):
        question = (
            '<Elements lang="EN"><Question id="q">&lt;b&gt;Why&lt;/b&gt;?</Question></Elements>'
        )
        xml = self.export(question, '<AnswerSet list="1"><Answer qid="q">x</Answer></AnswerSet>')
        read = read_text("eusurvey_xml", zipped({"e.xml": xml, "q/1_e.xml": "<upload"}))
        assert headers_of(read)[-1] == ("Why?", "q")


class TestSurveyMonkey:
    def test_a_question_is_carried_on_over_its_parts(self, read_text):
        read = read_text("surveymonkey_csv", f"{SURVEYMONKEY}10249522900,2,Staff,,R&amp;D\n")
        assert headers_of(read)[2:] == [
            ("What helps?", "Staff"),
            ("What helps?", "Money"),
            ("Anything else?", "Open-Ended Response"),
        ]
        assert rows_of(read) == [["10249522900", "2", "Staff", "", "R&D"]]

    def test_ids_that_a_spreadsheet_made_floats_of_are_taken_back(self, read_text):
        read = read_text("surveymonkey_csv", f"{SURVEYMONKEY}10249522900.0,216437765.0,,,1.0\n")
        assert rows_of(read)[0] == ["10249522900", "216437765", "", "", "1.0"]

    def test_ids_that_lost_their_digits_are_refused(self, read_text):
        with pytest.raises(LoadRejected, match=r"record 1: the id 1.02495E\+10 was rounded"):
            read_text("surveymonkey_csv", f"{SURVEYMONKEY}1.02495E+10,2,,,x\n")

    def test_a_header_cut_by_a_line_break_in_a_question_is_put_together(self, read_text):
        cut = SURVEYMONKEY.replace("What helps?", "What\nhelps?")
        read = read_text("surveymonkey_csv", f"{cut}1,2,Staff,,x\n")
        assert headers_of(read)[3] == ("What\nhelps?", "Money")

    def test_a_file_with_one_header_row_says_so_in_its_source(self, read_text):
        text = "Respondent ID,Collector ID,What helps?\n1,2,x\n"
        with pytest.raises(LoadRejected, match="second row is a response and no second header"):
            read_text("surveymonkey_csv", text)
        assert rows_of(read_text("surveymonkey_csv", text, header_rows=1)) == [["1", "2", "x"]]


class TestMicrosoftForms:
    def test_only_a_column_of_choices_loses_its_last_separator(self, read_text):
        rows = [
            ["Id", "Début", "Fin", "Outils", "Avis"],
            [1, "", "", "A;B;", "oui;"],
            [2, "", "", "", "non"],
        ]
        read = read_text("microsoft_forms_xlsx", xlsx({"Form1": rows}))
        assert [row[3:] for row in rows_of(read)] == [["A;B", "oui;"], ["", "non"]]

    def test_bare_serial_numbers_are_times(self, read_text):
        rows = [
            ["ID", "Start time", "Completion time", "How many?"],
            [1, 45889.5, "45889.535937", 45889],
        ]
        read = read_text("microsoft_forms_xlsx", xlsx({"Form1": rows}))
        assert rows_of(read) == [["1", "2025-08-20 12:00:00", "2025-08-20 12:51:45", "45889"]]


class TestGoogleForms:
    def test_the_same_response_twice_is_two(self, read_text):
        one, two = (row[0] for row in rows_of(read_text("google_forms_csv", GOOGLE_FORMS)))
        assert two == f"{one}-2"

    def test_a_question_added_later_changes_no_id(self, read_text):
        ids = [row[0] for row in rows_of(read_text("google_forms_csv", GOOGLE_FORMS))]
        longer = GOOGLE_FORMS.replace("\n2024", ",\n2024").replace("a,\n", "a,,\n")
        longer = longer.replace("Avis,Avis,", "Avis,Avis,Nouvelle")
        read = read_text("google_forms_csv", longer)
        assert headers_of(read)[-1] == ("Nouvelle", "")
        assert [row[0] for row in rows_of(read)] == ids

    def test_it_may_come_as_the_archive_that_the_form_gives(self, read_text):
        archive = zipped({"Enquête.csv": GOOGLE_FORMS})
        assert rows_of(read_text("google_forms_csv", archive)) == rows_of(
            read_text("google_forms_csv", GOOGLE_FORMS)
        )

    def test_an_archive_of_several_is_refused(self, read_text):
        with pytest.raises(LoadRejected, match="is an archive of 2 CSV files, expected one"):
            read_text("google_forms_csv", zipped({"a.csv": GOOGLE_FORMS, "b.csv": GOOGLE_FORMS}))

    def test_a_personal_column_is_not_in_the_id(self, read_text, survey_source):
        text = "Horodateur,Adresse,Avis\n2024-03-01,{},a\n"
        columns = {"response_id": "response_hash", "submitted_at": "Horodateur", "Q1.1": "Avis"}
        declared = survey_source(columns, "google_forms_csv", personal=["Adresse"])
        ids = {
            read_text(
                "google_forms_csv", text.format(name), declared, encoding="utf-8", delimiter=","
            ).one(slot=1)["response_id"]
            for name in ("ann@example.org", "bob@example.org")
        }
        assert len(ids) == 1
