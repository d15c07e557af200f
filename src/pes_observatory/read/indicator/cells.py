"""A delimited file cut into cells by Arrow, batch after batch, strict on what a record is.

Every cell is text, an empty one too. A record has as many cells as the header, and quotes come in
pairs (RFC 4180); blank lines are no records.
"""

from __future__ import annotations

import gzip
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

import pyarrow as pa
from pyarrow import csv

BYTES_AT_A_TIME = 4 * 1024**2
_GZIP = b"\x1f\x8b"
_REFUSED = re.compile(r"Row #(\d+): Expected (\d+) columns, got (\d+)")
_WHERE_A_QUOTE_IS_NO_BYTE = "utf-16"


class NotAsDeclared(Exception):
    """A file is not as its layout says; the text says how, and quotes nothing of the file."""


@dataclass(frozen=True)
class Layout:
    """A delimited file, and how it is to be cut.

    Attributes:
        path: the file, packed by gzip or not.
        encoding: as Python names it.
        delimiter: what stands between cells.
        width: how many cells every record has: ``c1``, ``c2``...
        used: those that are wanted.
        is_quoted: whether a cell may stand between quotes.
    """

    path: Path
    encoding: str
    delimiter: str
    width: int
    used: tuple[str, ...]
    is_quoted: bool


def is_gzip(path: Path) -> bool:
    """Whether a file is packed, whatever it is called."""
    with path.open("rb") as stream:
        return stream.read(len(_GZIP)) == _GZIP


def batches_of_cells(layout: Layout) -> Iterator[pa.RecordBatch]:
    """The records after the header in their order, some at a time.

    Raises:
        NotAsDeclared: a record is not as the layout says, or the file cannot be unpacked.
    """
    with _opened(layout.path) as stream:
        reader = None
        try:
            reader = _reader(layout, stream)
            yield from reader
        except (EOFError, gzip.BadGzipFile, zlib.error):
            raise NotAsDeclared(
                "cannot be unpacked to its end, it was cut off or damaged; fetch it again."
            ) from None
        except (pa.ArrowInvalid, UnicodeDecodeError) as error:
            raise _said(layout, error) from None
        finally:
            if reader:
                reader.close()
    if layout.is_quoted and layout.encoding != _WHERE_A_QUOTE_IS_NO_BYTE and stream.quotes % 2:
        raise NotAsDeclared(
            "has a quote that nothing closes; it was cut off, or read.delimiter is another."
        )


def _reader(
    layout: Layout, stream: _Counted, *, use_threads: bool = True
) -> csv.CSVStreamingReader:
    names = [f"c{number}" for number in range(1, layout.width + 1)]
    return csv.open_csv(
        stream,
        read_options=csv.ReadOptions(
            column_names=names,
            skip_rows_after_names=1,
            block_size=BYTES_AT_A_TIME,
            encoding=layout.encoding.removesuffix("-sig"),
            use_threads=use_threads,
        ),
        parse_options=csv.ParseOptions(
            delimiter=layout.delimiter,
            quote_char='"' if layout.is_quoted else False,
            newlines_in_values=layout.is_quoted,
        ),
        memory_pool=pa.system_memory_pool(),
        convert_options=csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()),
            strings_can_be_null=False,
            include_columns=list(layout.used),
        ),
    )


def _said(layout: Layout, error: pa.ArrowInvalid | UnicodeDecodeError) -> NotAsDeclared:
    """Arrow's refusal as a sentence, without the text of the record that Arrow adds to it."""
    if isinstance(error, UnicodeDecodeError) or "UTF8" in str(error):
        return NotAsDeclared(f"is not {layout.encoding}; set read.encoding to what the file is in.")
    if record := _REFUSED.search(_said_in_one_thread(layout)):
        number, expected, found = record.groups()
        reason = f"record {number} (the header is the first) has {found} cells, expected {expected}"
    else:
        reason = f"has a record of more than {BYTES_AT_A_TIME:,} bytes, expected a table"
    return NotAsDeclared(f"{reason}; check its delimiter and encoding, or fetch it again.")


def _said_in_one_thread(layout: Layout) -> str:
    """What Arrow says when it reads in one thread, which knows how many records it has read."""
    try:
        with _opened(layout.path) as stream:
            for _ in _reader(layout, stream, use_threads=False):
                pass
    except (pa.ArrowInvalid, UnicodeDecodeError, EOFError, OSError, zlib.error) as error:
        return str(error)
    return ""


class _Counted(io.RawIOBase):
    """A file, of which the quotes that were read are counted."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.quotes = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        found = self._stream.read(size)
        # most files have none, and looking costs a fifth of counting
        self.quotes += found.count(b'"') if b'"' in found else 0
        return found

    def close(self) -> None:
        self._stream.close()
        super().close()


def _opened(path: Path) -> _Counted:
    return _Counted(cast(BinaryIO, gzip.open(path) if is_gzip(path) else path.open("rb")))
