"""Survey exports that drifted from their column map, and responses that are odd."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from bench import Bench, SpoilAfterGoodNight
from support.examples import COLUMN_MAP, HEADERS, responses, survey_csv
from support.workbooks import eusurvey_xml, microsoft_forms, zipped

FILE = "results-2022.csv"
WHERE = f"file {FILE}"


@pytest.mark.parametrize(
    ("quote", "finds"), [('"', "not a well-formed CSV"), ("", "has one column only")]
)
def test_another_delimiter_than_declared_is_rejected(survey: Bench, quote: str, finds: str) -> None:
    survey.put(FILE, survey_csv(delimiter=",").replace('"', quote))
    survey.is_rejected("read", WHERE, finds, "with delimiter ';'", "set read.delimiter")


def test_latin_1_where_utf_8_is_due_is_rejected(survey: Bench) -> None:
    text = survey_csv().replace("’", "'").replace("PES", "Réponse", 1)
    survey.put(FILE, text.encode("latin-1"))
    survey.is_rejected("read", WHERE, "byte", "is not utf-8", "set read.encoding")


def test_an_unknown_column_is_rejected(survey: Bench) -> None:
    survey.put(FILE, survey_csv(headers=[*HEADERS, "Q3a"]))
    survey.is_rejected("read", WHERE, "wave 2022", "unknown header(s) 'Q3a'", "columns.csv")


def test_a_missing_column_is_rejected(survey: Bench) -> None:
    survey.put(FILE, survey_csv(headers=[h for h in HEADERS if h != "Q2a"]))
    survey.is_rejected("read", WHERE, "wave 2022", "missing header(s) 'Q2a'", "columns.csv")


def test_a_renamed_column_is_both_unknown_and_missing(survey: Bench) -> None:
    survey.put(FILE, survey_csv().replace('"Q2a"', '"Q2 a"'))
    survey.is_rejected("read", "unknown header(s) 'Q2 a' and missing header(s) 'Q2a'")


def test_a_repeated_column_is_rejected(survey: Bench) -> None:
    survey.put(FILE, survey_csv(headers=[*HEADERS, "Q1a"]))
    survey.is_rejected("read", WHERE, "repeated header(s) 'Q1a'")


def test_a_wave_that_the_column_map_does_not_have_is_rejected(survey: Bench) -> None:
    survey.put("results-2023.csv", survey_csv())
    survey.is_rejected("read", "columns.csv has 0 rows for wave 2023", "add the wave's printed")


def test_a_file_name_that_does_not_tell_the_wave_is_rejected(survey: Bench) -> None:
    survey.put("results-final.csv", survey_csv())
    survey.is_rejected("read", "file results-final.csv", "does not tell the wave", "rename")


def test_a_record_with_too_few_cells_is_rejected_by_its_number(survey: Bench) -> None:
    survey.put(FILE, survey_csv() + '"25";"2022-03-01 12:00:00";"fr"\n')
    survey.is_rejected("read", f"{WHERE}, record 25", "has 3 cells, the header has 7", "is cut")


def test_a_quote_that_never_ends_is_rejected(survey: Bench) -> None:
    survey.put(FILE, survey_csv()[:-3])
    survey.is_rejected("read", WHERE, "not a well-formed CSV", "export it again")


def test_a_date_in_the_manner_of_some_country_is_rejected_by_its_record(survey: Bench) -> None:
    rows = responses()
    rows[4]["submitdate"] = "01/03/2022"
    survey.put(FILE, survey_csv(rows))
    survey.is_rejected("read", f"{WHERE}, record 5", "'submitdate' is no date such as")


def test_a_column_map_with_a_comma_too_many_fails_the_read(survey: Bench) -> None:
    survey.put("columns.csv", COLUMN_MAP.replace("PES,", "PES,,"))
    survey.fails("read", "columns.csv", "row for wave 2022", "more cells than the header")


def test_a_column_map_in_latin_1_fails_the_read(survey: Bench) -> None:
    survey.put("columns.csv", COLUMN_MAP.replace("PES", "Prénom").encode("latin-1"))
    survey.fails("read", "columns.csv", "cannot be read as CSV in UTF-8", "save it as that")


def test_a_column_map_with_a_field_that_is_none_fails_the_read(survey: Bench) -> None:
    survey.put("columns.csv", COLUMN_MAP.replace("respondent", "country"))
    survey.fails("read", "columns.csv", "column country is no field or slot", "expected wave")


def test_a_response_that_came_twice_is_quarantined_whole(survey: Bench) -> None:
    survey.put(FILE, survey_csv([*responses(), responses()[2]]))
    rows = survey.lands(refused=4, warned="")
    assert {row["rule"] for row in rows} == {"answer_id_is_unique"}
    assert [row["row_no"] for row in rows] == [3, 3, 25, 25]
    assert all("apprentissage" not in row["row_json"] for row in rows), "no answer in quarantine"


def test_a_respondent_that_answers_twice_is_a_warning_and_keeps_both(survey: Bench) -> None:
    again = {**responses()[2], "id": "25"}
    survey.put(FILE, survey_csv([*responses(), again]))
    assert survey.lands(warned="respondent_answers_once") == []


def test_an_export_in_which_nobody_answered_is_rejected(survey: Bench) -> None:
    survey.put(FILE, survey_csv([{**row, "Q1a": "", "Q2a": ""} for row in responses()]))
    survey.is_rejected("gate", "someone_answered", "is the wrong export", "stays")


@pytest.mark.parametrize(
    ("spoil", "finds"),
    [
        (lambda whole: whole[:-400], "is a cut or damaged archive"),
        (lambda whole: b"ID;Heure de fin;PES\n" * 9, "is no workbook, neither XLSX nor XLS"),
        (lambda whole: zipped({"a": b"0" * 250_000_000}), "unpacks to 250,000,000 bytes"),
    ],
)
def test_a_workbook_that_is_none_is_rejected(
    after_a_good_night: SpoilAfterGoodNight, spoil: Callable[[bytes], bytes], finds: str
) -> None:
    layout = microsoft_forms()
    bench = after_a_good_night(layout.example())
    assert isinstance(layout.content, bytes)
    bench.put(layout.file, spoil(layout.content))
    bench.is_rejected("read", f"file {layout.file}", finds, "export")


def test_xml_with_entities_of_its_own_is_rejected(after_a_good_night: SpoilAfterGoodNight) -> None:
    layout = eusurvey_xml()
    bench = after_a_good_night(layout.example())
    declared = '<!DOCTYPE Results [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;">]><Results '
    bench.put(layout.file, str(layout.content).replace("<Results ", declared, 1))
    bench.is_rejected("read", f"file {layout.file}", "no well-formed XML without a DTD", "again")
