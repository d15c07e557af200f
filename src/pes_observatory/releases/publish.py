"""The publish step: a gated candidate becomes a release, and readers are switched to it.

Everything is written into a hidden folder, synced, made read-only and renamed; only then does
``current`` move. A failure or a kill before that leaves readers where they are.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import duckdb

from pes_observatory.errors import BuildFailed
from pes_observatory.files import sha256_of_file, sync, write_json
from pes_observatory.outcomes import StepOutcome, step_outcomes
from pes_observatory.releases.versions import (
    current_version,
    forget_oldest,
    make_current,
    release_folder,
    take_over,
)
from pes_observatory.settings import Home
from pes_observatory.sql import literal
from pes_observatory.warehouse.meta import GATE_RESULTS, STEP_OUTCOMES, typed

EXPORTED_SCHEMAS = ("marts", "meta")


def publish(
    home: Home,
    candidate: Path,
    planned: dict[str, Any],
    gate_results: list[dict[str, Any]],
    outcome: StepOutcome,
) -> str:
    """Publish the candidate's database as the release it was planned to be; its version."""
    version: str = planned["version"]
    folder = home.releases / f".publishing-{version}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    database = folder / "warehouse.duckdb"
    shutil.move(candidate / "warehouse.duckdb", database)
    _complete_meta(home, database, gate_results, outcome.run_id)
    tables = _export(database, folder / "parquet")
    from pes_observatory.report import write_report  # charts take half a second to import

    write_report(database, folder / "report", version=version)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    index = {
        **planned,
        "previous": current_version(home),
        "gates": _summary(gate_results),
        "tables": tables,
        "files": {str(path.relative_to(folder)): sha256_of_file(path) for path in files},
    }
    write_json(folder / "index.json", index)
    _seal(folder)
    folder.rename(release_folder(home, version))
    sync(home.releases)
    make_current(home, version)
    forget_oldest(home)
    outcome.detail = version
    outcome.outcome = "landed"
    return version


def prepare(home: Home) -> None:
    """Make the releases folder fit to publish into, whatever the last night left."""
    home.releases.mkdir(parents=True, exist_ok=True)
    take_over(home)


def _complete_meta(
    home: Home, database: Path, gate_results: list[dict[str, Any]], run_id: str
) -> None:
    """Add what happened after dbt ran: the marts' gate and this night's own steps."""
    own_steps = [
        row for row in step_outcomes(home) if row["run_id"] == run_id and row["source_id"] is None
    ]
    added = (
        ("gate_results", gate_results, GATE_RESULTS),
        ("step_outcomes", own_steps, STEP_OUTCOMES),
    )
    with duckdb.connect(str(database)) as connection:
        for table, rows, schema in added:
            connection.register("added", typed(rows, schema))
            connection.execute(
                f"INSERT INTO meta.{table} BY NAME SELECT a.* FROM added AS a "
                f"ANTI JOIN meta.{table} AS b ON {_SAME[table]}"
            )
            connection.unregister("added")
        connection.execute("CHECKPOINT")
    if database.with_name(f"{database.name}.wal").exists():
        raise BuildFailed(f"{database} still has a write-ahead log after its checkpoint.")


_SAME = {
    "gate_results": "a.run_id = b.run_id AND a.suite = b.suite AND a.rule = b.rule "
    "AND a.source_id IS NOT DISTINCT FROM b.source_id",
    "step_outcomes": "a.run_id = b.run_id AND a.step = b.step AND a.started_at = b.started_at "
    "AND a.source_id IS NOT DISTINCT FROM b.source_id",
}


def _export(database: Path, folder: Path) -> dict[str, int]:
    """Write every table that tools may read as Parquet; the number of rows of each."""
    rows: dict[str, int] = {}
    with duckdb.connect(str(database), read_only=True) as connection:
        tables = connection.execute(
            "SELECT table_schema, table_name FROM information_schema.tables "
            "WHERE table_schema IN (SELECT unnest(?)) ORDER BY ALL",
            [list(EXPORTED_SCHEMAS)],
        ).fetchall()
        for schema, table in tables:
            target = folder / schema / f"{table}.parquet"
            target.parent.mkdir(parents=True, exist_ok=True)
            copied = connection.execute(
                f"COPY {schema}.{table} TO {literal(target)} (FORMAT parquet, COMPRESSION zstd)"
            ).fetchone()
            rows[f"{schema}.{table}"] = int(copied[0]) if copied else 0
    return rows


def _summary(gate_results: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "rules": len(gate_results),
        "passed": sum(row["passed"] for row in gate_results),
        "warned": [f"{r['suite']}.{r['rule']}" for r in gate_results if not r["passed"]],
    }


def _seal(folder: Path) -> None:
    """Make every file read-only and flush all of it to disk."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_file():
            path.chmod(0o444)
        sync(path)
    sync(folder)
