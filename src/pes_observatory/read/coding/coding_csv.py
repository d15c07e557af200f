"""Codings made by people, as CSV: one row per code given to one unit of one answer.

Columns: ``wave, response_id, question_id, slot, unit_no, code, is_primary``.
"""

from __future__ import annotations

import re
from typing import Any

import pyarrow as pa

from pes_observatory.contracts import CODINGS
from pes_observatory.errors import LoadRejected
from pes_observatory.read.survey.cells import cells_of, delimited_records
from pes_observatory.read.truth import truth
from pes_observatory.sources.models import Coding

COLUMNS = ("wave", "response_id", "question_id", "slot", "unit_no", "code", "is_primary")
_NUMBER = re.compile(r"[0-9]{1,4}")


def read_coding_csv(
    where: str, item_name: str, text: str, delimiter: str, coding: Coding
) -> pa.Table:
    """The codings of one file, in the landing contract without provenance of the load.

    Raises:
        LoadRejected: other columns, or a number or yes or no that is none.
    """
    cells = cells_of(where, delimited_records(where, text, delimiter))
    if tuple(cells.headers) != COLUMNS:
        raise LoadRejected(
            f"{where}: has columns {', '.join(cells.headers)}, expected {', '.join(COLUMNS)}; "
            "name and order them so."
        )
    rows = [
        _coding(
            f"{where}, record {row_no}",
            row_no,
            dict(zip(COLUMNS, (cell or "" for cell in row), strict=True)),
            coding,
        )
        for row_no, row in enumerate(cells.rows, start=1)
    ]
    located = [{**row, "item_name": item_name} for row in rows]
    return pa.Table.from_pylist(located, schema=CODINGS)


def _coding(where: str, row_no: int, row: dict[str, str], coding: Coding) -> dict[str, Any]:
    for column in ("wave", "slot", "unit_no"):
        if not _NUMBER.fullmatch(row[column].strip()):
            raise LoadRejected(
                f"{where}: {column} is no whole number of at most 4 digits; correct the cell."
            )
    answer = (row["wave"], row["response_id"], row["question_id"], row["slot"])
    return {
        "row_no": row_no,
        "target_kind": "answer",
        "target_id": "/".join([coding.survey_id, *(part.strip() for part in answer)]),
        "unit_no": int(row["unit_no"]),
        "question_id": row["question_id"].strip(),
        "code": row["code"].strip(),
        "is_primary": truth(where, "is_primary", row["is_primary"]) or False,
        "coder": coding.coder,
        "coder_type": "human",
        "codebook_version": coding.codebook_version,
    }
