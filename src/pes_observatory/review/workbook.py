"""Writing the workbook that people code in; ``read/coding/workbook.py`` reads it back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from pes_observatory.files import sha256_of_text, written_whole
from pes_observatory.read.coding.workbook import ABOUT, CHOICES, HEADERS, UNITS
from pes_observatory.review.codebook import CodebookRow
from pes_observatory.review.landed import LandedSurvey
from pes_observatory.review.selection import ChosenUnit

CODEBOOK, HOW = "codebook", "how to"
WIDTHS = {"unit": 18, "question": 10, "lang": 10, "text": 60, "answer": 60, "reason": 24}
CHOICE_WIDTH = 38
MOST_SIGNS = 32_767
_HIDDEN = ("span", "sha256")
_OPEN = (*CHOICES, "note")
_NOT_XML = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_LIKE_AN_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_LOCKED_FILL = PatternFill("solid", fgColor="F2F2F2")
_OPEN_FILL = PatternFill("solid", fgColor="FFFBE6")
_ALWAYS = datetime(2000, 1, 1)
LANGUAGES = ("en", "fr", "es")
Words = dict[str, Any]


def write_workbook(
    path: Path,
    survey: LandedSurvey,
    chosen: Sequence[ChosenUnit],
    codebook: Sequence[CodebookRow],
    *,
    lang: str,
    is_blind: bool,
) -> None:
    """Write the units that a person should code, the codebook, and how to go about it.

    The same units give the same cells. A blind workbook holds nothing that a machine said.
    """
    words: Words = yaml.safe_load((files(__package__) / "words" / f"{lang}.yml").read_text("utf-8"))
    book = Workbook()
    book.properties.created = book.properties.modified = _ALWAYS
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = UNITS
    choices = [row for row in codebook if row.level != "family"]
    label = {row.code: row.choice(lang) for row in codebook}
    fields = [f for f in HEADERS if not (is_blind and f in ("reason", "machine"))]
    _fill(sheet, [HEADERS[field][lang] for field in fields])
    for unit in chosen:
        cells = _cells(survey, unit, label, words)
        _fill(sheet, [cells.get(field) for field in fields])
    _dress(sheet, fields, last_row=len(chosen) + 1)
    _offer_choices(sheet, fields, len(choices), words)
    _codebook_sheet(book, choices, words, lang)
    _text_sheet(book, HOW, [[line] for line in words["how_to"]], (110,))
    about = {"survey_id": survey.survey_id, "codebook_version": codebook[0].version, "lang": lang}
    about |= {"kind": "blind" if is_blind else "open", "export_id": _export_id(chosen)}
    _text_sheet(book, ABOUT, [list(pair) for pair in about.items()], (24, 40))
    with written_whole(path) as part:
        book.save(part)


def _export_id(chosen: Sequence[ChosenUnit]) -> str:
    """A name for this choice of units: the same units again are the same export."""
    keys = sorted(f"{unit.machine.target_id}#{unit.machine.unit_no}" for unit in chosen)
    return sha256_of_text("\n".join(keys))[:12]


def shown(text: str) -> str:
    """A text as a cell of the workbook shows it: no sign that XML cannot hold, no more than fit."""
    return _NOT_XML.sub(" ", text)[:MOST_SIGNS]


def _cells(
    survey: LandedSurvey, unit: ChosenUnit, label: dict[str, str], words: Words
) -> dict[str, str]:
    machine = unit.machine
    answer = survey.answers[machine.target_id]
    span = machine.span or (0, len(answer.text))
    return {
        "unit": f"{machine.target_id}#{machine.unit_no}",
        "question": machine.question_id,
        "lang": machine.lang or "",
        "text": shown(answer.words(span)),
        "answer": shown(answer.text) if answer.words(span) != answer.text else "",
        "reason": ", ".join(words["reasons"][reason] for reason in unit.reasons),
        "machine": ", ".join(
            label.get(code, code)
            for code in (machine.primary, *(c for c in machine.codes if c != machine.primary))
        ),
        "span": f"{span[0]}-{span[1]}",
        "sha256": answer.seal(span),
    }


def _fill(sheet: Worksheet, values: Sequence[str | None]) -> None:
    """One more row of texts, never of formulas, whatever sign they begin with."""
    row_no = sheet.max_row + 1 if sheet.cell(1, 1).value is not None else 1
    for column, value in enumerate(values, start=1):
        cell = sheet.cell(row_no, column)
        assert isinstance(cell, Cell)
        cell.number_format = "@"
        if value:
            cell.value = _LIKE_AN_ESCAPE.sub("_x005F_", value)
            cell.data_type = "s"
            cell.quotePrefix = value[0] in "=+-@\t\r"


def _dress(sheet: Worksheet, fields: Sequence[str], last_row: int) -> None:
    for column, field in enumerate(fields, start=1):
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = WIDTHS.get(field, CHOICE_WIDTH)
        sheet.column_dimensions[letter].hidden = field in _HIDDEN
        for row_no in range(1, last_row + 1):
            cell = sheet.cell(row_no, column)
            is_open = field in _OPEN and row_no > 1
            cell.protection = Protection(locked=not is_open)
            cell.fill = _OPEN_FILL if is_open else _LOCKED_FILL
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=row_no == 1)
    sheet.freeze_panes = f"{get_column_letter(fields.index('text') + 2)}2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(fields))}{last_row}"
    sheet.protection.sheet = True
    for allowed in ("autoFilter", "sort", "formatColumns", "formatRows"):
        setattr(sheet.protection, allowed, False)


def _offer_choices(sheet: Worksheet, fields: Sequence[str], choices: int, words: Words) -> None:
    told = words["not_a_choice"]
    listed = DataValidation("list", formula1=f"'{CODEBOOK}'!$A$2:$A${choices + 1}")
    listed.showErrorMessage = True
    listed.errorTitle, listed.error = told["title"], told["sentence"]
    first, last = (get_column_letter(fields.index(CHOICES[n]) + 1) for n in (0, -1))
    if sheet.max_row > 1:
        listed.add(f"{first}2:{last}{sheet.max_row}")
        sheet.add_data_validation(listed)


def _codebook_sheet(
    book: Workbook, choices: Sequence[CodebookRow], words: Words, lang: str
) -> None:
    rows: list[list[Any]] = [list(words["codebook"])]
    for row in choices:
        cells = [row.choice(lang), row.code, row.level, row.labels[lang]]
        rows.append([*cells, row.definition, row.questions])
    _text_sheet(book, CODEBOOK, rows, (44, 10, 12, 44, 80, 20))


def _text_sheet(
    book: Workbook, title: str, rows: Sequence[Sequence[str]], widths: Sequence[int]
) -> None:
    sheet = book.create_sheet(title)
    for row in rows:
        _fill(sheet, row)
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    sheet.protection.sheet = True
