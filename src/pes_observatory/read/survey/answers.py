"""From a survey's cells to answers: one row per response and question slot.

Personal columns are never looked at. Respondents are only printed and folded here; dbt
resolves them against the registry of PES.
"""

from __future__ import annotations

import re
from typing import Any

import pyarrow as pa

from pes_observatory.contracts import ANSWERS
from pes_observatory.errors import LoadRejected
from pes_observatory.read.survey.cells import Cells
from pes_observatory.read.survey.column_map import WaveMap, check_headers, wave_map
from pes_observatory.read.survey.timestamps import timestamp
from pes_observatory.read.text import folded, language_of, scrubbed
from pes_observatory.read.truth import truth
from pes_observatory.sources.models import Survey, SurveySource
from pes_observatory.sources.registry import Declared


def answers_from_cells(declared: Declared, item_name: str, cells: Cells) -> pa.Table:
    """The answers of one export, in the landing contract without provenance of the load."""
    survey = _survey(declared)
    mapped = wave_map(declared, survey, _wave_of(declared, item_name))
    check_headers(f"Source {declared.id}, file {item_name}", survey, cells.headers, mapped)
    is_long = "question_id" in mapped.header_of
    rows: list[dict[str, Any]] = []
    for row_no, row in enumerate(cells.rows, start=1):
        printed = dict(zip(cells.headers, row, strict=True))
        base = {
            "item_name": item_name,
            "row_no": row_no,
            "survey_id": survey.survey_id,
            "wave": mapped.wave,
            "is_translated": survey.is_translated,
        }
        rows += (
            [_answer_of_long_row(base, printed, mapped)]
            if is_long
            else _answers_of_response(declared, base, printed, mapped)
        )
    return pa.Table.from_pylist(rows, schema=ANSWERS)


def _answers_of_response(
    declared: Declared, base: dict[str, Any], printed: dict[str, str | None], mapped: WaveMap
) -> list[dict[str, Any]]:
    def field(name: str) -> str | None:
        return (printed.get(mapped.header_of.get(name, "")) or "").strip() or None

    where = f"Source {declared.id}, file {base['item_name']}, record {base['row_no']}"
    respondent = scrubbed(field("respondent") or "")
    header = mapped.header_of.get("submitted_at", "")
    submitted_at = timestamp(where, header, field("submitted_at"), declared.source.read)
    response = {
        **base,
        "response_id": field("response_id") or str(base["row_no"]),
        "respondent_raw": respondent or None,
        "respondent_key": folded(respondent) or None,
        "submitted_at": submitted_at,
        "ui_language": field("ui_language"),
        "is_complete": submitted_at is not None,
        "has_consent": truth(where, mapped.header_of.get("consent", ""), field("consent") or ""),
    }
    return [
        _answer(response, question_id, slot, header, printed[header])
        for question_id, slot, header in mapped.slots()
    ]


def _answer_of_long_row(
    base: dict[str, Any], cells: dict[str, str | None], mapped: WaveMap
) -> dict[str, Any]:
    header_of = mapped.header_of
    printed = {header: value or "" for header, value in cells.items()}
    heading = scrubbed(printed[header_of["heading"]].strip()) if "heading" in header_of else ""
    respondent = (
        scrubbed(printed[header_of["respondent"]].strip()) if "respondent" in header_of else ""
    )
    response = {
        **base,
        "response_id": f"row-{base['row_no']}",
        "respondent_raw": respondent or None,
        "respondent_key": folded(respondent) or None,
        "ui_language": printed[header_of["language"]] if "language" in header_of else None,
        "is_complete": True,
        "published_heading": heading or None,
    }
    header = header_of["text"]
    return _answer(response, printed[header_of["question_id"]].strip(), 1, header, printed[header])


def _answer(
    response: dict[str, Any], question_id: str, slot: int, header: str, value: str | None
) -> dict[str, Any]:
    text = scrubbed((value or "").replace("\r\n", "\n").strip())
    lang, lang_method = language_of(text, response.get("ui_language")) if text else (None, None)
    survey_id, wave, response_id = (response[k] for k in ("survey_id", "wave", "response_id"))
    return {
        **response,
        "answer_id": f"{survey_id}/{wave}/{response_id}/{question_id}/{slot}",
        "question_id": question_id,
        "slot": slot,
        "header": header,
        "answer_raw": value,
        "answer_text": text or None,
        "value_state": "not_shown" if value is None else "answered" if text else "empty",
        "lang": lang,
        "lang_method": lang_method,
    }


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
