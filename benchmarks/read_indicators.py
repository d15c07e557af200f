"""How fast an indicator table is read, against DuckDB alone and pandas, in one run.

Writes a synthetic Eurostat TSV (wide) and SDMX-CSV (long), reads each with our reader to
landing Parquet, with a hand-written DuckDB statement, and with pandas, and prints ratios.

    .venv/bin/python benchmarks/read_indicators.py --observations 1000000
"""

from __future__ import annotations

import argparse
import gzip
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas as pd

from pes_observatory.landing import typed_columns
from pes_observatory.read.formats import Job, read_file
from pes_observatory.read.step import connected
from pes_observatory.sources.models import Read

YEARS = list(range(2000, 2025))
FLAGS = ("", "", "", "", "", "b", "p", "u")


def write_inputs(folder: Path, observations: int) -> dict[str, Path]:
    """The same figures in both layouts, from a fixed seed."""
    chance = random.Random(2022)  # noqa: S311
    tsv, csv = folder / "table.tsv.gz", folder / "table.csv"
    header = "freq,unit,sex,geo\\TIME_PERIOD\t" + "\t".join(f"{year} " for year in YEARS)
    with gzip.open(tsv, "wt") as wide, csv.open("w") as long:
        print(header, file=wide)
        print("DATAFLOW,freq,unit,sex,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG", file=long)
        for number in range(observations // len(YEARS)):
            key = ("A", f"U{number % 97}", "T", f"G{number}")
            cells = [(f"{chance.random() * 100:.1f}", chance.choice(FLAGS)) for _ in YEARS]
            print(",".join(key), *(f"{v} {f}" for v, f in cells), sep="\t", file=wide)
            for year, (value, flag) in zip(YEARS, cells, strict=True):
                print("B:T(1.0)", *key, year, value, flag, sep=",", file=long)
    return {"eurostat_tsv": tsv, "sdmx_csv": csv}


def ours(format_name: str, path: Path, out: Path) -> None:
    """Our reader, as the read step calls it."""
    with connected() as connection:
        read_file(Job(connection, path.name, path, Read()), format_name).create_view("rows")
        columns = typed_columns("observations", without=("row_id", "source_id", "snapshot_sha256"))
        connection.execute(f"COPY (SELECT {columns} FROM rows) TO '{out}' (COMPRESSION zstd)")


def duckdb_alone(format_name: str, path: Path, out: Path) -> None:
    """The least that DuckDB must do: parse, split, cast, write."""
    if format_name == "sdmx_csv":
        query = f"SELECT *, CAST(OBS_VALUE AS DOUBLE) AS value FROM read_csv('{path}')"
    else:
        query = f"""SELECT *, CAST(split_part(cell, ' ', 1) AS DOUBLE) AS value FROM (
            UNPIVOT (FROM read_csv('{path}', delim='\t', header=true, all_varchar=true))
            ON COLUMNS('^[0-9]') INTO NAME period VALUE cell)"""
    with duckdb.connect() as connection:
        connection.execute(f"COPY ({query}) TO '{out}' (COMPRESSION zstd)")


def pandas_alone(format_name: str, path: Path, out: Path) -> None:
    """What a data engineer would write first."""
    frame = pd.read_csv(path, sep="\t" if format_name == "eurostat_tsv" else ",", dtype=str)
    if format_name == "eurostat_tsv":
        frame = frame.melt(id_vars=frame.columns[0], value_name="OBS_VALUE")
        frame["OBS_VALUE"] = frame["OBS_VALUE"].str.split(" ").str[0]
    frame["value"] = frame["OBS_VALUE"].astype(float)
    frame.to_parquet(out, compression="zstd")


def seconds(call: Callable[[str, Path, Path], None], name: str, path: Path, out: Path) -> float:
    """The best of three runs."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        call(name, path, out)
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    """Run and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--observations", type=int, default=1_000_000)
    observations = parser.parse_args().observations
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print(f"{observations:,} observations, best of three runs")
        for format_name, path in write_inputs(folder, observations).items():
            out = folder / "out.parquet"
            own = seconds(ours, format_name, path, out)
            floor = seconds(duckdb_alone, format_name, path, out)
            peer = seconds(pandas_alone, format_name, path, out)
            print(
                f"{format_name:<14} ours {own:6.2f} s = {own / floor:4.1f} x DuckDB alone "
                f"= {own / peer:4.2f} x pandas"
            )


if __name__ == "__main__":
    main()
