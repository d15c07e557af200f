"""``pes read``: one reader alone, to see what it makes of a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import duckdb
import typer

from pes_observatory.cli.console import console
from pes_observatory.contracts import CONTRACT_OF_KIND
from pes_observatory.errors import LoadRejected, WrongUse
from pes_observatory.files import written_whole
from pes_observatory.landing import count_rows, typed_columns
from pes_observatory.read.formats import FORMATS, SURVEY, kind_of, read_file
from pes_observatory.read.indicator.delimited import refused_by_duckdb
from pes_observatory.read.job import Job
from pes_observatory.read.step import connected
from pes_observatory.settings import sources_folders
from pes_observatory.sources.models import Read
from pes_observatory.sources.registry import get_source
from pes_observatory.sql import literal


def read(
    file: Annotated[Path, typer.Argument(help="the file to read")],
    format_name: Annotated[str, typer.Option("--format", help=f"one of {', '.join(FORMATS)}")],
    out: Annotated[Path, typer.Option(help="the Parquet file to write")],
    source: Annotated[
        str | None, typer.Option(help="read it as this source declares (column map, dialect)")
    ] = None,
    encoding: Annotated[str | None, typer.Option(help="overrides the encoding")] = None,
    delimiter: Annotated[str | None, typer.Option(help="overrides the delimiter")] = None,
    sheet: Annotated[str | None, typer.Option(help="overrides the sheet of a workbook")] = None,
    header_rows: Annotated[
        int | None, typer.Option(min=1, max=2, help="overrides how many header rows there are")
    ] = None,
) -> int:
    """Read one file with one reader into Parquet: answers, passages, observations or codings.

    A survey file without --source gives its cells as row_no, header, sub_header, value.
    """
    if not file.is_file():
        raise WrongUse(f"There is no file {file}.")
    declared = get_source(sources_folders(), source) if source else None
    dialect = declared.source.read if declared else _usual_dialect(format_name)
    given = {
        "encoding": encoding,
        "delimiter": delimiter,
        "sheet": sheet,
        "header_rows": header_rows,
    }
    try:
        dialect = Read(**{**dialect.model_dump(), **{k: v for k, v in given.items() if v}})
    except ValueError:
        raise WrongUse(f"There is no encoding {encoding!r} or delimiter {delimiter!r}.") from None
    if file.stat().st_size == 0:
        raise LoadRejected(f"File {file.name} is empty, expected {format_name}.")
    with connected() as connection:
        rows = read_file(Job(connection, file.name, file, dialect, declared), format_name)
        if isinstance(rows, duckdb.DuckDBPyRelation):
            rows.create_view("rows")
        else:
            connection.register("rows", rows)
        try:
            with written_whole(out.absolute()) as part:
                columns = _columns(connection, format_name, is_declared=source is not None)
                query = f"SELECT {columns} FROM rows"
                connection.execute(
                    f"COPY ({query}) TO {literal(part)} (FORMAT parquet, COMPRESSION zstd)"
                )
        except duckdb.Error as error:
            raise refused_by_duckdb(f"File {file.name}", error) from None
    console().print(f"{count_rows(out):,} rows written to {out}", highlight=False)
    return 0


def _columns(connection: duckdb.DuckDBPyConnection, format_name: str, *, is_declared: bool) -> str:
    """The contract's columns that a file alone can fill; a survey without a map has its cells."""
    if format_name in SURVEY and not is_declared:
        return "*"
    rows, contract = connection.table("rows"), CONTRACT_OF_KIND[kind_of(format_name)]
    return typed_columns(rows, contract, without=("row_id", "source_id", "snapshot_sha256"))


def _usual_dialect(format_name: str) -> Read:
    """What a format's files usually are in: survey tools write a byte order mark."""
    if format_name == "limesurvey_csv":
        return Read(encoding="utf-8-sig", delimiter=";")
    is_marked = format_name in SURVEY or format_name == "ilostat_csv"
    return Read(encoding="utf-8-sig" if is_marked else "utf-8")
