"""Synthetic indicator tables of any size: the same figures wide, as Eurostat TSV, and long."""

from __future__ import annotations

from pathlib import Path

import duckdb

YEARS = range(2000, 2025)
DIMENSIONS = ("freq", "unit", "sex", "age", "isced11", "geo")
FLAGS = ("", "", "", "", "", "", "", "b", "p", "u", "bu", "e")
UPDATED = "01/02/25 23:00:00"
_CODES = {
    "freq": ("A",),
    "unit": ("PC", "PC_ACT", "THS_PER", "PC_POP"),
    "sex": ("T", "M", "F"),
    "age": ("Y15-24", "Y15-29", "Y15-64", "Y15-74", "Y20-64", "Y25-64", "Y55-64", "TOTAL"),
    "isced11": ("TOTAL", "ED0-2", "ED3_4", "ED5-8", "NRP"),
}


def write_tables(folder: Path, observations: int) -> dict[str, Path]:
    """One series per combination of codes, 25 years, one value in twenty missing."""
    series = observations // len(YEARS)
    tsv, csv = folder / "table.tsv.gz", folder / "table.csv"
    key, size = [], 1
    for dimension, codes in _CODES.items():
        listed = ", ".join(f"'{code}'" for code in codes)
        key.append(f"[{listed}][1 + (i // {size}) % {len(codes)}] AS {dimension}")
        size *= len(codes)
    key.append(f"printf('G%04d', i // {size}) AS geo")
    flags = ", ".join(f"'{flag}'" for flag in FLAGS)
    with duckdb.connect(config={"memory_limit": "4GB"}) as connection:
        connection.execute(f"""
            CREATE TABLE figures AS
            SELECT i, year, {", ".join(key)},
                CASE WHEN hash(31 * i + year) % 20 = 0 THEN ':'
                     ELSE printf('%.1f', (hash(100 * i + year) % 1000) / 10.0) END AS figure,
                [{flags}][CAST(1 + hash(77 * i + year) % {len(FLAGS)} AS BIGINT)] AS flag
            FROM range({series}) AS numbers (i), range({YEARS.start}, {YEARS.stop}) AS years (year)
            ORDER BY i, year
        """)
        cells = ", ".join(
            f"""max(figure || ' ' || flag) FILTER (year = {year}) AS "{year} \"""" for year in YEARS
        )
        header = ",".join(DIMENSIONS) + "\\TIME_PERIOD"
        connection.execute(f"""
            COPY (
                SELECT concat_ws(',', {", ".join(DIMENSIONS)}) AS "{header}", {cells}
                FROM figures GROUP BY i, {", ".join(DIMENSIONS)} ORDER BY i
            ) TO '{tsv}' (FORMAT csv, DELIMITER '\t', QUOTE '')
        """)
        connection.execute(f"""
            COPY (
                SELECT 'ESTAT:X(1.0)' AS "DATAFLOW", '{UPDATED}' AS "LAST UPDATE",
                    {", ".join(DIMENSIONS)}, year AS "TIME_PERIOD",
                    nullif(figure, ':') AS "OBS_VALUE", nullif(flag, '') AS "OBS_FLAG"
                FROM figures ORDER BY i, year
            ) TO '{csv}' (FORMAT csv)
        """)
    return {"eurostat_tsv": tsv, "sdmx_csv": csv}
