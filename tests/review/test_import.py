"""A coded workbook taken back: what lands of it, and what is said of a mistake."""

from __future__ import annotations

import openpyxl
import pyarrow.parquet as pq
import pytest
import yaml
from desk import fill_in, unit
from support.nights import a_night

from pes_observatory.landing import last_good

SOURCE = "survey_person_b"


def landed(home) -> list[dict]:
    load = last_good(home, "codings", SOURCE)
    return pq.read_table(load.accepted_path).to_pylist() if load else []


def test_a_coded_workbook_is_a_source_that_the_next_night_lands(desk, home, sources):
    path = fill_in(desk.export(), {unit(1): ("OP1.3", "PU1"), unit(3): ("ZZ2",)})
    code, printed = desk.take(path)
    assert code == 0, printed
    assert "2 units coded by person-b are in" in printed
    declared = sources.root / "codings" / f"{SOURCE}.yml"
    assert yaml.safe_load(declared.read_text())["coding"] == {
        "coder": "person-b", "role": "coder", "codebook_version": "2022.1", "survey_id": "survey",
    }  # fmt: skip
    assert a_night(home, sources).failures == {}
    rows = [(r["target_id"], r["unit_no"], r["code"], r["is_primary"]) for r in landed(home)]
    assert rows == [
        ("survey/2022/1/Q1/1", 1, "OP1.3", True),
        ("survey/2022/1/Q1/1", 1, "PU1", False),
        ("survey/2022/3/Q1/1", 1, "ZZ2", True),
    ]
    first = landed(home)[0]
    assert (first["coder"], first["coder_type"], first["coder_role"]) == (
        "person-b", "human", "coder",
    )  # fmt: skip
    assert (first["span_start"], first["span_end"]) == (0, 40)
    assert (first["question_id"], first["codebook_version"]) == ("Q1", "2022.1")


def test_the_persons_own_file_is_the_snapshot(desk, sources):
    path = fill_in(desk.export("Ann Example.xlsx"), {unit(1): ("OP1.3",)})
    assert desk.take(path)[0] == 0
    (stored,) = (sources.root / "codings" / SOURCE).iterdir()
    assert stored.read_bytes() == path.read_bytes()
    assert "Ann" not in stored.name


def test_the_same_workbook_further_coded_replaces_itself(desk, home, sources):
    path = fill_in(desk.export(), {unit(1): ("OP1.3",)})
    desk.take(path)
    a_night(home, sources)
    code, printed = desk.take(fill_in(path, {unit(1): ("OP1",), unit(2): ("PU1",)}))
    assert code == 0, printed
    assert a_night(home, sources).failures == {}
    assert [row["code"] for row in landed(home)] == ["OP1", "PU1"]


def test_a_workbook_in_french_is_read_back_as_well(desk, home, sources):
    path = desk.export("fr.xlsx", "--lang", "fr", "--sample", 1)
    book = openpyxl.load_workbook(path)
    sheet = book["units"]
    place = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(2, place["code principal"]).value = "OP1.3 · Conditions, télétravail"
    book.save(path)
    assert desk.take(path)[0] == 0
    assert a_night(home, sources).failures == {}
    assert [row["code"] for row in landed(home)] == ["OP1.3"]


def sheet_without_header(path):
    book = openpyxl.load_workbook(path)
    book["units"].delete_rows(1)
    book.save(path)


def spoil(path, row_of: str, **cells: str | None):
    book = openpyxl.load_workbook(path)
    sheet = book["units"]
    place = {cell.value: cell.column for cell in sheet[1]}
    (row_no,) = [r[0].row for r in sheet.iter_rows() if r[place["unit"] - 1].value == row_of]
    for header, value in cells.items():
        sheet.cell(row_no, place[header.replace("_", " ")]).value = value
    book.save(path)
    return row_no


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        (
            {"primary_code": "XX9 · Nothing"},
            "column 'primary code': 'XX9' is no theme or sub-theme",
        ),
        ({"primary_code": "MT · Family"}, "column 'primary code': 'MT' is no theme or sub-theme"),
        ({"secondary_code_1": "MT2.9"}, "column 'secondary code 1': 'MT2.9' is no theme"),
        (
            {"primary_code": None, "secondary_code_2": "MT1"},
            "column 'primary code': is empty while",
        ),
        ({"secondary_code_1": "OP1.3"}, "column 'secondary code 1': code OP1.3 is given twice"),
        (
            {"text_to_code": "Other words"},
            "column 'text to code': is not the text of survey/2022/1/",
        ),
        ({"seal": "0" * 64}, "column 'text to code': is not the text of survey/2022/1/Q1/1 as it"),
        ({"place": "0-12"}, "is not the text of survey/2022/1/Q1/1 as it stands now"),
        ({"unit": "survey/2022/99/Q1/1#1"}, "column 'unit': survey/2022/99/Q1/1 is no answer of"),
        ({"unit": "first"}, "column 'unit': it, or the hidden columns, are not as exported"),
    ],
)
def test_a_mistake_gets_one_sentence_with_row_and_column(desk, sources, cells, sentence):
    path = fill_in(desk.export(), {unit(1): ("OP1.3",)})
    row_no = spoil(path, unit(1), **cells)
    code, printed = desk.take(path)
    assert code == 1
    lines = printed.strip().splitlines()
    assert lines[0].startswith(f"File units.xlsx, row {row_no}, column ")
    assert sentence in lines[0]
    assert lines[1:] == ["Nothing was taken: 1 mistake."]
    assert not (sources.root / "codings").exists()


def test_every_mistake_is_told_at_once(desk):
    path = fill_in(desk.export(), {unit(1): ("OP1.3",), unit(2): ("XX1",), unit(3): ("XX2",)})
    code, printed = desk.take(path)
    assert (code, len(printed.strip().splitlines())) == (1, 3)


def test_a_workbook_without_a_code_is_not_taken(desk):
    code, printed = desk.take(desk.export())
    assert code == 1
    assert "no unit has a primary code; code some and import it again" in printed


def test_a_unit_is_coded_in_one_file_of_a_person_only(desk):
    assert desk.take(fill_in(desk.export(), {unit(1): ("OP1.3",)}))[0] == 0
    other = fill_in(desk.export("b.xlsx", "--sample", 1, "--wave", 2022), {unit(1): ("OP1",)})
    book = openpyxl.load_workbook(other)
    book["about"]["B5"].value = "anotherexport"
    book.save(other)
    code, printed = desk.take(other)
    assert code == 1
    assert "column 'unit': is coded by the same person in file units-" in printed


def test_answers_that_have_changed_since_are_not_coded_by_mistake(
    desk, home, sources, survey_files
):
    path = fill_in(desk.export(), {unit(1): ("OP1.3",), unit(2): ("PU1",)})
    changed = survey_files["results-2022.csv"].replace("Le télétravail pour", "La retraite de")
    sources.put("survey/results-2022.csv", changed)
    a_night(home, sources)
    code, printed = desk.take(path)
    assert code == 1
    assert "is not the text of survey/2022/1/Q1/1 as it stands now" in printed
    assert "survey/2022/2/" not in printed


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK\x03\x04 no workbook", ""),
        (b"unit,primary code\n", "is no workbook, neither XLSX nor XLS"),
    ],
)
def test_a_file_that_is_no_workbook_is_refused(desk, tmp_path, content, sentence):
    path = tmp_path / "notes.xlsx"
    path.write_bytes(content)
    code, printed = desk.take(path)
    assert code == 1
    assert f"File notes.xlsx: {sentence}" in printed


def test_a_workbook_of_ones_own_making_is_refused(desk, tmp_path):
    path = tmp_path / "own.xlsx"
    openpyxl.Workbook().save(path)
    code, printed = desk.take(path)
    assert code == 1
    assert "has no sheet 'units' or no sheet 'about'" in printed
    path = desk.export()
    sheet_without_header(path)
    assert (
        "sheet 'units' lacks column unit, question, text to code, primary code"
        in desk.take(path)[1]
    )


def test_a_name_that_cannot_be_published_as_it_is_is_refused(desk):
    path = fill_in(desk.export(), {unit(1): ("OP1.3",)})
    code, printed = desk.take(path, "Ann Example")
    assert code == 3
    assert "'Ann Example' is no name for a coder" in printed


def test_a_source_of_another_kind_is_not_written_over(desk, sources):
    path = fill_in(desk.export(), {unit(1): ("OP1.3",)})
    assert desk.take(path)[0] == 0
    sources.root.joinpath("codings", f"{SOURCE}.yml").write_text(
        sources.root.joinpath("codings", f"{SOURCE}.yml").read_text().replace("_xlsx", "_csv")
    )
    code, printed = desk.take(path)
    assert code == 3
    assert "is no source for workbooks of person-b; move it away" in printed
