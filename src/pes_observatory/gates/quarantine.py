"""Quarantine: rows that a gate refused, with rule, reason, snapshot and row number.

One Parquet file per load under ``quarantine/<source>/``. The row itself is kept without its
free texts; file and row number lead back to them in ``raw/``.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from pes_observatory.files import written_whole
from pes_observatory.gates.suites import Rule
from pes_observatory.landing import Load
from pes_observatory.settings import Home

QUARANTINE = pa.schema(
    [
        ("source_id", pa.string()),
        ("load_id", pa.string()),
        ("suite", pa.string()),
        ("rule", pa.string()),
        ("reason", pa.string()),
        ("severity", pa.string()),
        ("snapshot_sha256", pa.string()),
        ("item_name", pa.string()),
        ("row_no", pa.int64()),
        ("row_json", pa.string()),
        ("refused_at", pa.timestamp("us")),
    ]
)
FREE_TEXTS = ("answer_raw", "answer_text", "respondent_raw", "respondent_key", "text")


def refused_rows(
    connection: duckdb.DuckDBPyConnection, load: Load, suite: str, rules: list[Rule]
) -> list[dict[str, Any]]:
    """What each rule's own query selects from the table ``load``, as quarantine rows."""
    now = datetime.now(UTC).replace(tzinfo=None)
    rows: list[dict[str, Any]] = []
    for rule in rules:
        selected = rule.rows_query.format(batch="load")
        described = connection.sql(f"SELECT * FROM ({selected})")
        shown = [column for column in described.columns if column not in FREE_TEXTS]
        pairs = ", ".join(f"'{column}', {column}" for column in shown)
        found = connection.sql(
            f"SELECT snapshot_sha256, item_name, row_no, CAST(json_object({pairs}) AS VARCHAR), "
            f"row_id FROM ({selected}) ORDER BY row_id"
        ).fetchall()
        rows += [
            {
                "source_id": load.source_id,
                "load_id": load.load_id,
                "suite": suite,
                "rule": rule.name,
                "reason": rule.reason,
                "severity": rule.severity,
                "snapshot_sha256": sha256,
                "item_name": item_name,
                "row_no": row_no,
                "row_json": row_json,
                "refused_at": now,
                "row_id": row_id,
            }
            for sha256, item_name, row_no, row_json, row_id in found
        ]
    return rows


def keep_refused(load: Load, rows: list[dict[str, Any]]) -> None:
    """Write a load's quarantine file; none where nothing was refused."""
    path = _path(load.home, load.source_id, load.load_id)
    if not rows:
        path.unlink(missing_ok=True)
        return
    table = pa.Table.from_pylist(rows, schema=QUARANTINE)
    with written_whole(path) as part:
        pq.write_table(table, part)


def quarantine_files(home: Home, source_id: str | None = None) -> list[Path]:
    """The quarantine files of one source or of all, oldest first."""
    pattern = f"{source_id or '*'}/*.parquet"
    return sorted(home.quarantine.glob(pattern), key=lambda path: (path.stat().st_mtime, path))


def quarantined(home: Home, source_id: str | None = None) -> list[dict[str, Any]]:
    """The rows in quarantine of one source or of all: of loads that count or were judged since."""
    files = [path for path in quarantine_files(home, source_id) if _is_standing(home, path)]
    tables = [pq.read_table(path, schema=QUARANTINE) for path in files]
    return pa.concat_tables(tables).to_pylist() if tables else []


def _is_standing(home: Home, path: Path) -> bool:
    """Whether no later judgement of the source was accepted; then its older files are history."""
    source_id, load_id = path.parent.name, path.stem
    own = next(home.landing.glob(f"*/{source_id}/{load_id}/verdict.json"), None)
    good = next(home.landing.glob(f"*/{source_id}/last_good/verdict.json"), None)
    if own is None or good is None:
        return own is not None
    return own.stat().st_mtime_ns >= good.stat().st_mtime_ns


def _path(home: Home, source_id: str, load_id: str) -> Path:
    return home.quarantine / source_id / f"{load_id}.parquet"
