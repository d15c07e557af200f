"""The real DAGs, run once in this process without scheduler or server.

Airflow's own output goes to ``state/logs``; what is shown is the outcome of each step.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from pes_observatory.airflow_home import airflow_environment, migrate
from pes_observatory.errors import BuildFailed
from pes_observatory.files import only_one
from pes_observatory.night import BUSY, Night
from pes_observatory.outcomes import BAD, step_outcomes
from pes_observatory.settings import Home

ORDER = ("ingest_coding", "ingest_survey", "ingest_document", "ingest_indicator", "warehouse")


def run_dags(home: Home, run_id: str) -> Night:
    """Run every DAG once, in order, and tell from the outcome rows what came of it.

    Raises:
        AlreadyRunning: another night is on.
    """
    with only_one(home.state / "locks" / "night.lock", BUSY):
        environment = airflow_environment(home)
        migrate(home, environment)
        os.environ.update(environment, PES_RUN_ID=run_id, PES_FETCH_RETRIES="0")
        from airflow.dag_processing.dagbag import DagBag

        folder = environment["AIRFLOW__CORE__DAGS_FOLDER"]
        sys.path.insert(0, folder)
        bag = DagBag(folder)
        if bag.import_errors:
            raise BuildFailed(f"A DAG cannot be read: {next(iter(bag.import_errors.items()))}.")
        states = {dag_id: str(bag.dags[dag_id].test().state) for dag_id in ORDER}
    return _night(home, run_id, [dag_id for dag_id in ORDER if states[dag_id] == "failed"])


@contextmanager
def output_to(log: Path) -> Iterator[TextIO]:
    """Send all that this process and its children print to ``log``; yield the true output."""
    log.parent.mkdir(parents=True, exist_ok=True)
    sys.stdout.flush()
    sys.stderr.flush()
    shown, errors = os.dup(1), os.dup(2)
    with log.open("ab") as target, os.fdopen(os.dup(shown), "w", buffering=1) as console:
        os.dup2(target.fileno(), 1)
        os.dup2(target.fileno(), 2)
        try:
            yield console
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os.dup2(shown, 1)
            os.dup2(errors, 2)
            os.close(shown)
            os.close(errors)


def _night(home: Home, run_id: str, failed_dags: list[str]) -> Night:
    own = [row for row in step_outcomes(home) if row["run_id"] == run_id]
    night = Night(run_id)
    for row in own:
        if row["outcome"] in BAD and row["source_id"]:
            night.failures[row["source_id"]] = row["detail"]
        elif row["outcome"] in BAD:
            night.stopped_by = row["detail"]
    if failed_dags and not night.failures:
        night.stopped_by = night.stopped_by or f"DAG {failed_dags[0]} failed, its log says why."
    if not any(row["step"] == "publish" for row in own):
        night.stopped_by = night.stopped_by or "The warehouse DAG did not come to its end."
    return night
