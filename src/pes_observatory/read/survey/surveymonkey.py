"""SurveyMonkey's exports of all responses, CSV and XLSX: two header rows, then a response each.

The first header row has a question's text over its first column only, the second the parts
(options, ``Open-Ended Response``). Texts come with HTML entities. A spreadsheet in between may
have made numbers of the ids: ``10249522900.0`` is taken back, ``1.02E+10`` has lost its digits.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from pes_observatory.errors import LoadRejected
from pes_observatory.read.job import Job
from pes_observatory.read.survey.cells import Cells, cells_of, delimited_records
from pes_observatory.read.survey.workbook import sheet_of

_FLOAT_ID = re.compile(r"(\d{8,})\.0+")
_ROUNDED_ID = re.compile(r"\d([.,]\d+)?E\+?\d+", re.IGNORECASE)


def read_surveymonkey_csv(job: Job) -> Cells:
    """The cells of one CSV export."""
    records = delimited_records(job.where, job.text(), job.dialect.delimiter)
    return _cells(job, _with_whole_header(records))


def read_surveymonkey_xlsx(job: Job) -> Cells:
    """The cells of the sheet with the responses, of an XLSX or XLS export."""
    return _cells(job, sheet_of(job))


def _cells(job: Job, records: Sequence[Sequence[str]]) -> Cells:
    """Both header rows and the responses, their entities and ids as they were meant.

    Raises:
        LoadRejected: there are not two header rows, or a spreadsheet has rounded the ids.
    """
    meant = [[html.unescape(cell) for cell in record] for record in records]
    cells = cells_of(job.where, meant, job.dialect.header_rows or 2)
    if cells.sub_headers[0]:
        raise LoadRejected(
            f"{job.where}: its second row is a response and no second header row; "
            "set read.header_rows to 1, or export it again."
        )
    for row_no, row in enumerate(cells.rows, start=1):
        for column in (0, 1):  # respondent and collector
            row[column] = _FLOAT_ID.sub(r"\1", row[column] or "")
        if _ROUNDED_ID.fullmatch(row[0] or ""):
            raise LoadRejected(
                f"{job.where}, record {row_no}: the id {row[0]} was rounded by a spreadsheet; "
                "export it again, and do not save it from there."
            )
    return cells


def _with_whole_header(records: list[list[str]]) -> list[list[str]]:
    """The records, with a header that line breaks in a question have cut put together again."""
    width = len(records[-1])
    whole, rest = records[0], records[1:]
    while rest and len(whole) < width and len(whole) + len(rest[0]) - 1 <= width:
        first, *others = rest.pop(0)
        whole = [*whole[:-1], f"{whole[-1]}\n{first}", *others]
    return [whole, *rest] if len(whole) == width else records
