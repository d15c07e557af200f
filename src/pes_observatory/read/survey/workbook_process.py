"""The process that reads one workbook: from standard input, to JSON on standard output.

calamine reads XLS and XLSX fast and may panic on a damaged file. It drops formulas that have no
result, such as an answer that begins with ``=`` and was taken for one: where a sheet has formulas
openpyxl reads it, in a stream and with defusedxml below it. Neither expands entities. The JSON has
``sheets``, or ``refused``: why not.
"""

from __future__ import annotations

import io
import json
import re
import resource
import sys
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import chain, repeat, zip_longest
from typing import Any

MOST_SECONDS = 60
MOST_MEMORY = 2_000_000_000
MOST_CELLS = 6_000_000
MOST_ROWS = 1_048_576

_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")

Rows = Iterable[Iterable[Any]]


def main() -> None:
    """Read one workbook under the limits."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    json.dump(_answer(io.BytesIO(sys.stdin.buffer.read())), sys.stdout)


def _answer(content: io.BytesIO) -> dict[str, Any]:
    try:
        is_xlsx = content.getvalue().startswith(b"PK")
        read = _by_openpyxl if is_xlsx and _has_formulas(content) else _by_calamine
        content.seek(0)
        return {"sheets": {name: _rectangle(rows) for name, rows in read(content)}}
    except _TooLarge:
        limits = f"{MOST_CELLS:,} cells or {MOST_ROWS:,} rows"
        return {"refused": f"has more than {limits} in a sheet; export fewer responses at a time."}
    except Exception as error:  # a damaged workbook breaks its reader anywhere
        first_line = (str(error).splitlines() or [type(error).__name__])[0][:120]
        return {
            "refused": f"cannot be read as a workbook ({first_line}); if it asks for a password "
            "save it without one, else export it again."
        }


def _has_formulas(content: io.BytesIO) -> bool:
    with zipfile.ZipFile(content) as archive:
        parts = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return any(_FORMULA.search(archive.read(part)) for part in parts)


def _by_calamine(content: io.BytesIO) -> Iterator[tuple[str, Rows]]:
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_filelike(content)
    for sheet in book.sheets_metadata:
        if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet:
            found = book.get_sheet_by_name(sheet.name)
            if found.total_height * found.total_width > MOST_CELLS:
                raise _TooLarge
            above, left = found.start or (0, 0)
            rows = ([*[""] * left, *row] for row in found.iter_rows())
            yield sheet.name, chain(repeat([], above), rows)


def _by_openpyxl(content: io.BytesIO) -> Iterator[tuple[str, Rows]]:
    import openpyxl

    warnings.simplefilter("ignore")
    books = [
        openpyxl.load_workbook(content, read_only=True, keep_links=False, data_only=data_only)
        for data_only in (True, False)
    ]
    for sheets in zip(*(book.worksheets for book in books), strict=True):
        for sheet in sheets:
            sheet.reset_dimensions()
        values, formulas = (sheet.iter_rows(values_only=True) for sheet in sheets)
        yield sheets[0].title, map(_results, values, formulas)


def _results(values: tuple[Any, ...], formulas: tuple[Any, ...]) -> list[Any]:
    """The results of formulas; one without a result is an answer that begins with ``=``."""
    cells = zip_longest(values, formulas)
    return [formula if value is None else value for value, formula in cells]


def _rectangle(rows: Rows) -> list[list[str]]:
    found: list[list[str]] = []
    cells = 0
    for row in rows:
        printed = [_printed(value) for value in row]
        cells += len(printed)
        if cells > MOST_CELLS or len(found) >= MOST_ROWS:
            raise _TooLarge
        while printed and not printed[-1]:
            printed.pop()
        found.append(printed)
    while found and not found[-1]:
        found.pop()
    width = max(map(len, found), default=0)
    if width * len(found) > MOST_CELLS:
        raise _TooLarge
    return [row + [""] * (width - len(row)) for row in found]


def _printed(value: Any) -> str:
    """A cell's value as text: dates in ISO, whole numbers without a point or an exponent."""
    if value is None:
        return ""
    if isinstance(value, str):
        from openpyxl.utils.escape import unescape

        return unescape(value).replace("\r\n", "\n")
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    if isinstance(value, datetime):
        return str((value + timedelta(microseconds=500_000)).replace(microsecond=0))
    if isinstance(value, date):
        return f"{value} 00:00:00"
    formula = getattr(value, "text", None)
    return str(value if formula is None else formula)


class _TooLarge(Exception):
    pass


if __name__ == "__main__":
    main()
