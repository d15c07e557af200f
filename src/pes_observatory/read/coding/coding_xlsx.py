"""Codings made by people in a workbook of ``pes review export``: the person's own file.

Rows without a code are not coded and land nothing. The workbook's sheet ``about`` tells which
codebook the person had in hand; notes stay in the file.
"""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from pes_observatory.contracts import CODINGS
from pes_observatory.errors import LoadRejected
from pes_observatory.read.coding.landed import landed_coding
from pes_observatory.read.coding.workbook import read_workbook
from pes_observatory.sources.models import Coding


def read_coding_xlsx(where: str, item_name: str, path: Path, coding: Coding) -> pa.Table:
    """The codings of one workbook, in the landing contract without provenance of the load.

    Raises:
        LoadRejected: it is no such workbook, is of another survey, or a row has a mistake.
    """
    workbook = read_workbook(where, path)
    if workbook.mistakes:
        raise LoadRejected(workbook.mistakes[0])
    if workbook.about["survey_id"] != coding.survey_id:
        raise LoadRejected(
            f"{where}: is of survey {workbook.about['survey_id']}, expected {coding.survey_id}; "
            "put it into the folder of that survey's source."
        )
    rows = [
        landed_coding(
            coding,
            item_name=item_name,
            row_no=row.row_no,
            target_id=row.target_id,
            unit_no=row.unit_no,
            code=code,
            is_primary=field == "primary",
            span=row.span,
            unit_text_sha256=row.sha256,
            codebook_version=workbook.about.get("codebook_version"),
        )
        for row in workbook.rows
        for field, code in row.codes.items()
    ]
    return pa.Table.from_pylist(rows, schema=CODINGS)
