"""Readers that ask a home's release all the time, whatever nights do meanwhile."""

from __future__ import annotations

import json
import multiprocessing as mp
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.synchronize import Event
from pathlib import Path

import duckdb

Reads = dict[str, int]  # how often each version was read


@contextmanager
def two_readers(home: Path) -> Iterator[list[Reads | str]]:
    """Let two processes read; at the end the list holds what each read, or what went wrong."""
    context = mp.get_context("spawn")
    stop, seen = context.Event(), context.Queue()
    readers = [context.Process(target=_keep_asking, args=(home, stop, seen)) for _ in range(2)]
    found: list[Reads | str] = []
    for reader in readers:
        reader.start()
    try:
        yield found
    finally:
        stop.set()
        found += [seen.get(timeout=60) for _ in readers]
        for reader in readers:
            reader.join(timeout=60)


def _keep_asking(home: Path, stop: Event, seen: mp.Queue[Reads | str]) -> None:
    """Read until told to stop, and once more; hand over reads per version, or what is wrong."""
    reads: Reads = {}
    is_last = False
    try:
        while not is_last:
            is_last = stop.wait(
                1
            )  # a night takes many seconds, and reading costs the other one's time
            path = home / "releases/current/warehouse.duckdb"
            with duckdb.connect(str(path), read_only=True) as db:
                (version,) = db.execute("SELECT version FROM meta.release").fetchone()
                index = json.loads((home / "releases" / version / "index.json").read_text())
                for table, expected in index["tables"].items():
                    (rows,) = db.execute(f"SELECT count(*) FROM {table}").fetchone()
                    assert rows == expected, f"{version}: {table} has {rows}, not {expected}"
            reads[version] = reads.get(version, 0) + 1
        seen.put(reads)
    except BaseException as error:
        seen.put(f"{type(error).__name__}: {error}")
