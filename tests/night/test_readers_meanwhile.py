"""A reader that asks all the time sees whole releases only, whatever nights do meanwhile."""

from __future__ import annotations

import json
import multiprocessing as mp
from multiprocessing.synchronize import Event
from pathlib import Path

import duckdb
from nights import run_night

SMALL_NIGHT = ("--source", "synthetic_notes_text", "--source", "synthetic_pes_codings")


def _keep_asking(home: Path, stop: Event, seen: mp.Queue[dict[str, int] | str]) -> None:
    """Read until told to stop; hand over reads per version, or the first thing wrong."""
    reads: dict[str, int] = {}
    try:
        while not stop.is_set():
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


def test_readers_see_no_error_and_no_half_release_through_two_nights(
    published: Path, own_sources: Path
) -> None:
    context = mp.get_context("spawn")
    stop, seen = context.Event(), context.Queue()
    readers = [context.Process(target=_keep_asking, args=(published, stop, seen)) for _ in range(2)]
    for reader in readers:
        reader.start()
    try:
        codings = own_sources / "codings/synthetic_pes_codings/codings.csv"
        *kept, last = codings.read_bytes().splitlines(keepends=True)
        for night in range(2):
            codings.write_bytes(b"".join(kept[: len(kept) - night]))
            exit_code, printed = run_night(published, PES_SOURCES=str(own_sources))
            assert exit_code == 0, printed
            assert "Published release" in printed
    finally:
        stop.set()
        results = [seen.get(timeout=60) for _ in readers]
        for reader in readers:
            reader.join(timeout=60)
    assert last
    for reads in results:
        assert isinstance(reads, dict), reads
        assert len(reads) == 3
        assert min(reads.values()) > 0
