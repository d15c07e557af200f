"""What the DAGs share: the assets between them, and how a sentence becomes a task's state."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from airflow.sdk import Asset, get_current_context
from airflow.sdk.exceptions import AirflowException, AirflowFailException

KINDS = ("survey", "document", "indicator", "coding")
LANDED = {kind: Asset(name=f"landed_{kind}", uri=f"pes://landing/{kind}") for kind in KINDS}
RELEASE = Asset(name="release", uri="pes://releases/current")


@contextmanager
def task_state() -> Iterator[str]:
    """Yield the id of this night; fail the task with a sentence, for good unless a retry helps."""
    from pes_observatory.errors import FetchFailed, ObservatoryError

    try:
        yield os.environ.get("PES_RUN_ID") or get_current_context()["dag_run"].run_id
    except FetchFailed as error:
        kind = AirflowException if error.is_retryable else AirflowFailException
        raise kind(str(error)) from None
    except ObservatoryError as error:
        raise AirflowFailException(str(error)) from None
