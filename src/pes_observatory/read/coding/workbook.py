"""The workbook that people code in: its sheets and columns, and reading back what they filled in.

Written by ``review/workbook.py``. Sheet ``units`` has one row per unit, headers in the language
of the coder; sheet ``about`` says which survey and codebook it was made of. Columns are found by
their header in any language, so a person may sort rows and hide or move columns.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from pes_observatory.errors import LoadRejected
from pes_observatory.read.survey.workbook import sheets_of

UNITS, ABOUT = "units", "about"
# fmt: off
FIELDS = (
    "unit", "question", "lang", "text", "answer", "reason", "machine",
    "primary", "secondary_1", "secondary_2", "note", "span", "sha256",
)
_PRINTED = {
    "en": (
        "unit", "question", "language", "text to code", "whole answer", "why it is here",
        "machine's codes", "primary code", "secondary code 1", "secondary code 2",
        "note (not read)", "place", "seal",
    ),
    "fr": (
        "unité", "question", "langue", "texte à coder", "réponse entière", "motif",
        "codes de la machine", "code principal", "code secondaire 1", "code secondaire 2",
        "note (non lue)", "place", "sceau",
    ),
    "es": (
        "unidad", "pregunta", "idioma", "texto por codificar", "respuesta completa", "motivo",
        "códigos de la máquina", "código principal", "código secundario 1",
        "código secundario 2", "nota (no se lee)", "lugar", "sello",
    ),
}
# fmt: on
HEADERS = {
    field: {lang: printed[place] for lang, printed in _PRINTED.items()}
    for place, field in enumerate(FIELDS)
}
CHOICES = ("primary", "secondary_1", "secondary_2")
READ = ("unit", "question", "text", *CHOICES, "span", "sha256")
_UNIT = re.compile(r"(?P<target>[^/]+/\d{4}/.+/Q[^/]+/\d+)#(?P<no>\d+)", re.DOTALL)
_SPAN = re.compile(r"(?P<start>\d+)-(?P<end>\d+)")


@dataclass(frozen=True)
class CodedRow:
    """A row that a person has coded; ``codes`` are by column, ``text`` is what the row shows."""

    row_no: int
    target_id: str
    unit_no: int
    span: tuple[int, int]
    sha256: str
    text: str
    codes: dict[str, str]


@dataclass(frozen=True)
class Workbook:
    """What a filled-in workbook says; ``mistakes`` are sentences, one each."""

    about: dict[str, str]
    rows: list[CodedRow]
    mistakes: list[str]


def read_workbook(where: str, path: Path) -> Workbook:
    """The rows of a workbook that have a code, and a sentence for each mistake in them.

    Raises:
        LoadRejected: it is no workbook of ``pes review export``.
    """
    sheets = sheets_of(where, path.read_bytes())
    if UNITS not in sheets or ABOUT not in sheets:
        raise LoadRejected(
            f"{where}: has no sheet {UNITS!r} or no sheet {ABOUT!r}; "
            "use the file that 'pes review export' wrote."
        )
    about = {row[0]: row[1] for row in sheets[ABOUT] if len(row) > 1}
    header, *rows = sheets[UNITS] or [[]]
    field_of = {name: field for field, names in HEADERS.items() for name in names.values()}
    place = {
        field_of[name]: n for n, cell in enumerate(header) if (name := cell.strip()) in field_of
    }
    missing = [HEADERS[field]["en"] for field in READ if field not in place]
    if missing or "survey_id" not in about:
        raise LoadRejected(
            f"{where}: sheet {UNITS!r} lacks column {', '.join(missing) or 'survey_id'}; "
            "use the file that 'pes review export' wrote, with its header row."
        )
    found: list[CodedRow] = []
    mistakes: list[str] = []
    for row_no, row in enumerate(rows, start=2):
        cells = {field: row[n].strip() for field, n in place.items()}
        coded = _coded_row(f"{where}, row {row_no}", row_no, cells, mistakes, about.get("lang", ""))
        found += [coded] if coded else []
    for key, times in Counter((row.target_id, row.unit_no) for row in found).items():
        if times > 1:
            lines = ", ".join(str(r.row_no) for r in found if (r.target_id, r.unit_no) == key)
            mistakes.append(f"{where}, rows {lines}: are the same unit; code it once.")
    return Workbook(about, found, mistakes)


def code_in(choice: str) -> str:
    """The code of a choice: ``MT1.1`` of ``MT1.1 · Recovery plans``; else all that the cell says.

    A cell with two choices is no code, so that neither is dropped unseen.
    """
    code, _, label = choice.strip().partition("·")
    return choice.strip() if "·" in label else code.strip()


def column(field: str, lang: str) -> str:
    """How a sentence names a column of a workbook in ``lang``."""
    return f"column {HEADERS[field].get(lang, HEADERS[field]['en'])!r}"


def _coded_row(
    where: str, row_no: int, cells: dict[str, str], mistakes: list[str], lang: str
) -> CodedRow | None:
    chosen = {field: code_in(cells[field]) for field in CHOICES if cells[field]}
    if not chosen:
        return None
    unit, span = _UNIT.fullmatch(cells["unit"]), _SPAN.fullmatch(cells["span"])
    if unit is None or span is None or not cells["sha256"]:
        mistakes.append(
            f"{where}, {column('unit', lang)}: it, or the hidden columns, are not as exported; "
            "copy the codes into a fresh export."
        )
        return None
    if "primary" not in chosen:
        mistakes.append(
            f"{where}, {column('primary', lang)}: is empty while a secondary code is given; "
            "choose one."
        )
        return None
    codes = list(chosen.values())
    again = next((f for n, f in enumerate(chosen) if chosen[f] in codes[:n]), None)
    if again:
        mistakes.append(
            f"{where}, {column(again, lang)}: code {chosen[again]} is given twice; keep one."
        )
        return None
    return CodedRow(
        row_no,
        unit["target"],
        int(unit["no"]),
        (int(span["start"]), int(span["end"])),
        cells["sha256"],
        cells["text"],
        chosen,
    )
