"""Periods as providers print them, each with its frequency and its first day.

Looking a period up in a table of all that there can be costs a tenth of taking it apart in
every row. Known are, after SDMX and Eurostat, ``2022`` and ``2022-A1``; ``2022-S1``;
``2022-Q1``; ``2022-01`` and ``2022M01``; ``2022-W05`` (ISO 8601 weeks); ``2022-01-31``; letters
with and without the dash before them.
"""

from __future__ import annotations

import duckdb

from pes_observatory.sql import literal, looked_up

FREQUENCIES = "ENUM('A', 'S', 'Q', 'M', 'W', 'D')"
_YEARS = range(1700, 2301)
_LENGTH_OF_DAY = len("2022-01-31")


def learn_periods(connection: duckdb.DuckDBPyConnection) -> None:
    """Give the connection its table ``periods``: ``printed``, ``freq``, ``starts``."""
    connection.execute(f"""
        CREATE TEMP TABLE IF NOT EXISTS periods AS
        WITH parts AS (
            SELECT *, printf('%04d', year) AS of_year
            FROM range({_YEARS.start}, {_YEARS.stop}) AS years (year),
                (VALUES ('A', 1), ('S', 2), ('Q', 4), ('M', 12), ('W', 53)) AS kinds (freq, count),
                LATERAL range(1, count + 1) AS numbers (number)
        ),
        placed AS (
            SELECT *,
                printf(CASE WHEN freq IN ('M', 'W') THEN '%02d' ELSE '%d' END, number) AS no,
                CASE freq
                    WHEN 'W' THEN date_trunc('week', make_date(year, 1, 4))
                        + to_days(CAST(7 * (number - 1) AS INTEGER))
                    ELSE make_date(year, 12 * (number - 1) // count + 1, 1) END AS starts
            FROM parts
        ),
        spelled AS (
            SELECT *, unnest([
                of_year || '-' || freq || no,
                of_year || freq || no,
                CASE freq WHEN 'A' THEN of_year WHEN 'M' THEN of_year || '-' || no END
            ]) AS printed
            FROM placed
            WHERE freq <> 'W' OR isoyear(starts) = year
        )
        SELECT printed, CAST(freq AS {FREQUENCIES}) AS freq, CAST(starts AS DATE) AS starts
        FROM spelled WHERE printed IS NOT NULL
    """)


def starts_of(printed: str) -> str:
    """SQL of the first day, where the table has ``starts`` for it, or it is a day itself."""
    is_day = f"length({printed}) = {_LENGTH_OF_DAY}"
    return f"coalesce(starts, CASE WHEN {is_day} THEN TRY_CAST({printed} AS DATE) END)"


def frequency_of(printed: str, otherwise: str) -> str:
    """SQL of the frequency that a period shows by its form."""
    day = f"CASE WHEN length({printed}) = {_LENGTH_OF_DAY} THEN CAST('D' AS {FREQUENCIES}) END"
    found = f"coalesce(periods.freq, {day})"
    return found if otherwise == "NULL" else f"coalesce(CAST({found} AS VARCHAR), {otherwise})"


def places_of(
    connection: duckdb.DuckDBPyConnection, printed: list[str]
) -> list[tuple[str | None, str | None]]:
    """Frequency and first day (ISO 8601) of each of some periods, None where they have none."""
    learn_periods(connection)
    rows = ", ".join(f"({number}, {literal(text)})" for number, text in enumerate(printed))
    return connection.sql(f"""
        SELECT CAST({frequency_of("text", "NULL")} AS VARCHAR),
            CAST({starts_of("text")} AS VARCHAR)
        FROM (VALUES {rows}) AS asked (number, text)
        LEFT JOIN periods ON printed = text
        ORDER BY number
    """).fetchall()


def looked_up_places(
    connection: duckdb.DuckDBPyConnection, source: str, printed: str, otherwise: str = "NULL"
) -> str:
    """SQL of ``freq_of_period`` and ``period_start`` of a column of what stands after FROM.

    ``otherwise`` is SQL of the frequency of a period that shows none.
    """
    every = connection.sql(f"SELECT DISTINCT {printed} FROM {source}").fetchall()
    texts = sorted(text for (text,) in every if text is not None) or [""]
    places = places_of(connection, texts)
    frequencies = dict(zip(texts, (frequency for frequency, _ in places), strict=True))
    starts = dict(zip(texts, (start for _, start in places), strict=True))
    frequency = looked_up(printed, frequencies, FREQUENCIES)
    if otherwise != "NULL":
        frequency = f"coalesce(CAST({frequency} AS VARCHAR), {otherwise})"
    return f"""{frequency} AS freq_of_period,
        {looked_up(printed, starts, "DATE")} AS period_start"""
