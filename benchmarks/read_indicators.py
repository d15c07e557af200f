"""How fast an indicator table is read to landing Parquet, against its peers in the same run.

Writes one synthetic table wide (Eurostat TSV, gzip) and long (SDMX-CSV) and lets four write the
same rows: our reader as the read step calls it, DuckDB by hand, polars and pandas; each time in
a process of its own, which has read a small table before, so that nobody's clock runs while a
library is loaded. The rows are compared, so nobody wins by doing less. CPU seconds tell more than
wall seconds where the machine is shared.

    .venv/bin/python benchmarks/read_indicators.py --observations 10000000
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb
from indicator_tables import write_tables
from reading_peers import COLUMNS, DATASET, SHA256, SOURCE, by_hand, pandas, polars
from rich.console import Console
from rich.table import Table

from pes_observatory.landing import write_rows
from pes_observatory.read.items import all_items
from pes_observatory.read.job import Job
from pes_observatory.read.step import connected
from pes_observatory.sources.models import IndicatorSource, Read
from pes_observatory.sources.registry import Declared

PANDAS_UP_TO = 2_000_000
FEW = 1_000


def ours(format_name: str, path: Path, out: Path) -> None:
    """Our reader, as the read step calls it."""
    with connected() as connection:
        declared = _declared(format_name)
        job = Job(connection, path.name, path, Read(), declared, sha256=SHA256, is_trusting=True)
        query = all_items(SOURCE, format_name, "observations", [job]).query
        write_rows(connection, query, "observations", out)


CONTESTANTS = {"ours": ours, "DuckDB by hand": by_hand, "polars": polars, "pandas": pandas}


def _declared(format_name: str) -> Declared:
    """A source as its YAML would declare it."""
    named = dict.fromkeys(("title", "publisher", "licence", "attribution", "owner"), "x")
    indicator = {"provider": "eurostat", "dataset": DATASET, "area_scheme": "eurostat"}
    fetch = {"url": "file:table"}
    content = {"id": SOURCE, "kind": "indicator", "format": format_name, **named, "fetch": fetch}
    source = IndicatorSource.model_validate({**content, "indicator": indicator})
    return Declared(source, Path("table.yml"))


def contest(name: str, format_name: str, path: Path, out: Path) -> None:
    """Let one contestant read, and print what it cost as JSON; libraries are loaded before."""
    with tempfile.TemporaryDirectory() as folder:
        few = write_tables(Path(folder), FEW)[format_name]
        CONTESTANTS[name](format_name, few, out)
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
    CONTESTANTS[name](format_name, path, out)
    after = resource.getrusage(resource.RUSAGE_SELF)
    cost = {
        "seconds": time.perf_counter() - start,
        "cpu": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        "gibibytes": _peak_kibibytes() / 1024**2,
    }
    sys.stdout.write(json.dumps(cost))


def _peak_kibibytes() -> int:
    """The most memory this process has held; ``ru_maxrss`` would count its parent's too."""
    found = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())
    assert found is not None
    return int(found[1])


def cheapest(
    names: list[str], format_name: str, path: Path, times: int
) -> dict[str, dict[str, float]]:
    """Of each contestant the run that took least; in turns, so that a busy minute hits all."""
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in names}
    for name in names * times:
        out = path.with_name(f"{name}.parquet")
        command = [sys.executable, __file__, "--contest", name, format_name, str(path), str(out)]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        runs[name].append(json.loads(done.stdout))
    return {name: min(of, key=lambda run: run["seconds"]) for name, of in runs.items()}


def differing_rows(one: Path, other: Path) -> int:
    """In how many rows two files differ."""
    columns = ", ".join(COLUMNS)
    query = f"""
        SELECT count(*) FROM (SELECT {columns} FROM '{one}') AS one
        FULL JOIN (SELECT {columns} FROM '{other}') AS other USING (row_id)
        WHERE one IS DISTINCT FROM other"""
    with duckdb.connect(config={"memory_limit": "4GB"}) as connection:
        found = connection.execute(query).fetchone()
    assert found is not None
    return int(found[0])


def main() -> None:
    """Run and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--observations", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=3, help="the best of so many runs counts")
    parser.add_argument("--pandas-up-to", type=int, default=PANDAS_UP_TO, help="observations")
    parser.add_argument("--contest", nargs=4, help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.contest:
        name, format_name, path, out = told.contest
        contest(name, format_name, Path(path), Path(out))
        return
    names = [n for n in CONTESTANTS if n != "pandas" or told.observations <= told.pandas_up_to]
    with tempfile.TemporaryDirectory() as folder:
        for format_name, path in write_tables(Path(folder), told.observations).items():
            table = Table(title=f"{format_name}, {told.observations:,} observations")
            for heading in (
                "",
                "seconds",
                "ours to it",
                "CPU seconds",
                "GiB at most",
                "other rows",
            ):
                table.add_column(heading, justify="right" if heading else "left")
            costs = cheapest(names, format_name, path, told.times)
            for name, cost in costs.items():
                other = differing_rows(
                    path.with_name("ours.parquet"), path.with_name(f"{name}.parquet")
                )
                ratio = costs["ours"]["seconds"] / cost["seconds"]
                figures = (cost["seconds"], ratio, cost["cpu"], cost["gibibytes"])
                table.add_row(name, *(f"{figure:.2f}" for figure in figures), str(other))
            Console().print(table)


if __name__ == "__main__":
    main()
