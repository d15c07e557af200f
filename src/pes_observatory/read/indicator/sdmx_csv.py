r"""SDMX-CSV 1.0 and 2.0, as Eurostat and the OECD write it, and what they wrote before it.

Columns before ``OBS_VALUE`` are the dimensions, those after it are attributes; ``DATAFLOW``
(1.0) or ``STRUCTURE`` and ``STRUCTURE_ID`` (2.0) lead. Labels may stand in the cells
(``A: Annual``) or in columns of their own, one after each code (``STRUCTURE_NAME`` is there).
Eurostat writes the flag as ``OBS_FLAG``, the standard as ``OBS_STATUS``. Older exports say
``TIME`` and ``Value``; wide ones have a column per period after ``geo\TIME_PERIOD``.
Format: https://github.com/sdmx-twg/sdmx-csv
"""

from __future__ import annotations

import re

from pes_observatory.errors import LoadRejected
from pes_observatory.read.indicator.dates import in_iso
from pes_observatory.read.indicator.delimited import expect_columns, header_of, refuse, surprise
from pes_observatory.read.indicator.observations import LongTable
from pes_observatory.read.indicator.periods import looked_up_places
from pes_observatory.read.indicator.records import records
from pes_observatory.read.indicator.wide import wide_table
from pes_observatory.read.job import Job
from pes_observatory.sql import literal, one_of, texts_of

_LEADING = (
    *("DATAFLOW", "STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME", "ACTION", "LAST UPDATE"),
    *("SERIES_KEY", "OBS_KEY"),
)
_FLAGS = ("OBS_FLAG", "OBS_STATUS")
_READ = (
    *("TIME_PERIOD", "OBS_VALUE", *_FLAGS, "CONF_STATUS", "UNIT_MULT"),
    *("LAST UPDATE", "ACTION"),
)
_NAME_OF_OLD = {
    "TIME": "TIME_PERIOD",
    "Value": "OBS_VALUE",
    "Flag Codes": "OBS_FLAG",
    "Flag and Footnotes": "OBS_FLAG",
}
_AFTER_ID = re.compile(r"\[.*\]$|: .*", re.DOTALL)


def read_sdmx_csv(job: Job) -> LongTable:
    """The long table of one SDMX-CSV file; ``row_no`` is the record after the header.

    Raises:
        LoadRejected: it has not the columns of any of these layouts.
    """
    header = header_of(job, job.dialect.delimiter)
    if any("\\" in cell for cell in header):
        return _wide(job, header)
    found = _components(header)
    expect_columns(job.where, [name for name, _ in found], ("TIME_PERIOD", "OBS_VALUE"), "SDMX-CSV")
    column = dict(found)
    names = list(column)
    dimensions = {
        name.lower(): column[name]
        for name in names[: names.index("OBS_VALUE")]
        if name not in {*_LEADING, "TIME_PERIOD"} and not name.endswith("_LABEL")
    }
    if not dimensions:
        raise LoadRejected(
            f"{job.where}: has no dimension before OBS_VALUE, expected SDMX-CSV; check fetch.url."
        )
    read = [*dimensions.values(), *(column[name] for name in _READ if name in column)]
    found_records = records(job, len(header), job.dialect.delimiter, used=read)
    source, first = found_records.every, found_records.first
    if any(": " in cell for cell in header):
        source, first = (
            f"(SELECT {_without_labels(read)}, record FROM {of})" for of in (source, first)
        )
    updated_at = _last_update(job, first, column.get("LAST UPDATE"))
    frequency = dimensions.get("freq", dimensions.get("frequency", "NULL"))
    places = looked_up_places(job.connection, first, column["TIME_PERIOD"], frequency)
    query = f"""
        SELECT {_row_no(column)} AS row_no, {", ".join(dimensions.values())},
            {column["TIME_PERIOD"]} AS time_period, {places},
            {_value(column["OBS_VALUE"])} AS value_raw, {_flag(column)} AS flag_raw, number_printed,
            {updated_at} AS last_update, {_unit_mult(column)} AS unit_mult
        FROM (SELECT *, TRY_CAST({column["OBS_VALUE"]} AS DOUBLE) AS number_printed FROM {source})
    """
    return LongTable(
        query,
        dimensions,
        provider_updated_at="NULL" if updated_at == "NULL" else "last_update",
        unit_mult="unit_mult",
        has_places=True,
        place="row_no",
        flags=texts_of(job.connection, first, _flag(column)),
        number="coalesce(number_printed, TRY_CAST(value_raw AS DOUBLE))",
    )


def _wide(job: Job, header: list[str]) -> LongTable:
    corner = next(number for number, cell in enumerate(header) if "\\" in cell)
    last, _, across = header[corner].partition("\\")
    names = [*header[:corner], last]
    keys = {name.strip(): f"c{number}" for number, name in enumerate(names, start=1)}
    columns = {cell.strip(): f"c{no}" for no, cell in enumerate(header, start=1) if no > len(names)}
    if len(keys) + len(columns) != len(header) or not columns:
        raise LoadRejected(
            f"{job.where}: has two columns of the same name, or no period; ask the provider."
        )
    lines = records(job, len(header), job.dialect.delimiter, rows_per_record=len(columns))
    return wide_table(job.connection, lines.every, keys, across.strip(), columns)


def _components(header: list[str]) -> list[tuple[str, str]]:
    """Each component's id with its column in ``records``; columns of labels are left out."""
    cells = [(cell, f"c{number}") for number, cell in enumerate(header, start=1)]
    if "STRUCTURE_NAME" in header:
        leading = [pair for pair in cells if pair[0] in _LEADING]
        cells = leading + [pair for pair in cells if pair[0] not in _LEADING][::2]
    named = [(_AFTER_ID.sub("", cell), column) for cell, column in cells]
    return [(_NAME_OF_OLD.get(name, name), column) for name, column in named]


def _without_labels(columns: list[str]) -> str:
    """Codes without the labels that follow them in the cell: ``A: Annual``."""
    return ", ".join(f"split_part({each}, ': ', 1) AS {each}" for each in columns)


def _row_no(column: dict[str, str]) -> str:
    """The record's number; a record that deletes stops the reading."""
    if "ACTION" not in column:
        return "record"
    deletes = literal(
        "has a record with ACTION D, which deletes; ask for the whole table, without updatedAfter."
    )
    return f"CASE WHEN {column['ACTION']} = 'D' THEN {refuse(deletes)} ELSE record END"


def _value(printed: str) -> str:
    """The value without spaces around it; few have any, and trimming costs more than looking."""
    is_bare = f"number_printed IS NOT NULL AND NOT contains({printed}, ' ')"
    return f"CASE WHEN {is_bare} THEN {printed} ELSE trim({printed}) END"


def _flag(column: dict[str, str]) -> str:
    """The flag, and behind a bar what the column beside it says of a value that is not free."""
    names = [column[name] for name in _FLAGS if name in column]
    flag = f"coalesce({names[0]}, '')" if names else "''"
    if "CONF_STATUS" not in column:
        return flag
    secret = column["CONF_STATUS"]
    is_free = f"coalesce({secret}, '') IN ('', 'F')"
    return f"CASE WHEN {is_free} THEN {flag} ELSE {flag} || '|' || {secret} END"


def _last_update(job: Job, source: str, column: str | None) -> str:
    """The date of each record; that of the first, which mostly all have, is taken apart once."""
    if column is None:
        return "NULL"
    printed = texts_of(job.connection, f"(FROM {source} LIMIT 1)", column)
    if not printed:
        return in_iso(column)
    ((date,),) = job.connection.sql(f"SELECT {in_iso(literal(printed[0]))}").fetchall()
    of_first, other = literal(date), in_iso(column)
    if job.is_trusting:
        of_first, other = one_of(date), surprise()
    return f"CASE WHEN {column} = {literal(printed[0])} THEN {of_first} ELSE {other} END"


def _unit_mult(column: dict[str, str]) -> str:
    name = column.get("UNIT_MULT")
    return f"coalesce(TRY_CAST({name} AS INTEGER), 0)" if name else "0"
