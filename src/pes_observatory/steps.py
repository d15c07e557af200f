"""Running one step: alone on its source or build, timed, and with its outcome recorded.

The command line and the DAGs call nothing else; the order of steps is theirs to keep.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from pes_observatory.coding.step import code
from pes_observatory.discover.items import with_found_items
from pes_observatory.discover.step import discover
from pes_observatory.errors import SourceInvalid, WrongUse
from pes_observatory.fetch.step import fetch
from pes_observatory.files import only_one, read_json, write_json
from pes_observatory.gates.landing_gate import gate
from pes_observatory.gates.warehouse_gate import gate_warehouse
from pes_observatory.outcomes import StepOutcome, recorded, steps_of_kind
from pes_observatory.read.step import read
from pes_observatory.releases.publish import prepare, publish
from pes_observatory.releases.versions import current_version, last_release
from pes_observatory.settings import Home
from pes_observatory.sources.models import DocumentSource
from pes_observatory.sources.registry import Declared, Mistake
from pes_observatory.vintages.step import vintage
from pes_observatory.warehouse.build import build, candidate_folder, planned_release

_OF_A_SOURCE: dict[str, Callable[[Home, Declared, StepOutcome], Any]] = {
    "discover": discover,
    "fetch": fetch,
    "read": read,
    "gate": gate,
    "vintage": vintage,
    "code": code,
}


def steps_of(declared: Declared) -> tuple[str, ...]:
    """The steps that a source goes through, in order."""
    steps = steps_of_kind(declared.source.kind)
    source = declared.source
    is_collection = isinstance(source, DocumentSource) and source.document.collection is not None
    return ("discover", *steps) if is_collection else steps


def run_source_step(home: Home, run_id: str, step: str, declared: Declared) -> StepOutcome:
    """Run one of ``SOURCE_STEPS`` for one source.

    Raises:
        ObservatoryError: what went wrong, recorded already.
    """
    if step not in _OF_A_SOURCE:
        raise WrongUse(f"There is no step {step!r}; steps: {', '.join(_OF_A_SOURCE)}.")
    sentence = f"Source {declared.id} is being loaded by another run; wait for it to end."
    with only_one(home.state / "locks" / f"{declared.id}.lock", sentence):
        with recorded(home, run_id, step, declared.id) as outcome:
            _OF_A_SOURCE[step](home, with_found_items(home, declared), outcome)
        return outcome


def record_mistakes(home: Home, run_id: str, mistakes: Iterable[Mistake]) -> None:
    """Leave an outcome row for each mistake in a source YAML: that source fails as it starts."""
    for mistake in mistakes:
        with suppress(SourceInvalid), recorded(home, run_id, "fetch", mistake.source_id):
            raise SourceInvalid(mistake)


def run_build(home: Home, run_id: str, sources: list[Declared]) -> StepOutcome:
    """Build the warehouse aside and pass the marts through their gate.

    Raises:
        BuildFailed: nothing may be published; the last release stays.
    """
    with only_one(_lock(home), _BUILDING):
        prepare(home)
        with recorded(home, run_id, "build", None) as outcome:
            last = last_release(home)
            is_rolled_back = last is not None and last["version"] != current_version(home)
            build(home, sources, last, outcome, is_rolled_back=is_rolled_back)
        if outcome.outcome == "unchanged":
            return outcome
        candidate = candidate_folder(home)
        with recorded(home, run_id, "gate", None) as gated:
            results = gate_warehouse(home, candidate / "warehouse.duckdb", gated)
        write_json(candidate / "ready.json", {"gate_results": results})
        return outcome


def run_publish(home: Home, run_id: str) -> StepOutcome:
    """Publish the built and gated candidate; ``unchanged`` when there is none."""
    with only_one(_lock(home), _BUILDING):
        prepare(home)
        with recorded(home, run_id, "publish", None) as outcome:
            candidate = candidate_folder(home)
            planned, ready = planned_release(home), read_json(candidate / "ready.json")
            if planned is None or ready is None or not (candidate / "warehouse.duckdb").exists():
                outcome.outcome = "unchanged"
                outcome.detail = "nothing new to publish"
            else:
                publish(home, candidate, planned, ready["gate_results"], outcome)
        return outcome


_BUILDING = "The warehouse is being built by another run; wait for it to end."


def _lock(home: Home) -> Any:
    return home.state / "locks" / "warehouse.lock"
