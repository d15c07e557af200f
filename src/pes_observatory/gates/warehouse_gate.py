"""The gate of the built marts: critical failures keep the candidate from being published."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pes_observatory.errors import BuildFailed
from pes_observatory.gates.results import as_rows, blocking, keep_results
from pes_observatory.gates.suites import mart_suites
from pes_observatory.gates.validate import judge
from pes_observatory.outcomes import StepOutcome
from pes_observatory.settings import Home


def gate_warehouse(home: Home, database: Path, outcome: StepOutcome) -> list[dict[str, Any]]:
    """Run every mart suite on the built database; the results, one row per rule.

    Raises:
        BuildFailed: a critical rule fails that the baseline does not name.
    """
    results: list[dict[str, Any]] = []
    with judge(database) as marts:
        for suite in mart_suites():
            results += as_rows(outcome.run_id, None, marts.validate(suite))
    keep_results(home, results)
    stopped_by = blocking(results)
    if stopped_by:
        first = stopped_by[0]
        raise BuildFailed(
            f"Rule {first['rule']} of suite {first['suite']} fails "
            f"({first['unexpected_rows'] or first['observed']}): {first['reason']}; "
            "the last release stays, see 'pes status'."
        )
    warned = [row["rule"] for row in results if not row["passed"]]
    outcome.detail = f"warned: {', '.join(warned)}" if warned else ""
    return results
