"""The column map: which printed header of a wave is which of our fields and question slots.

One CSV per survey: a row per wave, a column per field or slot (``Q1.1`` is question Q1, slot
1), cells are that wave's printed headers. Strict both ways: a header that neither the map nor
the source's ``ignored`` and ``personal`` lists know stops the load, and so does one that the
map expects and the file lacks.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass

from pes_observatory.errors import LoadRejected, SourceInvalid
from pes_observatory.sources.models import Survey
from pes_observatory.sources.registry import Declared

FIELDS = ("response_id", "submitted_at", "ui_language", "respondent", "consent")
LONG_FIELDS = ("question_id", "text", "heading", "respondent", "language")
_SLOT = re.compile(r"^(Q[1-9])\.([1-9])$")


@dataclass(frozen=True)
class WaveMap:
    """One wave's row of the map: our name -> printed header, without the columns not asked."""

    wave: int
    header_of: dict[str, str]

    def slots(self) -> list[tuple[str, int, str]]:
        """(question id, slot, printed header) of every slot asked in this wave, in order."""
        found = [
            (match, self.header_of[match[0]]) for match in map(_SLOT.match, self.header_of) if match
        ]
        return [(match[1], int(match[2]), header) for match, header in found]


def wave_map(declared: Declared, survey: Survey, wave: int) -> WaveMap:
    """The row of a source's column map for one wave.

    Raises:
        SourceInvalid: the map is no UTF-8 CSV, or has a column that is no field or slot of ours.
        LoadRejected: the map has no row, or more than one, for the wave.
    """
    path = declared.beside(survey.column_map)
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream, strict=True)
            rows = list(reader)
            columns = list(reader.fieldnames or [])
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SourceInvalid(
            f"{path}: cannot be read as CSV in UTF-8 ({error}); save it as that."
        ) from None
    known = {"wave", "export_language", *FIELDS, *LONG_FIELDS}
    strange = [column for column in columns if column not in known and not _SLOT.match(column)]
    if strange or "wave" not in columns:
        raise SourceInvalid(
            f"{path}: column {', '.join(strange) or 'wave'!s} "
            f"{'is no field or slot' if strange else 'is missing'}; expected wave, "
            f"{', '.join(FIELDS)} and slots such as Q1.1."
        )
    own = [row for row in rows if (row["wave"] or "").strip() == str(wave)]
    if len(own) != 1:
        raise LoadRejected(
            f"Source {declared.id}: {path.name} has {len(own)} rows for wave {wave}, "
            "expected one; add the wave's printed headers as a row."
        )
    if None in own[0]:
        raise SourceInvalid(
            f"{path}: the row for wave {wave} has more cells than the header; "
            "take out the comma too many, or quote the printed header that has one."
        )
    cells = {ours: (cell or "").strip() for ours, cell in own[0].items()}
    reserved = ("wave", "export_language")
    return WaveMap(wave, {k: v for k, v in cells.items() if v and k not in reserved})


def check_headers(where: str, survey: Survey, headers: list[str], mapped: WaveMap) -> None:
    """Refuse a file whose headers are not exactly those that the map and lists know.

    Raises:
        LoadRejected: one sentence with all unknown, missing and repeated headers.
    """
    expected = set(mapped.header_of.values())
    unknown = [h for h in headers if h not in expected | {*survey.ignored, *survey.personal}]
    missing = sorted(expected - set(headers))
    twice = sorted(h for h, times in Counter(headers).items() if times > 1 and h in expected)
    if unknown or missing or twice:
        found = [
            f"{word} header(s) {', '.join(map(repr, names))}"
            for word, names in (("unknown", unknown), ("missing", missing), ("repeated", twice))
            if names
        ]
        raise LoadRejected(
            f"{where}, wave {mapped.wave}: {' and '.join(found)}; "
            f"write them into {survey.column_map}, or list them under ignored or personal."
        )
