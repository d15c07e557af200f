"""The read step: the latest snapshot of a source becomes one typed Parquet file of a load."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from pes_observatory.baseline import known_failures
from pes_observatory.contracts import CODEBOOK, CONTRACT_OF_KIND, CROSSWALK
from pes_observatory.fetch.step import latest_snapshot
from pes_observatory.files import sha256_of_file, sha256_of_text, sha256_of_tree
from pes_observatory.landing import Load, count_rows, last_good, write_rows
from pes_observatory.outcomes import StepOutcome
from pes_observatory.read.document.libraries import libraries
from pes_observatory.read.indicator.delimited import is_surprise, refused_by_duckdb
from pes_observatory.read.items import Items, all_items, check_all_came, told
from pes_observatory.read.job import Job
from pes_observatory.read.name_lists import deciding_files
from pes_observatory.read.readings import Readings
from pes_observatory.read.survey.pseudonyms import key_fingerprint
from pes_observatory.settings import Home, project_root
from pes_observatory.snapshots import Snapshot, verified_path
from pes_observatory.sources.models import DocumentSource, SurveySource
from pes_observatory.sources.registry import Declared
from pes_observatory.sql import literal

MEMORY = "1GB"


def read(home: Home, declared: Declared, outcome: StepOutcome) -> Load:
    """Read a source's latest snapshot; ``unchanged`` when this very load was read before.

    Raises:
        LoadRejected: a file is not what its format and source say, or one is missing.
    """
    snapshot = latest_snapshot(home, declared.id)
    load = load_of(home, declared, snapshot)
    outcome.snapshot_sha256 = snapshot.sha256
    if load.read_path.exists():
        outcome.outcome = "unchanged"
        outcome.rows_out = count_rows(load.read_path)
        outcome.detail = told(load.refused_documents, len(snapshot.items))
        return load
    check_all_came(declared, snapshot)
    with connected() as connection:
        jobs = _jobs(home, declared, snapshot, connection)
        try:
            items, outcome.rows_out = _written(home, declared, load, jobs)
        except duckdb.Error as error:
            where = f"Source {declared.id}, file {snapshot.items[0].name}"
            raise refused_by_duckdb(where, error) from None
    outcome.outcome = "landed"
    notes = [note for job in jobs for note in job.notes]
    outcome.detail = " ".join(filter(None, [told(items.refused, len(jobs)), *notes]))
    return load


def load_of(home: Home, declared: Declared, snapshot: Snapshot) -> Load:
    """The load that reading ``snapshot`` with today's declaration, readers and suites makes."""
    contract = CONTRACT_OF_KIND[declared.source.kind]
    seeds = (CODEBOOK, CROSSWALK) if contract == "codings" else ()
    decided_by = [
        snapshot.sha256,
        *(item.name for item in snapshot.items),
        declared.recipe(),
        sha256_of_tree([Path(__file__).parent], suffixes=(".py",)),
        sha256_of_file(project_root() / "expectations" / f"landing_{contract}.json"),
        repr(known_failures(datetime.now(UTC).date())),
        *(sha256_of_file(project_root() / seed) for seed in seeds),
        *_deciding_who_is_named(declared),
        *_deciding_what_is_read(declared),
    ]
    load_id = f"{snapshot.sha256[:12]}-{sha256_of_text(' '.join(decided_by))[:8]}"
    return Load(home, contract, declared.id, load_id)


def _deciding_who_is_named(declared: Declared) -> list[str]:
    """What tells names of persons and withheld PES in a survey, and the key of its pseudonyms."""
    if not isinstance(declared.source, SurveySource):
        return []
    key = key_fingerprint() if declared.source.survey.pseudonymised else ""
    return [*map(sha256_of_file, deciding_files()), key]


def _deciding_what_is_read(declared: Declared) -> list[str]:
    """The libraries that extract documents: another version may find other passages."""
    return libraries() if isinstance(declared.source, DocumentSource) else []


@contextmanager
def connected() -> Iterator[duckdb.DuckDBPyConnection]:
    """An in-memory DuckDB that keeps the order of rows and fetches nothing from outside.

    What it spills goes with it. What a file is joined with is
    small and is kept as written on the right: were it turned round, the file would be held in
    memory and its rows would come out of order.
    """
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(":memory:") as connection:
        connection.execute(f"SET memory_limit = '{MEMORY}'")
        connection.execute(f"SET temp_directory = {literal(folder)}")
        connection.execute("SET disabled_optimizers = 'join_order,build_side_probe_side'")
        connection.execute("SET autoinstall_known_extensions = false")
        connection.execute("SET TimeZone = 'UTC'")
        yield connection


def _jobs(
    home: Home, declared: Declared, snapshot: Snapshot, connection: duckdb.DuckDBPyConnection
) -> list[Job]:
    paths = tuple(verified_path(home, declared.id, item) for item in snapshot.items)
    is_found = isinstance(declared.source, DocumentSource) and declared.source.document.collection
    return [
        Job(
            connection,
            item.name,
            path,
            declared.source.read,
            declared,
            sha256=item.sha256,
            edition=item.change_stamp,
            parts=paths,
            found_at=item.origin if is_found else None,
        )
        for item, path in zip(snapshot.items, paths, strict=True)
    ]


def _written(
    home: Home, declared: Declared, load: Load, jobs: list[Job], *, is_trusting: bool = True
) -> tuple[Items, int]:
    """Write the rows; where a file is not what its first records promised, read without trust."""
    items = _items(home, declared, load, [replace(job, is_trusting=is_trusting) for job in jobs])
    load.keep_refused_documents(items.refused)
    try:
        rows = write_rows(jobs[0].connection, items.query, load.contract, load.read_path)
    except duckdb.Error as error:
        if not is_surprise(error):
            raise
        return _written(home, declared, load, jobs, is_trusting=False)
    return items, rows


def _items(home: Home, declared: Declared, load: Load, jobs: list[Job]) -> Items:
    source = declared.source
    about = (declared.id, source.format, load.contract, jobs)
    if not isinstance(source, DocumentSource):
        return all_items(*about)
    last, readings = last_good(home, load.contract, declared.id), Readings(home, source)
    kept = last.accepted_path if last else None
    items = all_items(*about, source.document.items, kept, readings)
    readings.forget_others()
    return items
