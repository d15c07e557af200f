"""Per source: last try, last success, failing since when, and whether it is fresh.

Worked out from the outcome rows alone, for ``pes status`` and for ``meta.sources``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from pes_observatory.outcomes import BAD, step_outcomes, steps_of_kind
from pes_observatory.settings import Home
from pes_observatory.sources.registry import Declared


@dataclass
class SourceStatus:
    """How a source stands. Times are UTC; None means never."""

    source_id: str
    last_try_at: datetime | None = None
    last_outcome: str | None = None
    last_success_at: datetime | None = None
    failing_since: datetime | None = None
    last_detail: str = ""

    def freshness(self, expected_every_days: int, now: datetime | None = None) -> str:
        """``fresh``, ``stale``, or ``never`` loaded."""
        if self.last_success_at is None:
            return "never"
        age = (now or datetime.now(UTC)) - self.last_success_at
        return "fresh" if age <= timedelta(days=expected_every_days) else "stale"


def source_statuses(home: Home, sources: list[Declared]) -> dict[str, SourceStatus]:
    """The status of each source, by id.

    A night is good for a source when it came to its last step and none was bad in the end: of a
    step that was tried again the last try counts.
    """
    last_step = {declared.id: steps_of_kind(declared.source.kind)[-1] for declared in sources}
    statuses = {declared.id: SourceStatus(declared.id) for declared in sources}
    nights: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in step_outcomes(home):
        if row["source_id"] in statuses:
            nights.setdefault((row["source_id"], row["run_id"]), []).append(row)
    for (source_id, _), tries in nights.items():
        rows = list({row["step"]: row for row in tries}.values())
        status = statuses[source_id]
        started_at = datetime.fromisoformat(tries[0]["started_at"])
        bad = next((row for row in rows if row["outcome"] in BAD), None)
        status.last_try_at = started_at
        if bad:
            status.last_outcome, status.last_detail = bad["outcome"], bad["detail"]
            status.failing_since = status.failing_since or started_at
        elif rows[-1]["step"] == last_step[source_id]:
            outcomes = {row["outcome"] for row in rows}
            status.last_outcome = "landed" if "landed" in outcomes else "unchanged"
            status.last_success_at = datetime.fromisoformat(rows[-1]["started_at"])
            status.failing_since, status.last_detail = None, ""
    return statuses
