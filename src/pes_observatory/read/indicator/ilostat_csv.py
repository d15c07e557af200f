"""ILOSTAT CSV from the bulk or the web service, with codes or with labels (``.label`` columns).

Columns: ``ref_area, source, indicator, sex, classif1, classif2, time, obs_value, obs_status``
and notes; the classifications differ by table. Format: https://ilostat.ilo.org/data/bulk/
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from pes_observatory.read.indicator.delimited import csv_query, expect_columns, header_of
from pes_observatory.read.indicator.observations import LongTable
from pes_observatory.sources.models import Read
from pes_observatory.sql import literal, name

LETTER_OF_LABEL = {
    "Break in series": "B",
    "Confidential": "C",
    "Estimated value": "E",
    "Imputed": "I",
    "Not significant": "N",
    "Provisional": "P",
    "Unreliable": "U",
}
_DIMENSIONS = ("ref_area", "source", "indicator", "sex", "classif1", "classif2")


def read_ilostat_csv(
    connection: duckdb.DuckDBPyConnection, where: str, path: Path, dialect: Read
) -> LongTable:
    """The long table of one ILOSTAT file; ``row_no`` is the record after the header."""
    header = header_of(where, path, dialect.encoding, dialect.delimiter)
    is_labelled = "ref_area.label" in header
    area = "ref_area.label" if is_labelled else "ref_area"
    expect_columns(where, header, (area, "time", "obs_value"), "ILOSTAT CSV")
    dimensions = [column for column in header if column.removesuffix(".label") in _DIMENSIONS]
    status = next((c for c in ("obs_status", "obs_status.label") if c in header), None)
    flag = f"coalesce({name(status)}, '')" if status else "''"
    for label, letter in LETTER_OF_LABEL.items() if is_labelled else ():
        flag = f"replace({flag}, {literal(label)}, {literal(letter)})"
    source = csv_query(path, header, dialect.encoding, dialect.delimiter)
    query = f"""
        SELECT row_number() OVER () AS row_no, {", ".join(map(name, dimensions))},
            time AS time_period, coalesce(trim(obs_value), '') AS value_raw, {flag} AS flag_raw
        FROM {source}
    """
    return LongTable(query, dimensions)
