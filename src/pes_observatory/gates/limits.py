"""The limits that a source sets itself, as rules like any other."""

from __future__ import annotations

from typing import Any

from pes_observatory.gates.suites import Rule
from pes_observatory.sources.models import Gate


def limit_rules(limits: Gate, last: dict[str, Any] | None, rows_read: int) -> tuple[Rule, ...]:
    """Rules on the number of rows: at least ``min_rows``, and near the last good load's."""
    rules = [
        _row_count_rule(
            "enough_rows",
            f"gate.min_rows of the source is {limits.min_rows}",
            limits.min_rows,
            None,
        )
    ]
    if last:
        share = limits.max_change_share
        low = int(last["rows_read"] * (1 - share))
        high = int(last["rows_read"] / (1 - share)) if share < 1 else None
        reason = (
            f"{rows_read} rows came, {last['rows_read']} last time, "
            f"and gate.max_change_share of the source is {share:g}"
        )
        rules.append(_row_count_rule("rows_near_last_load", reason, low, high))
    return tuple(rules)


def _row_count_rule(name: str, reason: str, low: int, high: int | None) -> Rule:
    expectation = {
        "type": "expect_table_row_count_to_be_between",
        "kwargs": {"min_value": low, "max_value": high},
        "severity": "critical",
        "meta": {"rule": name, "reason": reason},
    }
    return Rule(name, reason, "critical", expectation, refuses_rows=False)


def is_near(now: int, before: int, share: float) -> bool:
    """Whether ``now`` lies within ``before * (1 - share)`` and ``before / (1 - share)``."""
    return before * (1 - share) <= now and (share >= 1 or now <= before / (1 - share))
