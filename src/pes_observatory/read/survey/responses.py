"""Who answered, when, and on what terms: what one response says of itself beside its answers.

``attribution`` is ``named`` where a respondent is printed, ``anonymous`` where none is, and
``withheld`` where it asked not to be named: then nothing lands that tells which one it was, and
its response goes by a number among the withheld ones of its file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from pes_observatory.files import sha256_of_text
from pes_observatory.read.privacy import without_persons
from pes_observatory.read.survey.column_map import WaveMap
from pes_observatory.read.survey.neutrality import AskedForNeutrality
from pes_observatory.read.survey.pseudonyms import Pseudonyms
from pes_observatory.read.survey.timestamps import timestamp
from pes_observatory.read.text import folded, language_code
from pes_observatory.read.truth import truth
from pes_observatory.sources.models import Survey
from pes_observatory.sources.registry import Declared

UNNAMED = frozenset({"", "anonymous", "anonyme", "anonimo", "anonima", "n a"})
Cell = str | None


@dataclass
class Sheet:
    """One export file as its responses are read: its map, and what its source asks for."""

    declared: Declared
    survey: Survey
    item_name: str
    mapped: WaveMap
    neutrality: AskedForNeutrality = field(init=False)
    pseudonyms: Pseudonyms = field(init=False)

    def __post_init__(self) -> None:
        self.neutrality = AskedForNeutrality(self.survey.withheld)
        self.pseudonyms = Pseudonyms(self.where, self.survey, self.mapped)

    @property
    def where(self) -> str:
        return f"Source {self.declared.id}, file {self.item_name}"

    def cell(self, row: list[Cell], ours: str) -> str | None:
        """What stands under one of our names, None where the map or the cell has nothing."""
        position = self.mapped.position_of.get(ours)
        printed = (row[position] or "").strip() if position is not None else ""
        return self.pseudonyms.instead_of(ours, printed) or None

    def says(self, where: str, row: list[Cell], ours: str) -> bool | None:
        """What a yes/no cell says, None where it says nothing."""
        header = self.mapped.header_of.get(ours, "")
        words = self.survey.yes_words, self.survey.no_words
        return truth(where, header, self.cell(row, ours) or "", *words)


def response_of(sheet: Sheet, row_no: int, row: list[Cell]) -> dict[str, Any]:
    """The response that a row is or belongs to, in the columns of the landing contract."""
    where = f"{sheet.where}, record {row_no}"
    printed = sheet.cell(row, "respondent") or ""
    respondent = "" if folded(printed) in UNNAMED else without_persons(printed)
    is_named = bool(respondent) and not sheet.pseudonyms.replaces("respondent")
    header = sheet.mapped.header_of.get("submitted_at", "")
    printed_time = sheet.cell(row, "submitted_at")
    submitted_at = timestamp(where, header, printed_time, sheet.declared.source.read)
    response = {
        "item_name": sheet.item_name,
        "row_no": row_no,
        "survey_id": sheet.survey.survey_id,
        "wave": sheet.mapped.wave,
        "response_id": sheet.cell(row, "response_id") or _number(sheet, row_no),
        "respondent_raw": respondent or None,
        "respondent_key": folded(respondent) or None,
        "attribution": "named" if is_named else "anonymous",
        "submitted_at": submitted_at,
        "ui_language": language_code(sheet.cell(row, "ui_language") or sheet.cell(row, "language")),
        "original_lang": language_code(sheet.cell(row, "original_language")),
        "is_complete": submitted_at is not None if header else sheet.mapped.is_long or None,
        "has_consent": sheet.says(where, row, "consent"),
    }
    if sheet.says(where, row, "neutrality") or sheet.neutrality.includes(printed):
        response |= _UNTOLD
    return response


_UNTOLD = {
    "respondent_raw": None,
    "respondent_key": None,
    "attribution": "withheld",
    "submitted_at": None,
    "ui_language": None,
    "original_lang": None,
}


def number_withheld(sheet: Sheet, responses: list[dict[str, Any]]) -> None:
    """Give the withheld responses of a file other ids: numbers in the order of their own ids."""
    own_ids = {r["response_id"] for r in responses if r["attribution"] == "withheld"}
    file = sha256_of_text(sheet.item_name)[:6]
    number_of = {own: n for n, own in enumerate(sorted(own_ids, key=_by_number), start=1)}
    for response in responses:
        if response["attribution"] == "withheld":
            response["response_id"] = f"withheld-{file}-{number_of[response['response_id']]}"


def _number(sheet: Sheet, row_no: int) -> str:
    return f"row-{row_no}" if sheet.mapped.is_long else str(row_no)


def _by_number(own_id: str) -> list[tuple[int, str]]:
    return [
        (int(part), "") if part.isdigit() else (-1, part) for part in re.findall(r"\d+|\D+", own_id)
    ]
