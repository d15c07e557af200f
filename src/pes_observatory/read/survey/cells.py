"""The cells of a survey export: what every survey reader makes of its file, before any map."""

from __future__ import annotations

import csv
import io
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

    ``rows[i]`` is record ``i + 1`` after the headers; a cell without content is ``""``.
    """

    headers: list[str]
    sub_headers: list[str]
    rows: list[list[str]]

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


def delimited_cells(where: str, text: str, delimiter: str) -> Cells:
    """The cells of a delimited text with one header row; lines without any sign are skipped.

    Raises:
        LoadRejected: the delimiter does not part the header, or a record has another length.
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
    headers, *rows = records
    if len(headers) < 2:
        raise LoadRejected(
            f"{where}: the header has one column only with delimiter {delimiter!r}; "
            "set read.delimiter to the one the file uses."
        )
    for row_no, row in enumerate(rows, start=1):
        if len(row) != len(headers):
            raise LoadRejected(
                f"{where}, record {row_no}: has {len(row)} cells, the header has "
                f"{len(headers)}; the file is cut or its delimiter is not {delimiter!r}."
            )
    return Cells(headers, [""] * len(headers), rows)
