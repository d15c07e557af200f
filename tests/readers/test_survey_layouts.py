"""What a survey export may hold, and the drift that must stop it."""

from __future__ import annotations

import pytest

from pes_observatory.errors import LoadRejected, SourceInvalid
from pes_observatory.read.text import scrubbed

HEADER_OF = {
    "response_id": "id",
    "submitted_at": "submitdate",
    "ui_language": "lang",
    "respondent": "PES",
    "consent": "ok",
    "Q1.1": "Q1[1]",
    "Q1.2": "Q1[2]",
}
HEADERS = '"id";"submitdate";"lang";"PES";"ok";"Q1[1]";"Q1[2]"'


def export(*records: str) -> str:
    """A LimeSurvey CSV of these records."""
    return "\ufeff" + "\r\n".join([HEADERS, *records, ""])


def response(text: str, consent: str = "Y", submitted: str = "2024-03-01 09:30:00") -> str:
    return f'"7";"{submitted}";"es";"Côte d\'Ivoire";"{consent}";"{text}";""'


@pytest.fixture
def read_survey(read_text, survey_source):
    def read(text: str, header_of=None, name: str = "example.csv", **survey):
        declared = survey_source(header_of or HEADER_OF, **survey)
        dialect = {"encoding": "utf-8-sig", "delimiter": ";"}
        return read_text("limesurvey_csv", text, declared, name=name, **dialect)

    return read


class TestCells:
    def test_quotes_delimiters_and_line_breaks_inside_a_cell(self, read_survey):
        text = 'She said ""yes""; twice\nand left'
        found = read_survey(export(response(text))).one(question_id="Q1", slot=1)
        assert found["answer_raw"] == 'She said "yes"; twice\nand left'

    @pytest.mark.parametrize(
        ("printed", "meant"),
        [("'=1+1", "=1+1"), ("'- one", "- one"), ("'@home", "@home"), ("'tis", "'tis")],
    )
    def test_a_masked_formula_loses_its_apostrophe(self, read_survey, printed, meant):
        assert read_survey(export(response(printed))).one(slot=1)["answer_raw"] == meant

    def test_a_survey_without_responses_is_empty(self, read_survey):
        assert len(read_survey(export('"";"";"";"";"";"";""'))) == 0

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            (export('"7";"2024-03-01"'), "record 1: has 2 cells, the header has 7"),
            ("\ufeff\r\n", "has no header row"),
            ("id,PES\n1,X\n", "the header has one column only with delimiter ';'"),
            (export('"7";"a"b";"";"";"";"";""'), "is not a well-formed CSV"),
        ],
    )
    def test_a_cut_or_foreign_file_is_refused(self, read_survey, text, sentence):
        with pytest.raises(LoadRejected, match=sentence):
            read_survey(text)


class TestColumnMap:
    def test_an_unknown_and_a_missing_header_are_both_named(self, read_survey):
        text = export(response("text")).replace("Q1[2]", "Q1[two]")
        with pytest.raises(LoadRejected) as refused:
            read_survey(text)
        assert "wave 2024: unknown header(s) 'Q1[two]' and missing header(s) 'Q1[2]'" in str(
            refused.value
        )

    def test_a_repeated_header_is_refused(self, read_survey):
        text = export(response("text")).replace("Q1[2]", "Q1[1]")
        with pytest.raises(LoadRejected, match=r"repeated header\(s\) 'Q1\[1\]'"):
            read_survey(text)

    def test_ignored_and_personal_columns_are_known_and_never_read(self, read_survey):
        columns = {name: header for name, header in HEADER_OF.items() if name != "Q1.2"}
        text = export('"7";"";"es";"Chad";"Y";"text";"ann@example.org"')
        table = read_survey(text, columns, personal=["Q1[2]"]).table
        assert "ann@example.org" not in str(table.to_pylist())

    def test_a_wave_without_a_row_is_refused(self, read_survey):
        with pytest.raises(LoadRejected, match=r"columns.csv has 0 rows for wave 2031"):
            read_survey(
                export(response("x")), name="results-2031.csv", wave_from_name=r"results-(\d{4})"
            )

    def test_a_name_that_tells_no_wave_is_refused(self, read_survey):
        with pytest.raises(LoadRejected, match="its name does not tell the wave"):
            read_survey(export(response("x")), wave_from_name=r"results-(\d{4})")

    def test_a_column_of_the_map_that_is_no_slot_is_refused(self, read_survey):
        with pytest.raises(SourceInvalid, match=r"column Q12.1 is no field or slot"):
            read_survey(export(response("x")), {**HEADER_OF, "Q12.1": "Q12"})

    def test_a_slot_not_asked_in_this_wave_is_a_row_that_says_so(self, read_survey):
        columns = {**HEADER_OF, "Q2.1": ""}
        found = read_survey(export(response("x")), columns).one(question_id="Q2")
        assert (found["value_state"], found["answer_id"]) == ("not_asked", "example/2024/7/Q2/1")
        assert (found["header"], found["answer_raw"], found["answer_text"]) == (None, None, None)


class TestAnswers:
    def test_identifiers_are_put_together_from_survey_wave_response_and_slot(self, read_survey):
        ids = read_survey(export(response("text"))).column("answer_id")
        assert ids == ["example/2024/7/Q1/1", "example/2024/7/Q1/2"]

    def test_the_respondent_is_folded_beside_its_print(self, read_survey):
        found = read_survey(export(response("text"))).one(slot=1)
        assert (found["respondent_raw"], found["respondent_key"]) == (
            "Côte d'Ivoire",
            "cote d ivoire",
        )

    def test_an_unfinished_response_is_not_complete(self, read_survey):
        found = read_survey(export(response("text", submitted=""))).one(slot=1)
        assert (found["submitted_at"], found["is_complete"]) == (None, False)

    @pytest.mark.parametrize(
        ("printed", "consent"), [("Y", True), ("Oui", True), ("N", False), ("sí", True), ("", None)]
    )
    def test_consent_in_three_languages(self, read_survey, printed, consent):
        assert read_survey(export(response("x", consent=printed))).one(slot=1)["has_consent"] is (
            consent
        )

    @pytest.mark.parametrize(
        ("record", "sentence"),
        [
            (response("x", consent="perhaps"), "record 1: 'ok' says neither Y nor N"),
            (response("x", submitted="1.3.24"), "record 1: 'submitdate' is no date such as"),
        ],
    )
    def test_an_unreadable_field_is_refused_by_record(self, read_survey, record, sentence):
        with pytest.raises(LoadRejected, match=sentence):
            read_survey(export(record))

    def test_e_mails_and_phones_leave_the_text_and_stay_in_the_raw_cell(self, read_survey):
        text = "Ask ann.b@pes.example.org or call +33 1 42 68 53 00 today"
        found = read_survey(export(response(text))).one(slot=1)
        assert found["answer_text"] == "Ask [e-mail] or call [phone] today"
        assert found["answer_raw"] == text

    def test_e_mails_and_phones_leave_the_respondent_and_its_key(self, read_survey):
        record = response("x").replace("Côte d'Ivoire", "Chad, ann @ pes.org, 01 23 45 67 89")
        found = read_survey(export(record)).one(slot=1)
        assert found["respondent_raw"] == "Chad, [e-mail], [phone]"
        assert found["respondent_key"] == "chad e mail phone"

    def test_e_mails_and_phones_leave_a_published_heading_and_its_respondent(
        self, read_text, survey_source
    ):
        names = ("question_id", "text", "heading", "respondent")
        declared = survey_source({name: name for name in names}, "answers_csv")
        cells = "Q1;text;Chad, 01 23 45 67 89;Chad, ann@pes.org"
        found = read_text("answers_csv", f"{';'.join(names)}\n{cells}\n", declared).one(slot=1)
        assert found["published_heading"] == "Chad, [phone]"
        assert found["respondent_key"] == "chad e mail"

    @pytest.mark.parametrize(
        "text",
        [
            "01 23 45 67 89", "06.12.34.56.78", "(202) 555-0143", "020 7946 0018", "612 345 678",
            "+225 07 00 12 34 56", "0612 345 000",
        ],
    )  # fmt: skip
    def test_a_number_as_dialled_at_home_is_a_phone(self, text):
        assert scrubbed(f"Call {text}.") == "Call [phone]."

    @pytest.mark.parametrize(
        "text",
        [
            "2021-2024", "9 000", "880 000", "880 000 000", "612.000.000", "12 345 678",
            "50 000 50 000", "0 50 000 50 000", "2 500 000 000", "2021, 2022, 2023",
            "01.01.2021-31.12.2024", "2014-288 du 5 mars 2014",
        ],
    )  # fmt: skip
    def test_years_and_amounts_stay(self, text):
        assert scrubbed(f"In all {text} euros") == f"In all {text} euros"

    @pytest.mark.parametrize(
        ("text", "lang", "method"),
        [
            ("El servicio público de empleo abrió nuevas oficinas", "es", "detected"),
            ("The service opened new offices in rural areas", "en", "detected"),
            ("Empleo", "es", "declared"),
        ],
    )
    def test_the_language_is_told_from_the_text_or_else_from_the_form(
        self, read_survey, text, lang, method
    ):
        found = read_survey(export(response(text))).one(slot=1)
        assert (found["lang"], found["lang_method"]) == (lang, method)
