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
from collections import defaultdict
from typing import Any

import pyarrow as pa

from pes_observatory.contracts import ANSWERS
from pes_observatory.errors import LoadRejected
from pes_observatory.read.survey.cells import Cells
from pes_observatory.read.survey.column_map import WaveMap, wave_map
from pes_observatory.read.survey.records import Cell, Record, Sheet
from pes_observatory.read.survey.responses import number_withheld, response_of
from pes_observatory.read.text import folded, language_of
from pes_observatory.sources.models import SurveySource
from pes_observatory.sources.registry import Declared
from pes_observatory.sources.surveys import Survey

Row = dict[str, Any]


def answers_from_cells(declared: Declared, item_name: str, cells: Cells) -> pa.Table:
    """The answers of one export, in the landing contract without provenance of the load."""
    survey = _survey(declared)
    where = f"Source {declared.id}, file {item_name}"
    mapped = wave_map(where, declared, survey, _wave_of(declared, item_name), cells)
    sheet = Sheet(declared, survey, item_name, mapped)
    records = [Record(sheet, row_no, row) for row_no, row in enumerate(cells.rows, start=1)]
    responses = [response_of(record) for record in records]
    number_withheld(sheet, responses)
    answers_in = _answers_in_rows if mapped.is_long else _answers_in_columns
    answers = answers_in(mapped, list(zip(records, responses, strict=True)))
    return pa.Table.from_pylist(answers, schema=ANSWERS)


def _answers_in_columns(mapped: WaveMap, responses: list[tuple[Record, Row]]) -> list[Row]:
    """The answers of a file with one response per record."""
    slots = mapped.slots()
    asked_yes_no = {q: f"{q}.yes_no" for q, _, _ in slots if f"{q}.yes_no" in mapped.header_of}
    found: list[Row] = []
    for record, response in responses:
        ticked = {q: record.says(ours) for q, ours in asked_yes_no.items()}
        for question_id, slot, ours in slots:
            answer = _answer(record, response, question_id, slot, ours, record.raw(ours))
            found.append(answer | {"yes_no": ticked.get(question_id)})
        found += [_not_asked(response, *slot) for slot in mapped.not_asked]
    return found


def _answers_in_rows(mapped: WaveMap, responses: list[tuple[Record, Row]]) -> list[Row]:
    """The answers of a file with one answer per record; records of one slot are one answer."""
    parts: dict[tuple[str, str, int], list[tuple[Record, Row]]] = defaultdict(list)
    for record, response in responses:
        question_id = record.field("question_id") or ""
        parts[response["response_id"], question_id, _slot(record)].append((record, response))
    found: list[Row] = []
    for (_, question_id, slot), lines in parts.items():
        record, response = lines[0]
        said = [cell for cell in (line.raw("text") for line, _ in lines) if cell is not None]
        value = "\n".join(said) if said else None
        heading = record.clean(record.field("heading") or "") or None
        answer = _answer(record, response, question_id, slot, "text", value)
        found.append(answer | {"published_heading": heading})
    return found


def _answer(
    record: Record, response: Row, question_id: str, slot: int, ours: str, value: Cell
) -> Row:
    survey = record.sheet.survey
    text = record.clean((value or "").replace("\r\n", "\n").strip())
    state = "not_shown" if value is None else "answered" if text else "empty"
    if folded(text) in {folded(words) for words in survey.redacted} - {""}:
        state, text = "withheld", ""
    lang, lang_method = language_of(text, response["ui_language"]) if text else (None, None)
    original = (response["original_lang"] or "").split("-")[0]
    is_from_another = bool(original and lang) and original != lang
    return {
        **_of_slot(response, question_id, slot),
        "header": record.header(ours),
        "answer_raw": value,
        "answer_text": text or None,
        "value_state": state,
        "lang": lang,
        "lang_method": lang_method,
        "is_translated": survey.is_translated or is_from_another,
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


def _slot(record: Record) -> int:
    printed = record.field("slot") or "1"
    if not re.fullmatch(r"[1-9]", printed):
        raise LoadRejected(
            f"{record.where}: {record.header('slot')!r} is no slot from 1 to 9; correct the cell."
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
