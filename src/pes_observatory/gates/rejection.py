"""Why a whole load must not count, in one sentence."""

from __future__ import annotations

from typing import Any

from pes_observatory.gates.limits import is_near
from pes_observatory.gates.results import blocking
from pes_observatory.gates.validate import COULD_NOT_RUN
from pes_observatory.sources.registry import Declared


def rejection(
    declared: Declared,
    results: list[dict[str, Any]],
    row_rules: set[str],
    rows_read: int,
    rows_refused: int,
    last: dict[str, Any] | None,
    size_bytes: int,
) -> str:
    """Why the load must not count, empty when it may."""
    limits = declared.source.gate
    of_table = [
        row
        for row in blocking(results)
        if row["rule"] not in row_rules or row["observed"].startswith(COULD_NOT_RUN)
    ]
    where = f"Source {declared.id}"
    if of_table:
        first = of_table[0]
        return (
            f"{where}: rule {first['rule']} of suite {first['suite']} fails "
            f"({_figure(first)}): {first['reason']}; "
            "the last good load stays."
        )
    if rows_refused > limits.max_refused_share * rows_read:
        rules = ", ".join(sorted(row["rule"] for row in blocking(results)))
        return (
            f"{where}: {rows_refused} of {rows_read} rows were refused by {rules}, more than "
            f"gate.max_refused_share {limits.max_refused_share:g}; "
            f"see 'pes quarantine list --source {declared.id}'."
        )
    if last and not is_near(size_bytes, last["size_bytes"], limits.max_change_share):
        return (
            f"{where}: {size_bytes} bytes came, {last['size_bytes']} last time, further off than "
            f"gate.max_change_share {limits.max_change_share:g}; raise it if that is right."
        )
    return ""


def _figure(result: dict[str, Any]) -> str:
    observed = str(result["observed"] or "")
    return observed if observed not in ("", "None") else "see meta.gate_results"
