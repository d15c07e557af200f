r"""Eurostat TSV (plain or gzip): a key column, then one column per period.

The first header cell is ``freq,unit,geo\TIME_PERIOD``: codes before the backslash are the
dimensions of the key, the name after it is what the columns run over (time, or a dimension
in transposed tables). A cell is a value, flags, or both: ``12.3 bu``, ``:``, ``: c``, ``0n``.
Format: Eurostat API "TSV", https://wikis.ec.europa.eu/display/EUROSTATHELP
"""

from __future__ import annotations

from pes_observatory.errors import LoadRejected
from pes_observatory.read.indicator.delimited import header_of, refuse
from pes_observatory.read.indicator.observations import LongTable
from pes_observatory.read.indicator.records import records
from pes_observatory.read.indicator.wide import TIME_NAMES, wide_table
from pes_observatory.read.job import Job


def read_eurostat_tsv(job: Job) -> LongTable:
    """The long table of one TSV file; ``row_no`` is the line in the file.

    Raises:
        LoadRejected: the first header cell is not a Eurostat key.
    """
    header = header_of(job, "	")
    key, _, across = (part.strip() for part in header[0].partition("\\"))
    dimensions = [code.strip() for code in key.split(",")]
    periods = [column.strip() for column in header[1:]]
    every_name = [dimension.lower() for dimension in [*dimensions, across]]
    if not across or not periods or not set(TIME_NAMES) & set(every_name):
        raise LoadRejected(
            f"{job.where}: its first header cell is {header[0][:60]!r}, expected a key such as "
            r"'freq,unit,geo\TIME_PERIOD' and one column per period; check fetch.url and format."
        )
    if len(set(periods)) != len(periods):
        raise LoadRejected(f"{job.where}: has two columns of the same period; ask the provider.")
    lines = records(job, len(header), "	", is_quoted=False, rows_per_record=len(periods))
    source = f"""(
        SELECT CASE WHEN len(string_split(c1, ',')) = {len(dimensions)} THEN string_split(c1, ',')
                    ELSE {refuse(_other_length(len(dimensions)))} END AS parts, * EXCLUDE (c1)
        FROM {lines.every}
    )"""
    keys = {code: f"trim(parts[{no}])" for no, code in enumerate(dimensions, start=1)}
    columns = {period: f"c{number}" for number, period in enumerate(periods, start=2)}
    return wide_table(job.connection, source, keys, across, columns, first_row=2)


def _other_length(expected: int) -> str:
    return f"""'key ''' || left(c1, 60) || ''' has ' || len(string_split(c1, ','))
        || ' codes, the header names {expected}; the file is damaged, fetch it again.'"""
