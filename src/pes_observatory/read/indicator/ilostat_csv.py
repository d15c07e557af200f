"""ILOSTAT CSV from the bulk or the web service, with codes or with labels (``.label`` columns).

Columns: ``ref_area, source, indicator, sex, classif1, classif2, time, obs_value, obs_status``
and notes; the classifications differ by table. An indicator whose second token starts with 2
(``UNE_2EAP_SEX_AGE_RT``) is modelled. Format: https://ilostat.ilo.org/data/bulk/
"""

from __future__ import annotations

from pes_observatory.errors import LoadRejected
from pes_observatory.read.indicator.delimited import (
    column_of,
    expect_columns,
    header_of,
)
from pes_observatory.read.indicator.observations import LongTable
from pes_observatory.read.indicator.periods import looked_up_places
from pes_observatory.read.indicator.records import records
from pes_observatory.read.job import Job
from pes_observatory.sql import literal

# SDMX's letters for ILOSTAT's codes and labels of obs_status, which mean other things by some
# letters: S is no strike, R no revision, M not missing. "A" and "Real value" qualify nothing.
SDMX_OF_STATUS = {
    "R": "A",
    "S": "N",
    "M": "E",
    "Adjusted": "A",
    "Break in series": "B",
    "Confidential": "C",
    "Estimate": "E",
    "Estimated value": "E",
    "Imputation": "I",
    "Imputed": "I",
    "Model-based extrapolation": "E",
    "Not significant": "N",
    "Provisional": "P",
    "Real value": "A",
    "Unreliable": "U",
}
_DIMENSIONS = ("ref_area", "source", "indicator", "sex", "classif1", "classif2")


def read_ilostat_csv(job: Job) -> LongTable:
    """The long table of one ILOSTAT file; ``row_no`` is the record after the header.

    Raises:
        LoadRejected: it has not ILOSTAT's columns, or nothing below them.
    """
    header = header_of(job, job.dialect.delimiter)
    is_labelled = "ref_area.label" in header
    area = "ref_area.label" if is_labelled else "ref_area"
    expect_columns(job.where, header, (area, "time", "obs_value"), "ILOSTAT CSV")
    columns = column_of(header)
    dimensions = {
        column: columns[column] for column in header if column.removesuffix(".label") in _DIMENSIONS
    }
    status = next((c for c in ("obs_status", "obs_status.label") if c in header), None)
    used = [columns[name] for name in (*dimensions, "time", "obs_value", status) if name]
    rows = records(job, len(header), job.dialect.delimiter, used=used)
    if job.connection.sql(f"FROM {rows.first} LIMIT 1").fetchone() is None:
        raise LoadRejected(
            f"{job.where}: has a header and no row, as ILOSTAT answers a code that it does not "
            "know or has retired; check the table, area and classification in fetch."
        )
    flag = f"coalesce({columns[status]}, '')" if status else "''"
    places = looked_up_places(job.connection, rows.first, columns["time"])
    query = f"""
        SELECT record AS row_no, {", ".join(dimensions.values())},
            {columns["time"]} AS time_period, {places},
            coalesce(trim({columns["obs_value"]}), '') AS value_raw, {flag} AS flag_raw
        FROM {rows.every}
    """
    indicator = columns.get("indicator")
    is_modelled = f"starts_with(split_part({indicator}, '_', 2), '2')" if indicator else None
    said = " ".join(
        f"WHEN {literal(told)} THEN {literal(letter)}" for told, letter in SDMX_OF_STATUS.items()
    )
    in_letters = f"CASE WHEN flag_raw = '' THEN '' ELSE CASE flag_raw {said} ELSE flag_raw END END"
    return LongTable(
        query, dimensions, flag=in_letters, is_modelled=is_modelled, has_places=True, place="row_no"
    )
