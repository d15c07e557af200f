"""SDMX-CSV 1.0 and 2.0, as Eurostat and the OECD write it.

Columns before ``TIME_PERIOD`` are the dimensions, those after ``OBS_VALUE`` are attributes;
``DATAFLOW`` (1.0) or ``STRUCTURE`` and ``STRUCTURE_ID`` (2.0) lead. Eurostat writes the flag
as ``OBS_FLAG``, the standard as ``OBS_STATUS``. Format: https://github.com/sdmx-twg/sdmx-csv
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from pes_observatory.read.indicator.delimited import csv_query, expect_columns, header_of
from pes_observatory.read.indicator.observations import LongTable
from pes_observatory.sources.models import Read
from pes_observatory.sql import name

_LEADING = {"DATAFLOW", "STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME", "ACTION", "LAST UPDATE"}
_FLAGS = ("OBS_FLAG", "OBS_STATUS")


def read_sdmx_csv(
    connection: duckdb.DuckDBPyConnection, where: str, path: Path, dialect: Read
) -> LongTable:
    """The long table of one SDMX-CSV file; ``row_no`` is the record after the header."""
    header = header_of(where, path, dialect.encoding, dialect.delimiter)
    expect_columns(where, header, ("TIME_PERIOD", "OBS_VALUE"), "SDMX-CSV")
    before_value = [c for c in header[: header.index("OBS_VALUE")] if c != "TIME_PERIOD"]
    dimensions = [column for column in before_value if column not in _LEADING]
    after_value = header[header.index("OBS_VALUE") :]
    flag = next((name(column) for column in _FLAGS if column in after_value), "''")
    if "CONF_STATUS" in header:
        flag = f"coalesce({flag}, '') || CASE WHEN CONF_STATUS IN ('C', 'N') THEN 'c' ELSE '' END"
    source = csv_query(path, header, dialect.encoding, dialect.delimiter)
    updated_at = '"LAST UPDATE"' if "LAST UPDATE" in header else "NULL"
    columns = ", ".join(map(name, dimensions))
    query = f"""
        SELECT row_number() OVER () AS row_no, {columns}, TIME_PERIOD AS time_period,
            coalesce(trim(OBS_VALUE), '') AS value_raw, coalesce({flag}, '') AS flag_raw,
            {updated_at} AS provider_updated_at
        FROM {source}
    """
    return LongTable(query, dimensions, "provider_updated_at")
