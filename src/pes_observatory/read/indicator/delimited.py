"""Opening delimited indicator files for DuckDB: header read first, every column text."""

from __future__ import annotations

import csv
import gzip
import re
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import TextIO

import duckdb

from pes_observatory.errors import LoadRejected
from pes_observatory.sql import literal

_DUCKDB_ENCODING = {
    "utf-8": "utf-8",
    "utf-8-sig": "utf-8",
    "latin-1": "latin-1",
    "windows-1252": "CP1252",
    "utf-16": "utf-16",
}
LONGEST_HEADER = 1_048_576
_REASON = re.compile(
    r"expected number of columns: \d+ found: \d+|not utf-8 encoded|unterminated quote"
    r"|maximum line size",
    re.IGNORECASE,
)


def header_of(where: str, path: Path, encoding: str, delimiter: str) -> list[str]:
    """The cells of a file's first record, gzip or not, without a byte order mark.

    Raises:
        LoadRejected: the first line is not in the encoding, is no record, is empty, or has no end.
    """
    with path.open("rb") as stream:
        is_gzip = stream.read(2) == b"\x1f\x8b"
    opener = gzip.open if is_gzip else open
    try:
        with opener(path, "rt", encoding=encoding, newline="") as text:
            header = next(csv.reader(_first_lines(text), delimiter=delimiter), [])
    except UnicodeDecodeError:
        raise LoadRejected(
            f"{where}: is not {encoding}; set read.encoding to what the file is in."
        ) from None
    except csv.Error as error:
        raise LoadRejected(
            f"{where}: has no header line that can be read ({error}); check fetch.url and format."
        ) from None
    if not header:
        raise LoadRejected(f"{where}: has no header line; fetch or export it again.")
    header[0] = header[0].removeprefix("\ufeff")
    return header


def learn_encoding(connection: duckdb.DuckDBPyConnection, encoding: str) -> None:
    """Let DuckDB read an encoding that it does not know of itself, from the installed package."""
    if encoding == "windows-1252":
        package = resources.files("duckdb_extension_encodings")
        folder = package / "extensions" / f"v{duckdb.__version__}"
        connection.load_extension(str(folder / "encodings.duckdb_extension"))


def csv_query(
    path: Path, columns: list[str], encoding: str, delimiter: str, *, is_quoted: bool = True
) -> str:
    """A query for all records after the header, every column text, strict on their number."""
    declared = ", ".join(f"{literal(column)}: 'VARCHAR'" for column in columns)
    quote = "'\"'" if is_quoted else "''"
    with path.open("rb") as stream:
        compression = "gzip" if stream.read(2) == b"\x1f\x8b" else "none"
    return f"""read_csv({literal(str(path))}, auto_detect=false, header=true, skip=0,
        delim={literal(delimiter)}, quote={quote}, escape={quote}, all_varchar=true,
        columns={{{declared}}}, null_padding=false, strict_mode=true, compression='{compression}',
        encoding='{_DUCKDB_ENCODING[encoding]}', nullstr='\x01')"""


def expect_columns(
    where: str, header: list[str], needed: tuple[str, ...], format_name: str
) -> None:
    """Refuse a header that lacks what the format always has.

    Raises:
        LoadRejected: names the missing columns and what was found.
    """
    missing = [column for column in needed if column not in header]
    if missing:
        raise LoadRejected(
            f"{where}: has no column {', '.join(missing)}, expected {format_name}; "
            f"found {', '.join(header[:8])}; check fetch.url, format and read.delimiter."
        )
    if len(set(header)) != len(header):
        raise LoadRejected(f"{where}: has two columns of the same name; ask the provider.")


def refused_by_duckdb(where: str, error: duckdb.Error) -> LoadRejected:
    """DuckDB's refusal of a file as one sentence of ours, which quotes nothing of the file."""
    line = re.search(r"\bLine: (\d+)", str(error))
    reason = _REASON.search(str(error))
    found = reason[0].lower() if reason else type(error).__name__
    return LoadRejected(
        f"{where}{f', line {line[1]}' if line else ''}: cannot be read as declared ({found}); "
        "check its delimiter and encoding, or fetch it again."
    )


def _first_lines(text: TextIO) -> Iterator[str]:
    left = LONGEST_HEADER
    while line := text.readline(left):
        left -= len(line)
        if not left:
            raise csv.Error(f"it does not end within {LONGEST_HEADER} signs")
        yield line
