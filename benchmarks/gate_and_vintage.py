"""What gate and vintage step cost beside the read of the same rows, in one run, with memory.

Writes a synthetic SDMX-CSV and the same table a night later, one in a hundred values revised.
Each step runs as in a night, in a process of its own, and is measured against the night's read.

    .venv/bin/python benchmarks/gate_and_vintage.py --observations 10000000
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import duckdb
import yaml

from pes_observatory.settings import Home
from pes_observatory.sources.registry import get_source
from pes_observatory.steps import run_source_step

SOURCE = {
    "id": "big",
    "kind": "indicator",
    "title": "A table made for a benchmark",
    "publisher": "Nobody",
    "licence": "CC0-1.0",
    "attribution": "Made up.",
    "owner": "data-engineering",
    "is_synthetic": True,
    "format": "sdmx_csv",
    "fetch": {"url": "file:big.csv", "max_megabytes": 20_000},
    "indicator": {
        "provider": "eurostat",
        "dataset": "made_up",
        "area_scheme": "eurostat",
    },
}
YEARS = 25
TABLE = f"""
    SELECT 'X:T(1.0)' AS DATAFLOW, 'A' AS freq, 'U' || series % 97 AS unit,
        ['T', 'F', 'M'][1 + series % 3] AS sex, 'Y' || series % 7 AS age, 'G' || series AS geo,
        2000 + year AS TIME_PERIOD,
        hash(series, year) % 10000 / 100 + {{revised}} AS OBS_VALUE,
        ['', '', '', '', 'b', 'p'][1 + CAST(hash(year, series) % 6 AS INTEGER)] AS OBS_FLAG
    FROM range({{observations}} // {YEARS}) AS s(series), range({YEARS}) AS y(year)
    ORDER BY series, year
"""
REVISED = "CASE WHEN hash(series, year, 'revised') % 100 = 0 THEN 1 ELSE 0 END"


def write_table(folder: Path, observations: int, revised: str) -> None:
    """The table that the source finds tonight."""
    query = TABLE.format(observations=observations, revised=revised)
    with duckdb.connect() as connection:
        connection.execute(f"COPY ({query}) TO '{folder / 'big.csv'}' (HEADER)")


def run_step(folder: Path, step: str) -> dict[str, Any]:
    """Seconds, peak memory in MB, and what came of one step in this process."""
    import great_expectations  # noqa: F401  # once a night, and no part of a table's cost

    declared = get_source(folder / "sources", "big")
    start = time.perf_counter()
    outcome = run_source_step(Home(folder / "home"), "benchmark", step, declared)
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "peak": peak_megabytes(), "detail": outcome.detail}


def peak_megabytes() -> float:
    """The most memory that this process held; ``ru_maxrss`` would count its parent's as well."""
    status = Path("/proc/self/status").read_text()
    (line,) = [line for line in status.splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) / 1024


def alone(folder: Path, step: str) -> dict[str, Any]:
    """The same in a new process, whose memory is its own."""
    command = [sys.executable, __file__, "--step", step, "--folder", str(folder)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    measured: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return measured


def measure(folder: Path, observations: int) -> None:
    """Two nights, and the table of what their steps cost."""
    (folder / "sources").mkdir()
    (folder / "sources" / "big.yml").write_text(yaml.safe_dump(SOURCE))
    os.environ["PES_SOURCES"] = str(folder / "sources")
    print(f"{observations:,} observations, then the same with 1 % of them revised")
    for night, revised in (("first night", "0"), ("second night", REVISED)):
        write_table(folder / "sources", observations, revised)
        alone(folder, "fetch")
        found = {step: alone(folder, step) for step in ("read", "gate", "vintage")}
        read = found["read"]["seconds"]
        for step, cost in found.items():
            print(
                f"{night:<13} {step:<8} {cost['seconds']:7.2f} s = {cost['seconds'] / read:5.2f} x "
                f"read {cost['peak']:7.0f} MB  {cost['detail']}"
            )
        both = found["gate"]["seconds"] + found["vintage"]["seconds"]
        print(f"{night:<13} gate and vintage together {both / read:.2f} x read")


def main() -> None:
    """Run and print the table; or one step, for itself."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--observations", type=int, default=1_000_000)
    parser.add_argument("--step", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.step:
        print(json.dumps(run_step(asked.folder, asked.step)))
        return
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), asked.observations)


if __name__ == "__main__":
    main()
