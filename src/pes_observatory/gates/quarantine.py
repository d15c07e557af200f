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
from pes_observatory.gates.row_rules import SELECTED
from pes_observatory.gates.suites import Rule
from pes_observatory.landing import Load
from pes_observatory.settings import Home
from pes_observatory.sql import literal, name

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


def keep_refused(
    connection: duckdb.DuckDBPyConnection, load: Load, suite: str, rules: list[Rule]
) -> None:
    """Write a load's quarantine file, what each rule ``selected`` from ``load``; none if nothing.

    Both tables are those of the gate; see ``row_rules``.
    """
    path = _path(load.home, load.source_id, load.load_id)
    if not rules:
        path.unlink(missing_ok=True)
        return
    columns = [column for column, *_ in connection.sql("DESCRIBE load").fetchall()]
    shown = ", ".join(f"{literal(c)}, load.{name(c)}" for c in columns if c not in FREE_TEXTS)
    reasons = [{"rule_no": no, **_facts(rule)} for no, rule in enumerate(rules)]
    connection.register("rules", pa.Table.from_pylist(reasons))
    now = datetime.now(UTC).replace(tzinfo=None)
    with written_whole(path) as part:
        connection.execute(
            f"""COPY (
                SELECT {literal(load.source_id)} AS source_id, {literal(load.load_id)} AS load_id,
                    {literal(suite)} AS suite, rule, rules.reason, rules.severity,
                    load.snapshot_sha256, load.item_name, load.row_no,
                    CAST(json_object({shown}) AS VARCHAR) AS row_json,
                    CAST({literal(now.isoformat())} AS TIMESTAMP) AS refused_at
                FROM rules INNER JOIN {SELECTED} USING (rule) INNER JOIN load USING (row_id)
                ORDER BY rules.rule_no, row_id
            ) TO {literal(part)} (FORMAT parquet, COMPRESSION zstd)"""
        )
    connection.unregister("rules")


def _facts(rule: Rule) -> dict[str, str]:
    return {"rule": rule.name, "reason": rule.reason, "severity": rule.severity}


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
