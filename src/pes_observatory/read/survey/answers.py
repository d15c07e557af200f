"""From a survey's cells to answers: one row per response and question slot.

Columns about persons are dropped. Respondents are only printed and folded here; dbt resolves
them against the registry of PES.

``value_state`` tells an answer (``answered``) from a slot left empty (``empty``), not shown to
this respondent (``not_shown``), not in this wave's form though in another's (``not_asked``: a
row all the same, so that nobody takes it for empty), and an answer that was taken out before
the export (``withheld``).
"""

from __future__ import annotations

import re
from typing import Any

import pyarrow as pa

from pes_observatory.contracts import ANSWERS
from pes_observatory.errors import LoadRejected
from pes_observatory.read.privacy import without_persons
from pes_observatory.read.survey.cells import Cells
from pes_observatory.read.survey.column_map import wave_map
from pes_observatory.read.survey.responses import Cell, Sheet, number_withheld, response_of
from pes_observatory.read.text import folded, language_of
from pes_observatory.sources.models import Survey, SurveySource
from pes_observatory.sources.registry import Declared

Row = dict[str, Any]


def answers_from_cells(declared: Declared, item_name: str, cells: Cells) -> pa.Table:
    """The answers of one export, in the landing contract without provenance of the load."""
    survey = _survey(declared)
    where = f"Source {declared.id}, file {item_name}"
    mapped = wave_map(where, declared, survey, _wave_of(declared, item_name), cells)
    sheet = Sheet(declared, survey, item_name, mapped)
    rows = cells.rows
    responses = [response_of(sheet, row_no, row) for row_no, row in enumerate(rows, start=1)]
    number_withheld(sheet, responses)
    answers_of = _answers_in_rows if mapped.is_long else _answers_in_columns
    return pa.Table.from_pylist(answers_of(sheet, responses, rows), schema=ANSWERS)


def _answers_in_columns(sheet: Sheet, responses: list[Row], rows: list[list[Cell]]) -> list[Row]:
    """The answers of a file with one response per row."""
    slots = sheet.mapped.slots()
    found: list[Row] = []
    for response, row in zip(responses, rows, strict=True):
        ticked = {q: _ticked(sheet, q, response, row) for q in {q for q, _, _ in slots}}
        for question_id, slot, ours in slots:
            at = sheet.mapped.position_of[ours]
            header = sheet.mapped.header_of[ours]
            answer = _answer(sheet, response, question_id, slot, header, row[at])
            found.append(answer | {"yes_no": ticked[question_id]})
        found += [_not_asked(response, *slot) for slot in sheet.mapped.not_asked]
    return found


def _answers_in_rows(sheet: Sheet, responses: list[Row], rows: list[list[Cell]]) -> list[Row]:
    """The answers of a file with one answer per row; rows of one slot are lines of one answer."""
    lines: dict[tuple[str, str, int], list[Cell]] = {}
    first: dict[tuple[str, str, int], Row] = {}
    for response, row in zip(responses, rows, strict=True):
        question_id = sheet.cell(row, "question_id") or ""
        slot = _slot(sheet, response, sheet.cell(row, "slot"))
        key = (response["response_id"], question_id, slot)
        heading = without_persons(sheet.cell(row, "heading") or "")
        first.setdefault(key, response | {"published_heading": heading or None})
        lines.setdefault(key, []).append(row[sheet.mapped.position_of["text"]])
    header = sheet.mapped.header_of["text"]
    return [
        _answer(sheet, first[key], question_id, slot, header, _joined(parts))
        for key, parts in lines.items()
        for _, question_id, slot in [key]
    ]


def _answer(
    sheet: Sheet, response: Row, question_id: str, slot: int, header: str, value: Cell
) -> Row:
    text = without_persons((value or "").replace("\r\n", "\n").strip())
    state = "not_shown" if value is None else "answered" if text else "empty"
    if folded(text) in {folded(words) for words in sheet.survey.redacted} - {""}:
        state, text = "withheld", ""
    lang, lang_method = language_of(text, response["ui_language"]) if text else (None, None)
    original = (response["original_lang"] or "").split("-")[0]
    return {
        **_of_slot(response, question_id, slot),
        "header": header,
        "answer_raw": value,
        "answer_text": text or None,
        "value_state": state,
        "lang": lang,
        "lang_method": lang_method,
        "is_translated": sheet.survey.is_translated
        or (bool(original and lang) and original != lang),
    }


def _not_asked(response: Row, question_id: str, slot: int) -> Row:
    state = {"value_state": "not_asked", "is_translated": False}
    return {**_of_slot(response, question_id, slot), **state}


def _of_slot(response: Row, question_id: str, slot: int) -> Row:
    survey_id, wave, response_id = (response[k] for k in ("survey_id", "wave", "response_id"))
    return {
        **response,
        "answer_id": f"{survey_id}/{wave}/{response_id}/{question_id}/{slot}",
        "question_id": question_id,
        "slot": slot,
    }


def _ticked(sheet: Sheet, question_id: str, response: Row, row: list[Cell]) -> bool | None:
    where = f"{sheet.where}, record {response['row_no']}"
    return sheet.says(where, row, f"{question_id}.yes_no")


def _joined(parts: list[Cell]) -> Cell:
    said = [part for part in parts if part is not None]
    return "\n".join(said) if said else None


def _slot(sheet: Sheet, response: Row, printed: str | None) -> int:
    if printed is None:
        return 1
    if not re.fullmatch(r"[1-9]", printed):
        raise LoadRejected(
            f"{sheet.where}, record {response['row_no']}: "
            f"{sheet.mapped.header_of['slot']!r} is no slot from 1 to 9; correct the cell."
        )
    return int(printed)


def _wave_of(declared: Declared, item_name: str) -> int:
    survey = _survey(declared)
    if survey.wave is not None:
        return survey.wave
    found = re.search(survey.wave_from_name or "", item_name)
    if found is None or not re.fullmatch(r"[0-9]{4}", found[1]):
        raise LoadRejected(
            f"Source {declared.id}, file {item_name}: its name does not tell the wave "
            f"(survey.wave_from_name is {survey.wave_from_name!r}); rename the file."
        )
    return int(found[1])


def _survey(declared: Declared) -> Survey:
    assert isinstance(declared.source, SurveySource)
    return declared.source.survey
