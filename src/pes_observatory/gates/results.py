"""The record of what gates found: ``state/gate_results.jsonl``, one line per rule and run."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from pes_observatory.baseline import known_failures
from pes_observatory.gates.validate import COULD_NOT_RUN, Finding
from pes_observatory.outcomes import append, read_lines
from pes_observatory.settings import Home


def as_rows(run_id: str, source_id: str | None, findings: list[Finding]) -> list[dict[str, Any]]:
    """The findings as rows of ``meta.gate_results``."""
    now = datetime.now(UTC)
    known = known_failures(now.date())
    return [
        {
            "run_id": run_id,
            "source_id": source_id,
            "suite": finding.suite,
            "rule": finding.rule.name,
            "severity": finding.rule.severity,
            "passed": finding.is_passed,
            "unexpected_rows": finding.unexpected_rows,
            "checked_rows": finding.checked_rows,
            "observed": finding.observed,
            "reason": finding.rule.reason,
            "is_baselined": not finding.is_passed
            and (finding.suite, finding.rule.name, source_id) in known,
            "checked_at": now,
        }
        for finding in findings
    ]


def keep_results(home: Home, rows: list[dict[str, Any]]) -> None:
    """Append rows made by :func:`as_rows`."""
    for row in rows:
        append(home.state / "gate_results.jsonl", row)


def all_results(home: Home) -> list[dict[str, Any]]:
    """Every recorded row, oldest first."""
    return read_lines(home.state / "gate_results.jsonl")


def blocking(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows that block: a failed critical rule not in the baseline, or one that cannot run."""
    return [
        row
        for row in rows
        if (row["severity"] == "critical" and not row["passed"] and not row["is_baselined"])
        or row["observed"].startswith(COULD_NOT_RUN)
    ]
