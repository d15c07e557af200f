"""Workbooks (XLSX and XLS) as rows of printed cells, under bounds of size.

XLSX is read in a stream by openpyxl, whose XML goes through defusedxml: no entity is expanded,
and a cell in the far corner costs nothing. XLS has at most 65,536 rows of 256 columns; calamine
reads it. Which of the two a file is says its content, not its name.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, BinaryIO

import openpyxl
import python_calamine
from openpyxl.utils.escape import unescape

from pes_observatory.errors import LoadRejected
from pes_observatory.read.job import Job
from pes_observatory.read.survey.archive import ZIP, opened_archive

MOST_CELLS = 3_000_000
MOST_ROWS = 1_048_576
OLE = b"\xd0\xcf\x11\xe0"

Sheets = dict[str, list[list[str]]]


def sheet_of(job: Job) -> list[list[str]]:
    """The rows of the sheet that the source names, or else of the only one with content.

    Raises:
        LoadRejected: the file is no workbook, or it does not say which sheet is meant.
    """
    with job.path.open("rb") as content:
        sheets = {name: rows for name, rows in sheets_of(job.where, content).items() if rows}
    wanted = job.dialect.sheet
    if wanted is None and len(sheets) == 1:
        return next(iter(sheets.values()))
    if wanted not in sheets:
        found = ", ".join(map(repr, sheets)) or "none"
        raise LoadRejected(
            f"{job.where}: sheets with content are {found}, expected "
            f"{'one' if wanted is None else repr(wanted)}; set read.sheet to the one with the "
            "responses, or export it again."
        )
    return sheets[wanted]


def sheets_of(where: str, content: BinaryIO) -> Sheets:
    """Every worksheet's rows, of one width, from cell A1; empty rows are ``[""] * width``.

    Raises:
        LoadRejected: it is no workbook, is damaged or protected, or is too large.
    """
    start = content.read(4)
    content.seek(0)
    if start == ZIP:
        opened_archive(where, content)
        content.seek(0)
    elif start != OLE:
        raise LoadRejected(
            f"{where}: is no workbook, neither XLSX nor XLS; set format to what the file is, "
            "or export it again."
        )
    try:
        rows_of = _xlsx(content) if start == ZIP else _xls(content)
        return {name: _rectangle(where, rows) for name, rows in rows_of}
    except LoadRejected:
        raise
    except Exception as error:  # a damaged workbook breaks its reader anywhere
        first_line = (str(error).splitlines() or [type(error).__name__])[0][:120]
        raise LoadRejected(
            f"{where}: cannot be read as a workbook ({first_line}); if it asks for a password, "
            "save it without one, else export it again."
        ) from None


def _xlsx(content: BinaryIO) -> Iterator[tuple[str, Iterable[Iterable[Any]]]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(content, read_only=True, keep_links=False)
        for sheet in book.worksheets:
            sheet.reset_dimensions()
            yield sheet.title, sheet.iter_rows(values_only=True)


def _xls(content: BinaryIO) -> Iterator[tuple[str, Iterable[Iterable[Any]]]]:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content.read()))
    for sheet in book.sheets_metadata:
        if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet:
            found = book.get_sheet_by_name(sheet.name)
            above, left = found.start or (0, 0)
            rows: list[list[Any]] = [[] for _ in range(above)]
            yield sheet.name, rows + [[""] * left + row for row in found.iter_rows()]


def _rectangle(where: str, rows: Iterable[Iterable[Any]]) -> list[list[str]]:
    found: list[list[str]] = []
    cells = 0
    for row in rows:
        printed = [_printed(value) for value in row]
        cells += len(printed)
        if cells > MOST_CELLS or len(found) >= MOST_ROWS:
            raise LoadRejected(
                f"{where}: has more than {MOST_CELLS:,} cells or {MOST_ROWS:,} rows in one sheet; "
                "export fewer responses at a time."
            )
        while printed and not printed[-1]:
            printed.pop()
        found.append(printed)
    while found and not found[-1]:
        found.pop()
    width = max(map(len, found), default=0)
    return [row + [""] * (width - len(row)) for row in found]


def _printed(value: Any) -> str:
    """A cell's value as text: dates in ISO, whole numbers without a point or an exponent."""
    if value is None:
        return ""
    if isinstance(value, str):
        return unescape(value).replace("\r\n", "\n")
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return str((value + timedelta(microseconds=500_000)).replace(microsecond=0))
    if isinstance(value, date | time | timedelta | int):
        return str(value)
    return str(getattr(value, "text", value) or "")
