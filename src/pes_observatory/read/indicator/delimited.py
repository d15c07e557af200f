"""What delimited indicator files begin with, and what to say of one that cannot be read."""

from __future__ import annotations

import csv
import gzip
import re
from collections.abc import Iterator
from typing import TextIO

import duckdb

from pes_observatory.errors import LoadRejected
from pes_observatory.read.indicator.cells import is_gzip
from pes_observatory.read.job import Job
from pes_observatory.sql import literal

LONGEST_HEADER = 1_048_576
_SURPRISE = "The file has what nobody expected of it."
_OWN = re.compile(r"\[\[(.*)\]\]", re.DOTALL)


def header_of(job: Job, delimiter: str) -> list[str]:
    """The cells of a file's first record, gzip or not, without a byte order mark.

    Raises:
        LoadRejected: the first line is not in the encoding, is no record, is empty, has a NUL, or
            has no end.
    """
    opener = gzip.open if is_gzip(job.path) else open
    try:
        with opener(job.path, "rt", encoding=job.dialect.encoding, newline="") as text:
            header = next(csv.reader(_first_lines(text), delimiter=delimiter), [])
    except UnicodeDecodeError:
        raise LoadRejected(
            f"{job.where}: is not {job.dialect.encoding}; set read.encoding to what the file is in."
        ) from None
    except csv.Error as error:
        raise LoadRejected(
            f"{job.where}: has no header line that can be read ({error}); check fetch.url and "
            "format."
        ) from None
    if any("\0" in cell for cell in header):
        raise LoadRejected(
            f"{job.where}: has a NUL in its header line, expected text; set read.encoding to what "
            "the file is in, or fetch it again."
        )
    if not header:
        raise LoadRejected(f"{job.where}: has no header line; fetch or export it again.")
    return header


def column_of(header: list[str]) -> dict[str, str]:
    """The column of each header cell in ``records``: ``c1``, ``c2``...

    SQL takes ``MEASURE`` and ``Measure`` for one name, the OECD means a code and its label.
    """
    return {cell: f"c{number}" for number, cell in enumerate(header, start=1)}


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


def refuse(sentence: str) -> str:
    """SQL that stops the reading with a sentence, which SQL puts together, of what is wrong."""
    return f"error('[[' || {sentence} || ']]')"


def surprise() -> str:
    """SQL that stops a reading that trusted its file, which then is read again without."""
    return f"error({literal(_SURPRISE)})"


def is_surprise(error: duckdb.Error) -> bool:
    """Whether a reading was stopped by ``surprise``."""
    return _SURPRISE in str(error)


def own_sentence(sentence: str) -> str:
    """A sentence of ours as the text of an error that goes through DuckDB."""
    return f"[[{sentence}]]"


def refused_by_duckdb(where: str, error: duckdb.Error) -> Exception:
    """DuckDB's refusal of a file as one sentence of ours, which quotes nothing of its lines.

    SQL that cannot be understood is a mistake of ours, not of the file: that error stays.
    """
    if isinstance(error, duckdb.BinderException | duckdb.ParserException):
        return error
    if own := _OWN.search(str(error)):
        return LoadRejected(f"{where}: {own[1]}")
    return LoadRejected(
        f"{where}: cannot be read as declared ({type(error).__name__}); check its delimiter and "
        "encoding, or fetch it again."
    )


def _first_lines(text: TextIO) -> Iterator[str]:
    left = LONGEST_HEADER
    while line := text.readline(left):
        is_first = left == LONGEST_HEADER
        left -= len(line)
        if not left:
            raise csv.Error(f"it does not end within {LONGEST_HEADER} signs")
        yield line.removeprefix("\ufeff") if is_first else line
