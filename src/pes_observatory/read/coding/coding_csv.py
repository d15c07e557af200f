"""Codings made by people, as CSV: one row per code given to one unit of one answer.

Columns: ``wave, response_id, question_id, slot, unit_no, code, is_primary``, and after them none or
all of ``span_start, span_end, unit_text_sha256``: the place of the unit's words in the answer, as
offsets in characters from 0, and the sha256 of these words in UTF-8. With them a coding follows
its words when answers are parted anew, and counts no more when the words change.
"""

from __future__ import annotations

import re
from typing import Any

import pyarrow as pa

from pes_observatory.contracts import CODINGS
from pes_observatory.errors import LoadRejected
from pes_observatory.read.coding.landed import landed_coding
from pes_observatory.read.survey.cells import cells_of, delimited_records
from pes_observatory.read.truth import truth
from pes_observatory.sources.models import Coding

COLUMNS = ("wave", "response_id", "question_id", "slot", "unit_no", "code", "is_primary")
MORE_COLUMNS = ("span_start", "span_end", "unit_text_sha256")
_NUMBER = re.compile(r"[0-9]{1,4}")
_OFFSET = re.compile(r"[0-9]{1,7}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


def read_coding_csv(
    where: str, item_name: str, text: str, delimiter: str, coding: Coding
) -> pa.Table:
    """The codings of one file, in the landing contract without provenance of the load.

    Raises:
        LoadRejected: other columns, or a number, a hash or a yes or no that is none.
    """
    cells = cells_of(where, delimited_records(where, text, delimiter))
    columns = tuple(cells.headers)
    if columns not in (COLUMNS, COLUMNS + MORE_COLUMNS):
        raise LoadRejected(
            f"{where}: has columns {', '.join(columns)}, expected {', '.join(COLUMNS)}, and "
            f"none or all of {', '.join(MORE_COLUMNS)} after them; name and order them so."
        )
    rows = [
        _coding(
            f"{where}, record {row_no}",
            item_name,
            row_no,
            {column: (cell or "").strip() for column, cell in zip(columns, row, strict=True)},
            coding,
        )
        for row_no, row in enumerate(cells.rows, start=1)
    ]
    return pa.Table.from_pylist(rows, schema=CODINGS)


def _coding(
    where: str, item_name: str, row_no: int, row: dict[str, str], coding: Coding
) -> dict[str, Any]:
    for column in ("wave", "slot", "unit_no"):
        if not _NUMBER.fullmatch(row[column]):
            raise LoadRejected(
                f"{where}: {column} is no whole number of at most 4 digits; correct the cell."
            )
    given = [column for column in MORE_COLUMNS if row.get(column)]
    for column in given:
        if not (_SHA256 if column == "unit_text_sha256" else _OFFSET).fullmatch(row[column]):
            raise LoadRejected(
                f"{where}: {column} is no offset from 0, or no sha256 of 64 signs; correct it."
            )
    if given and len(given) < len(MORE_COLUMNS):
        raise LoadRejected(
            f"{where}: has {', '.join(given)} but not all of {', '.join(MORE_COLUMNS)}; "
            "fill in all three or none."
        )
    answer = (row[column] for column in ("wave", "response_id", "question_id", "slot"))
    return landed_coding(
        coding,
        item_name=item_name,
        row_no=row_no,
        target_id="/".join([coding.survey_id, *answer]),
        unit_no=int(row["unit_no"]),
        code=row["code"],
        is_primary=truth(where, "is_primary", row["is_primary"]) or False,
        span=(int(row["span_start"]), int(row["span_end"])) if given else None,
        unit_text_sha256=row["unit_text_sha256"] if given else None,
    )
