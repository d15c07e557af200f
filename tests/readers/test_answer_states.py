"""What a cell without an answer means, who answered how far, and answers in several parts."""

from __future__ import annotations

import pytest

from pes_observatory.errors import LoadRejected
from pes_observatory.read.survey.answers import answers_from_cells
from pes_observatory.read.survey.cells import Cells

FIELDS = {"response_id": "id", "respondent": "PES"}


@pytest.fixture
def answers(survey_source):
    """``answers(map, {header: cell}, ...)``: the landed rows of these records."""

    def read(header_of, *records, **survey):
        declared = survey_source(header_of, **survey)
        headers = list(records[0])
        cells = Cells(headers, [""] * len(headers), [list(each.values()) for each in records])
        return answers_from_cells(declared, "example.csv", cells).to_pylist()

    return read


def states(rows):
    return [(row["question_id"], row["slot"], row["value_state"]) for row in rows]


class TestStates:
    def test_answered_empty_not_shown_not_asked_and_taken_out(self, answers):
        columns = FIELDS | {"Q1.1": "a", "Q1.2": "b", "Q1.3": "c", "Q2.1": "d", "Q2.2": ""}
        record = {"id": "7", "PES": "Mali", "a": "Former", "b": " ", "c": None, "d": "[Withheld]"}
        rows = answers(columns, record, redacted=["[withheld]"])
        assert states(rows) == [
            ("Q1", 1, "answered"),
            ("Q1", 2, "empty"),
            ("Q1", 3, "not_shown"),
            ("Q2", 1, "withheld"),
            ("Q2", 2, "not_asked"),
        ]
        assert [row["answer_text"] for row in rows] == ["Former", None, None, None, None]
        assert [row["answer_raw"] for row in rows] == ["Former", " ", None, "[Withheld]", None]

    @pytest.mark.parametrize(
        ("printed", "is_complete"), [("2024-03-01 10:00:00", True), ("", False), (None, False)]
    )
    def test_a_partial_response_is_kept_and_marked(self, answers, printed, is_complete):
        columns = FIELDS | {"submitted_at": "at", "Q1.1": "a"}
        [row] = answers(columns, {"id": "7", "PES": "Mali", "at": printed, "a": "Former"})
        assert (row["is_complete"], row["value_state"]) == (is_complete, "answered")

    def test_an_export_that_does_not_tell_leaves_it_open(self, answers):
        [row] = answers(FIELDS | {"Q1.1": "a"}, {"id": "7", "PES": "Mali", "a": "Former"})
        assert row["is_complete"] is None


class TestYesAndAList:
    COLUMNS = FIELDS | {"Q4.yes_no": "q4", "Q4.1": "a", "Q4.2": "b", "Q6.1": "c"}

    @pytest.mark.parametrize(
        ("printed", "said"),
        [("Y", True), ("Non", False), ("Sí", True), ("", None), (None, None), ("N/A", None)],
    )
    def test_what_was_ticked_stands_on_each_slot_of_its_question(self, answers, printed, said):
        record = {"id": "7", "PES": "Mali", "q4": printed, "a": "PEJ", "b": "", "c": "Crise"}
        rows = answers(self.COLUMNS, record)
        assert [row["yes_no"] for row in rows] == [said, said, None]
        assert states(rows)[:2] == [("Q4", 1, "answered"), ("Q4", 2, "empty")]

    def test_other_words_for_it_are_declared(self, answers):
        record = {"id": "7", "PES": "Mali", "q4": "2", "a": "", "b": "", "c": "Crise"}
        with pytest.raises(LoadRejected, match="record 1: 'q4' says neither Y nor N"):
            answers(self.COLUMNS, record)
        assert answers(self.COLUMNS, record, no_words=["2"])[0]["yes_no"] is False


LONG = {"response_id": "who", "question_id": "q", "slot": "n", "text": "said"}


class TestAnswersInParts:
    def record(self, who="7", q="Q9", n="1", said=""):
        return {"who": who, "q": q, "n": n, "said": said}

    def test_lines_of_a_cell_are_one_answer(self, answers):
        said = "1) Des échanges\r\n2) Un appui\n- matériel"
        [row] = answers(FIELDS | {"Q9.1": "a"}, {"id": "7", "PES": "Mali", "a": said})
        assert row["answer_text"] == "1) Des échanges\n2) Un appui\n- matériel"

    def test_records_of_one_slot_are_lines_of_one_answer(self, answers):
        rows = answers(
            LONG,
            self.record(said="1) Partager"),
            self.record(who="8", said="Un appui"),
            self.record(said="2) Financer"),
            self.record(n="2", said="Former"),
        )
        assert [(r["answer_id"], r["answer_text"], r["row_no"]) for r in rows] == [
            ("example/2024/7/Q9/1", "1) Partager\n2) Financer", 1),
            ("example/2024/8/Q9/1", "Un appui", 2),
            ("example/2024/7/Q9/2", "Former", 4),
        ]

    def test_a_slot_that_is_none_is_refused(self, answers):
        with pytest.raises(LoadRejected, match="record 1: 'n' is no slot from 1 to 9"):
            answers(LONG, self.record(n="first"))


class TestLanguages:
    @pytest.mark.parametrize(
        ("original", "original_lang", "is_translated"),
        [("Español", "es", True), ("fr", "fr", False), ("French", "fr", False), ("", None, False)],
    )
    def test_a_translation_is_marked_by_the_language_it_came_from(
        self, answers, original, original_lang, is_translated
    ):
        columns = FIELDS | {"original_language": "from", "Q9.1": "a"}
        text = "Renforcer les échanges de bonnes pratiques entre les membres"
        [row] = answers(columns, {"id": "7", "PES": "Mali", "from": original, "a": text})
        assert (row["lang"], row["original_lang"]) == ("fr", original_lang)
        assert row["is_translated"] is is_translated

    @pytest.mark.parametrize(
        ("printed", "lang"), [("FR", "fr"), ("fr_CA", "fr"), ("Francés", "fr"), ("es-MX", "es")]
    )
    def test_a_short_text_is_in_the_language_of_the_form(self, answers, printed, lang):
        columns = FIELDS | {"ui_language": "form", "Q9.1": "a"}
        [row] = answers(columns, {"id": "7", "PES": "Mali", "form": printed, "a": "Formation"})
        assert (row["lang"], row["lang_method"]) == (lang, "declared")
