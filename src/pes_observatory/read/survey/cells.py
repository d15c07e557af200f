"""The cells of a survey export: what every survey reader makes of its file, before any map."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from pes_observatory.errors import LoadRejected

CELLS = pa.schema(
    [
        ("row_no", pa.int64()),
        ("header", pa.string()),
        ("sub_header", pa.string()),
        ("value", pa.string()),
    ]
)


@dataclass(frozen=True)
class Cells:
    """A rectangular export: printed headers, and one list of cells per response.

    ``rows[i]`` is record ``i + 1`` after the headers. A cell is ``""`` when it was left empty and
    ``None`` when the tool says that its question was not shown to that respondent. Where the tool
    prints two header rows, ``headers`` is the one with the questions and ``sub_headers`` the one
    with their parts, of one length; else every sub-header is ``""``.
    """

    headers: list[str]
    sub_headers: list[str]
    rows: list[list[str | None]]

    def as_table(self) -> pa.Table:
        """All cells in long form, see ``CELLS``."""
        long = [
            (row_no, header, sub_header, value)
            for row_no, row in enumerate(self.rows, start=1)
            for header, sub_header, value in zip(self.headers, self.sub_headers, row, strict=True)
        ]
        columns = list(zip(*long, strict=True)) or [()] * len(CELLS)
        arrays = [pa.array(c, f.type) for c, f in zip(columns, CELLS, strict=True)]
        return pa.Table.from_arrays(arrays, schema=CELLS)


def delimited_records(where: str, text: str, delimiter: str) -> list[list[str]]:
    """The records of a delimited text, its header among them; lines without any sign are skipped.

    Raises:
        LoadRejected: there is no header, or the delimiter does not part it.
    """
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise LoadRejected(
            f"{where}: is not a well-formed CSV with delimiter {delimiter!r} ({error}); "
            "set read.delimiter to the one the file uses, or export it again."
        ) from None
    records = [record for record in records if record]
    if not records:
        raise LoadRejected(f"{where}: has no header row; export it again.")
    if len(records[0]) < 2:
        raise LoadRejected(
            f"{where}: the header has one column only with delimiter {delimiter!r}; "
            "set read.delimiter to the one the file uses."
        )
    return records


def cells_of(where: str, records: Sequence[Sequence[str | None]], header_rows: int = 1) -> Cells:
    """Records whose first one or two are headers, as cells.

    Of two header rows the first has the text of a question over its first column only; it is
    carried on to the columns of its parts.

    Raises:
        LoadRejected: a header row is missing, or a record is not as long as the header.
    """
    if len(records) < header_rows:
        raise LoadRejected(
            f"{where}: has {len(records)} of {header_rows} header rows; export it again, "
            "or set read.header_rows."
        )
    headers = [cell or "" for cell in records[0]]
    for row_no, record in enumerate(records[1:], start=2 - header_rows):
        if len(record) != len(headers):
            what = f", record {row_no}" if row_no > 0 else ", second header row"
            raise LoadRejected(
                f"{where}{what}: has {len(record)} cells, the header has {len(headers)}; "
                "the file is cut, or its delimiter is not the one in read.delimiter."
            )
    rows = [list(record) for record in records[header_rows:]]
    if header_rows == 1:
        return Cells(headers, [""] * len(headers), rows)
    for column in range(1, len(headers)):
        headers[column] = headers[column] or headers[column - 1]
    return Cells(headers, [cell or "" for cell in records[1]], rows)
