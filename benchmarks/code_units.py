"""How fast units are coded, on one core, and whether memory grows with their number.

.venv/bin/python benchmarks/code_units.py --units 100000
"""

from __future__ import annotations

import argparse
import itertools
import resource
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from pes_observatory.coding.coders import load_coders
from pes_observatory.coding.corpus import FOLDER, written_examples
from pes_observatory.settings import Home

FASTEST_WANTED = 20_000


def main() -> None:
    """Code the same units with each coder and print units per second and peak memory."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--units", type=int, default=100_000)
    units = parser.parse_args().units
    examples = written_examples(FOLDER)
    with tempfile.TemporaryDirectory() as folder:
        coders = load_coders(Home(Path(folder))).by_type()
    table = Table("coder", "units", "seconds", "units/s", "peak MiB", title="coding on one core")
    for name, coder in coders.items():
        for number in (units // 10, units):
            start = time.process_time()
            for example in itertools.islice(itertools.cycle(examples), number):
                coder.codes(example.text, example.lang, example.question_id)
            seconds = time.process_time() - start
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            cells = (f"{number:,}", f"{seconds:.2f}", f"{number / seconds:,.0f}", f"{peak:,.0f}")
            table.add_row(name, *cells)
    Console().print(table)
    Console().print(f"wanted of the rule coder: at least {FASTEST_WANTED:,} units/s")


if __name__ == "__main__":
    main()
