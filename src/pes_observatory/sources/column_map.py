"""The column map of a survey as a file: our names as columns, printed headers as cells.

A row per wave, or several that differ in ``export_language``. What a row means for one export
file is decided where the file is read, in ``read.survey.column_map``.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

from pes_observatory.errors import SourceInvalid

TODO = "TODO"
KEYS = ("wave", "export_language")
FIELDS = (
    *("response_id", "submitted_at", "ui_language", "respondent"),
    *("consent", "neutrality", "original_language"),
)
LONG_FIELDS = ("question_id", "slot", "text", "heading", "language")
SLOT = re.compile(r"^(Q[1-9])\.([1-9])$")
YES_NO = re.compile(r"^(Q[1-9])\.yes_no$")


@dataclass(frozen=True)
class ColumnMap:
    """The map as written: ``rows[i]`` holds a cell per column, stripped, ``""`` where empty."""

    path: Path
    columns: list[str]
    rows: list[dict[str, str]]

    def of_wave(self, wave: int) -> list[dict[str, str]]:
        return [row for row in self.rows if row["wave"] == str(wave)]

    def undone(self) -> list[str]:
        """The columns with a cell that a draft left to a person."""
        return [c for c in self.columns if any(row[c].startswith(TODO) for row in self.rows)]


def read_column_map(path: Path) -> ColumnMap:
    """The column map in a file.

    Raises:
        SourceInvalid: it is no UTF-8 CSV, has a column that is no field or slot of ours, or a
            row with more cells than columns.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream, strict=True)
            columns, *records = [record for record in reader if any(record)] or [[]]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SourceInvalid(
            f"{path}: cannot be read as CSV in UTF-8 ({error}); save it as that."
        ) from None
    columns = [column.strip() for column in columns]
    strange = [c for c in columns if not _is_ours(c)]
    twice = [c for c in columns if columns.count(c) > 1]
    if strange or twice or "wave" not in columns:
        found = "is no field or slot" if strange else "is missing"
        raise SourceInvalid(
            f"{path}: column {', '.join(strange) or ', '.join(sorted({*twice})) or 'wave'} "
            f"{'is there twice' if twice and not strange else found}; expected wave, "
            f"{', '.join(FIELDS)} and slots such as Q1.1."
        )
    for record in records:
        if len(record) > len(columns):
            raise SourceInvalid(
                f"{path}: the row for wave {record[0]} has more cells than the header; "
                "take out the comma too many, or quote the printed header that has one."
            )
    rows = [
        dict(zip(columns, [*map(str.strip, record), *[""] * len(columns)], strict=False))
        for record in records
    ]
    return ColumnMap(path, columns, rows)


def as_csv(*records: list[str]) -> str:
    """Records as lines of a column map, without the last line break."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(records)
    return text.getvalue().rstrip("\n")


def _is_ours(column: str) -> bool:
    known = {*KEYS, *FIELDS, *LONG_FIELDS}
    return column in known or bool(SLOT.match(column) or YES_NO.match(column))
