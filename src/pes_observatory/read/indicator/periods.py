"""Periods as providers print them, each with its frequency and its first day.

Known are, after SDMX and Eurostat, ``2022`` and ``2022-A1``; ``2022-S1``; ``2022-Q1``;
``2022-01`` and ``2022M01``; ``2022-W05`` (ISO 8601 weeks); ``2022-01-31``; letters with and
without the dash before them. A year is of 1700 to 2399: beyond, the figure is a mistake.
"""

from __future__ import annotations

import duckdb

from pes_observatory.sql import literal, looked_up, texts_of

FREQUENCIES = "ENUM('A', 'S', 'Q', 'M', 'W', 'D')"
_YEAR = "(1[7-9]|2[0-3])[0-9]{2}"
_AFTER_THE_YEAR = {
    "A": "(-?A1)?",
    "S": "-?S[12]",
    "Q": "-?Q[1-4]",
    "M": "(-|-?M)(0[1-9]|1[0-2])",
    "W": "-?W(0[1-9]|[1-4][0-9]|5[0-3])",
    "D": "-[0-9]{2}-[0-9]{2}",
}


def starts_of(printed: str) -> str:
    """SQL of a period's first day, NULL of what is none."""
    cases = " ".join(
        f"WHEN {_is_printed_as(kind, printed)} THEN {_first_day(kind, printed)}"
        for kind in _AFTER_THE_YEAR
    )
    return f"CASE {cases} END"


def frequency_of(printed: str, otherwise: str = "NULL") -> str:
    """SQL of the frequency that a period shows by its form, else of ``otherwise``."""
    cases = " ".join(
        f"WHEN {_is_printed_as(kind, printed)} "
        f"{f'AND {_first_day(kind, printed)} IS NOT NULL ' if kind == 'W' else ''}"
        f"THEN CAST('{kind}' AS {FREQUENCIES})"
        for kind in _AFTER_THE_YEAR
    )
    return _else_told(f"CASE {cases} END", otherwise)


def places_of(
    connection: duckdb.DuckDBPyConnection, printed: list[str]
) -> list[tuple[str | None, str | None]]:
    """Frequency and first day (ISO 8601) of each of some periods, None where they have none."""
    rows = ", ".join(f"({number}, {literal(text)})" for number, text in enumerate(printed))
    return connection.sql(f"""
        SELECT CAST({frequency_of("text")} AS VARCHAR), CAST({starts_of("text")} AS VARCHAR)
        FROM (VALUES {rows}) AS asked (number, text)
        ORDER BY number
    """).fetchall()


def looked_up_places(
    connection: duckdb.DuckDBPyConnection, some: str, printed: str, otherwise: str = "NULL"
) -> str:
    """SQL of ``freq_of_period`` and ``period_start`` of a column, each told but once.

    Looking a period up costs a tenth of taking it apart in every row.

    Args:
        connection: where the query will run.
        some: what stands after FROM for rows with most of the periods; others are taken apart.
        printed: the column.
        otherwise: SQL of the frequency of a period that shows none.
    """
    texts = texts_of(connection, some, printed) or [""]
    places = places_of(connection, texts)
    frequencies = dict(zip(texts, (frequency for frequency, _ in places), strict=True))
    starts = dict(zip(texts, (start for _, start in places), strict=True))
    frequency = f"coalesce({looked_up(printed, frequencies, FREQUENCIES)}, {frequency_of(printed)})"
    return f"""{_else_told(frequency, otherwise)} AS freq_of_period,
        coalesce({looked_up(printed, starts, "DATE")}, {starts_of(printed)}) AS period_start"""


def _else_told(frequency: str, otherwise: str) -> str:
    """SQL of a frequency that a period shows, else of what the row says, if we know that one."""
    told = otherwise if otherwise == "NULL" else f"TRY_CAST({otherwise} AS {FREQUENCIES})"
    return f"coalesce({frequency}, {told})"


def _is_printed_as(kind: str, printed: str) -> str:
    return f"regexp_full_match({printed}, {literal(_YEAR + _AFTER_THE_YEAR[kind])})"


def _first_day(kind: str, printed: str) -> str:
    """SQL of the first day of a period of one kind."""
    if kind == "D":
        return f"TRY_CAST({printed} AS DATE)"
    year = f"TRY_CAST(left({printed}, 4) AS INTEGER)"
    if kind == "A":
        return f"make_date({year}, 1, 1)"
    number = f"TRY_CAST(right({printed}, {1 if kind in 'SQ' else 2}) AS INTEGER)"
    if kind == "W":
        # the fourth of January is in the first week; a year without a week 53 has none such
        monday = f"date_trunc('week', make_date({year}, 1, 4)) + to_days(7 * ({number} - 1))"
        return f"CASE WHEN isoyear({monday}) = {year} THEN CAST({monday} AS DATE) END"
    months = {"S": 6, "Q": 3, "M": 1}[kind]
    return f"make_date({year}, {months} * ({number} - 1) + 1, 1)"
