"""Microsoft Forms' workbook of responses: one sheet, one header row in the user's language.

``ID, start, completion, e-mail, name`` come first, then the questions; a question text that
comes again has a number at its end. Choices of several stand in one cell with ``;`` after each,
the last one too. Times are dates of the spreadsheet, or, in copies, their bare serial numbers.
"""

from __future__ import annotations

import re

from openpyxl.utils.datetime import from_excel

from pes_observatory.errors import LoadRejected
from pes_observatory.read.job import Job
from pes_observatory.read.survey.cells import Cells, cells_of
from pes_observatory.read.survey.workbook import sheet_of

_SERIAL = re.compile(r"\d{5}(\.\d+)?")
_IDS = ("ID", "Id")
_TIMES = (1, 2)
_HALF_A_SECOND = 0.5 / 86_400


def read_microsoft_forms_xlsx(job: Job) -> Cells:
    """The cells of the sheet with the responses.

    Raises:
        LoadRejected: its first column is not the id that Forms gives.
    """
    records = sheet_of(job)
    cells = cells_of(job.where, records, job.dialect.header_rows or 1)
    if cells.headers[0].strip(" .\xa0") not in _IDS:
        raise LoadRejected(
            f"{job.where}: its first column is {cells.headers[0]!r}, expected the ID of "
            "Microsoft Forms; set format to what the file is, or export it again."
        )
    columns = [list(column) for column in zip(*cells.rows, strict=True)]
    for number in _TIMES:
        if number < len(columns):
            columns[number] = [_moment(value or "") for value in columns[number]]
    columns = [_without_last_separator(column) for column in columns]
    rows = [list(row) for row in zip(*columns, strict=True)]
    return Cells(cells.headers, cells.sub_headers, rows)


def _moment(printed: str) -> str:
    if not _SERIAL.fullmatch(printed):
        return printed
    return f"{from_excel(float(printed) + _HALF_A_SECOND):%Y-%m-%d %H:%M:%S}"


def _without_last_separator(column: list[str | None]) -> list[str | None]:
    """A column of choices: every answer in it ends in ``;``, which an open answer would not."""
    if all(value.endswith(";") for value in column if value):
        return [value.removesuffix(";") if value else value for value in column]
    return column
