"""A night without Airflow: every source through its steps, then build and publish.

``pes run`` calls this; ``pes nightly`` lets the DAGs do the same (``nightly_dags``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pes_observatory.errors import ObservatoryError, WrongUse
from pes_observatory.files import only_one
from pes_observatory.outcomes import NIGHT_STEPS, SOURCE_STEPS
from pes_observatory.settings import Home
from pes_observatory.sources.registry import Declared, Mistake
from pes_observatory.steps import (
    record_mistakes,
    run_build,
    run_publish,
    run_source_step,
    steps_of,
)

ALL_GOOD, SOME_SOURCE_FAILED, NOTHING_PUBLISHED, WRONG_USE = 0, 1, 2, 3
BUSY = "Another night is running on this PES_HOME; this one does nothing. Wait for it to end."


@dataclass
class Night:
    """What one night has come to."""

    run_id: str
    failures: dict[str, str] = field(default_factory=dict)
    stopped_by: str | None = None

    @property
    def exit_code(self) -> int:
        if self.stopped_by:
            return NOTHING_PUBLISHED
        return SOME_SOURCE_FAILED if self.failures else ALL_GOOD


def run_night(
    home: Home,
    run_id: str,
    chosen: list[Declared],
    every_source: list[Declared],
    *,
    mistakes: Sequence[Mistake] = (),
    only: str | None = None,
) -> Night:
    """Run a night over ``chosen`` sources, or ``only`` one stage of it.

    A source that fails, or whose YAML has one of ``mistakes``, is left at its last good load,
    and the night goes on.

    Raises:
        WrongUse: there is no stage ``only``. AlreadyRunning: another night is on.
    """
    if only is not None and only not in SOURCE_STEPS + NIGHT_STEPS:
        stages = ", ".join(SOURCE_STEPS + NIGHT_STEPS)
        raise WrongUse(f"There is no stage {only!r}; stages: {stages}.")
    night = Night(run_id)
    with only_one(home.state / "locks" / "night.lock", BUSY):
        if only in (None, "fetch"):
            record_mistakes(home, run_id, mistakes)
        night.failures |= {mistake.source_id: mistake for mistake in mistakes}
        # codings by people land first: the statistical coder may learn from them the same night
        for declared in sorted(chosen, key=lambda each: each.source.kind != "coding"):
            steps = [step for step in steps_of(declared) if only in (None, step)]
            try:
                for step in steps:
                    run_source_step(home, run_id, step, declared)
            except ObservatoryError as error:
                night.failures[declared.id] = str(error)
        try:
            if only in (None, "build"):
                run_build(home, run_id, every_source)
            if only in (None, "publish"):
                run_publish(home, run_id)
        except ObservatoryError as error:
            night.stopped_by = str(error)
    return night
