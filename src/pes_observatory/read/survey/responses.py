"""Who answered, when, and on what terms: what one response says of itself beside its answers.

``attribution`` is ``named`` where a respondent is printed, ``anonymous`` where none is, and
``withheld`` where it asked not to be named: then nothing lands that tells which one it was, and
its response goes by a number among the withheld ones of its file.
"""

from __future__ import annotations

import re
from typing import Any

from pes_observatory.files import sha256_of_text
from pes_observatory.read.survey.records import Record, Sheet
from pes_observatory.read.survey.timestamps import timestamp
from pes_observatory.read.text import folded, language_code

UNNAMED = frozenset({"", "anonymous", "anonyme", "anonimo", "anonima", "n a"})
_UNTOLD = {
    "respondent_raw": None,
    "respondent_key": None,
    "attribution": "withheld",
    "submitted_at": None,
    "ui_language": None,
    "original_lang": None,
}


def response_of(record: Record) -> dict[str, Any]:
    """The response that a record is or belongs to, in the columns of the landing contract."""
    sheet = record.sheet
    printed = record.field("respondent") or ""
    respondent = "" if folded(printed) in UNNAMED else record.clean(printed)
    is_named = bool(respondent) and not sheet.pseudonyms.replaces("respondent")
    header = record.header("submitted_at")
    dialect = sheet.declared.source.read
    submitted_at = timestamp(record.where, header, record.field("submitted_at"), dialect)
    number = f"row-{record.row_no}" if sheet.mapped.is_long else str(record.row_no)
    response = {
        "item_name": sheet.item_name,
        "row_no": record.row_no,
        "survey_id": sheet.survey.survey_id,
        "wave": sheet.mapped.wave,
        "response_id": record.field("response_id") or number,
        "respondent_raw": respondent or None,
        "respondent_key": folded(respondent) or None,
        "attribution": "named" if is_named else "anonymous",
        "submitted_at": submitted_at,
        "ui_language": language_code(record.field("ui_language") or record.field("language")),
        "original_lang": language_code(record.field("original_language")),
        "is_complete": submitted_at is not None if header else sheet.mapped.is_long or None,
        "has_consent": record.says("consent"),
    }
    is_withheld = record.says("neutrality") or sheet.neutrality.includes(printed)
    return response | _UNTOLD if is_withheld else response


def number_withheld(sheet: Sheet, responses: list[dict[str, Any]]) -> None:
    """Give the withheld responses of a file other ids: numbers in the order of their own ids."""
    withheld = [each for each in responses if each["attribution"] == "withheld"]
    own_ids = sorted({each["response_id"] for each in withheld}, key=_by_number)
    file = sha256_of_text(sheet.item_name)[:6]
    new_ids = {own_id: f"withheld-{file}-{n}" for n, own_id in enumerate(own_ids, start=1)}
    for response in withheld:
        response["response_id"] = new_ids[response["response_id"]]


def _by_number(own_id: str) -> list[tuple[int, str]]:
    parts = re.findall(r"\d+|\D+", own_id)
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]
