r"""Eurostat TSV (plain or gzip): a key column, then one column per period.

The first header cell is ``freq,unit,geo\TIME_PERIOD``: codes before the backslash are the
dimensions of the key, the name after it is what the columns run over (time, or a dimension
in transposed tables). A cell is a value, flags, or both: ``12.3 bu``, ``:``, ``: c``, ``0n``.
Format: Eurostat API "TSV", https://wikis.ec.europa.eu/display/EUROSTATHELP
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from pes_observatory.errors import LoadRejected
from pes_observatory.read.indicator.delimited import csv_query, header_of
from pes_observatory.read.indicator.observations import LongTable
from pes_observatory.sources.models import Read
from pes_observatory.sql import literal, name

_TIME_NAMES = ("time", "time_period")


def read_eurostat_tsv(
    connection: duckdb.DuckDBPyConnection, where: str, path: Path, dialect: Read
) -> LongTable:
    """The long table of one TSV file; ``row_no`` is the line in the file.

    Raises:
        LoadRejected: the first header cell is not a Eurostat key.
    """
    header = header_of(where, path, dialect.encoding, "\t")
    key, _, across = header[0].partition("\\")
    dimensions = [code.strip() for code in key.split(",")]
    columns = [column.strip() for column in header[1:]]
    every_name = [dimension.lower() for dimension in [*dimensions, across.strip()]]
    if not across or not columns or not set(_TIME_NAMES) & set(every_name):
        raise LoadRejected(
            f"{where}: its first header cell is {header[0][:60]!r}, expected a key such as "
            r"'freq,unit,geo\TIME_PERIOD' and one column per period; check fetch.url and format."
        )
    if len(set(columns)) != len(columns):
        raise LoadRejected(f"{where}: has two columns of the same period; ask the provider.")
    parts = ", ".join(
        f"trim(parts[{number}]) AS {name(dimension)}"
        for number, dimension in enumerate(dimensions, start=1)
    )
    source = csv_query(path, ["series", *columns], dialect.encoding, "\t", is_quoted=False)
    across_name = name(across.strip())
    time = next(n for n in [*dimensions, across.strip()] if n.lower() in _TIME_NAMES)
    query = f"""
        WITH lines AS (
            SELECT row_number() OVER () + 1 AS row_no, string_split(series, ',') AS parts, *
            FROM {source}
        ),
        keyed AS (
            SELECT row_no, {parts}, * EXCLUDE (row_no, series, parts) FROM lines
        ),
        cells AS (
            UNPIVOT keyed ON {", ".join(map(name, columns))}
            INTO NAME {across_name} VALUE cell
        )
        SELECT * EXCLUDE (cell, {name(time)}), {name(time)} AS time_period,
            regexp_extract(trim(cell), '^(:|[-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?)', 1) AS number_raw,
            coalesce(nullif(number_raw, ''), trim(cell)) AS value_raw,
            CASE WHEN number_raw = '' THEN ''
                 ELSE trim(substr(trim(cell), length(number_raw) + 1)) END AS flag_raw
        FROM cells
    """
    _check_key_lengths(connection, where, source, len(dimensions))
    kept = [d for d in [*dimensions, across.strip()] if d != time]
    return LongTable(query, kept)


def _check_key_lengths(
    connection: duckdb.DuckDBPyConnection, where: str, source: str, expected: int
) -> None:
    found = connection.sql(
        f"SELECT series, length(series) - length(replace(series, ',', '')) + 1 AS codes "
        f"FROM {source} WHERE codes <> {expected} LIMIT 1"
    ).fetchone()
    if found:
        raise LoadRejected(
            f"{where}: key {literal(str(found[0])[:60])} has {found[1]} codes, the header names "
            f"{expected}; the file is damaged, fetch it again."
        )
