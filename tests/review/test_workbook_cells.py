"""What a workbook's cells make of any text, and what reading makes of any cell."""

from __future__ import annotations

from collections.abc import Sequence

import openpyxl
import pytest
from desk import rows_of
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pes_observatory.agreement.units import CodedUnit
from pes_observatory.read.coding.workbook import HEADERS, code_in, read_workbook
from pes_observatory.review.codebook import codebook_rows
from pes_observatory.review.landed import Answer
from pes_observatory.review.selection import ChosenUnit
from pes_observatory.review.workbook import shown, write_workbook

CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
MANY = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


class Survey:
    """The part of a landed survey that a workbook shows."""

    survey_id = "s"

    def __init__(self, texts: Sequence[str]) -> None:
        self.answers = {
            f"s/2022/{number}/Q1/1": Answer(f"s/2022/{number}/Q1/1", 2022, "Q1", "fr", text)
            for number, text in enumerate(texts)
        }

    def chosen(self) -> list[ChosenUnit]:
        fixed = ("Q1", "fr", "rules", "rule", None, "2022.1", "MT1", ("MT1",), 1.0)
        return [
            ChosenUnit(CodedUnit("s", 2022, key, 1, *fixed, (0, len(answer.text))), ("sample",))
            for key, answer in self.answers.items()
        ]


def written(path, texts: Sequence[str]) -> None:
    survey = Survey(texts)
    write_workbook(path, survey, survey.chosen(), codebook_rows(), lang="en", is_blind=False)


@MANY
@given(texts=st.lists(CELLS.filter(str.strip), min_size=1, max_size=5))
@example(texts=["no sign of XML: \ufffe, \x0c", "_x0041_", "one\r\ntwo\rthree"])
def test_any_text_comes_back_as_it_was_shown(tmp_path, texts):
    path = tmp_path / "units.xlsx"
    written(path, texts)
    came_back = [row["text to code"] for row in rows_of(path)]
    assert [" ".join((text or "").split()) for text in came_back] == [
        " ".join(shown(text).split()) for text in texts
    ]


@MANY
@given(cells=st.lists(st.tuples(st.sampled_from(sorted(HEADERS)), CELLS), max_size=8))
def test_whatever_stands_in_the_cells_there_are_rows_or_mistakes(tmp_path, cells):
    path = tmp_path / "units.xlsx"
    written(path, ["Un texte", "Un autre"])
    book = openpyxl.load_workbook(path)
    sheet = book["units"]
    place = {cell.value: cell.column for cell in sheet[1]}
    for number, (field, value) in enumerate(cells):
        cell = sheet.cell(2 + number % 2, place[HEADERS[field]["en"]])
        cell.value = shown(value) or None
        cell.data_type = "s" if cell.value else "n"
    book.save(path)
    found = read_workbook("File units.xlsx", path)
    for row in found.rows:
        assert row.codes["primary"]
        assert len(set(row.codes.values())) == len(row.codes) <= 3
    assert all(sentence.startswith("File units.xlsx, row") for sentence in found.mistakes)


@pytest.mark.parametrize(
    ("choice", "code"),
    [("MT1.1 · Recovery plans", "MT1.1"), ("MT1.1", "MT1.1"), ("MT1.1· x", "MT1.1"), ("", "")],
)
def test_the_code_stands_first_in_a_choice(choice, code):
    assert code_in(choice) == code
