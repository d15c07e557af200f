"""The vintage step: the load that was accepted is compared with what was believed before it.

What it changes is kept as a delta that nothing rewrites. The delta of the first load is that
load itself, by a link.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from pes_observatory.errors import LoadRejected
from pes_observatory.files import link_whole, sha256_of_text
from pes_observatory.landing import Load, last_good
from pes_observatory.outcomes import StepOutcome
from pes_observatory.settings import Home
from pes_observatory.sources.models import asked_for
from pes_observatory.sources.registry import Declared
from pes_observatory.sql import bounded
from pes_observatory.vintages.compare import Comparison, Found, compare, write_delta, write_state
from pes_observatory.vintages.index import NEW, History, VintagedLoad, read_history


def vintage(home: Home, declared: Declared, outcome: StepOutcome) -> History:
    """Compare a source's last good load; ``unchanged`` when it was, or brings no difference.

    Raises:
        LoadRejected: no load of the source was ever accepted.
    """
    load = last_good(home, "observations", declared.id)
    verdict = load.verdict if load else None
    if load is None or verdict is None:
        raise LoadRejected(
            f"Source {declared.id} has no accepted load to compare; "
            "run it without --only vintage first."
        )
    outcome.snapshot_sha256 = verdict["snapshot_sha256"]
    outcome.rows_in, outcome.rows_out = verdict["rows_accepted"], 0
    outcome.outcome = "unchanged"
    history = read_history(home, declared.id)
    last = history.last
    if last and last.load_id == load.load_id:
        return history
    this = VintagedLoad(
        number=last.number + 1 if last else 1,
        load_id=load.load_id,
        snapshot_sha256=verdict["snapshot_sha256"],
        valid_from=_learnt_at(verdict["retrieved_at"], last).isoformat(),
        asked_for=sha256_of_text(asked_for(declared.source)),
        is_reread=last is not None and last.snapshot_sha256 == verdict["snapshot_sha256"],
        changes={},
    )
    if last is None:
        link_whole(load.accepted_path, history.delta(this))
        found: list[Found] = [(NEW, None, verdict["rows_accepted"])]
    else:
        found = _keep_difference(history, last, this, load, has_refused=verdict["rows_refused"] > 0)
    link_whole(load.accepted_path, history.state(this))
    changes: Counter[str] = Counter()
    for change, _, rows in found:
        changes[change] += rows
    this = replace(this, changes=dict(changes))
    if this.has_delta:
        outcome.outcome, outcome.rows_out = "landed", changes.total()
    outcome.detail = _told(found)
    return history.commit(this)


def _keep_difference(
    history: History, last: VintagedLoad, this: VintagedLoad, load: Load, *, has_refused: bool
) -> list[Found]:
    """Write the delta of a load that is not the first, if there is a difference."""
    deltas = [history.delta(each) for each in history.with_delta]
    with load.working_folder() as folder, bounded(folder / "vintage.duckdb") as connection:
        state = history.state(last)
        if not state.exists():
            write_state(connection, deltas, state)
        comparison = Comparison(
            before=state,
            after=load.accepted_path,
            earlier=deltas[1:],
            read=load.read_path if has_refused else None,
            is_asked_otherwise=this.asked_for != last.asked_for,
        )
        found = compare(connection, comparison)
        if found:
            write_delta(connection, this, history.delta(this))
    return found


def _learnt_at(retrieved_at: str, last: VintagedLoad | None) -> datetime:
    """When the bytes came; now, where they are old ones that came back or are read anew.

    Always later than what was learnt last, whatever the clock says.
    """
    came = datetime.fromisoformat(retrieved_at)
    if last is None:
        return came
    before = datetime.fromisoformat(last.valid_from)
    return came if came > before else max(datetime.now(UTC), before + timedelta(microseconds=1))


def _told(found: list[Found]) -> str:
    parts = [f"{rows} {change}{f' ({reason})' if reason else ''}" for change, reason, rows in found]
    return ", ".join(parts) or "no observation differs"
