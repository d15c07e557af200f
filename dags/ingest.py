"""One ingest DAG per kind of source: each source is fetched, then landed, on its own.

The sources are listed when the DAG runs, not when this file is parsed. A source that fails
fails alone; the others land, the asset of the kind is updated, and the run ends as failed.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

from airflow.sdk import dag, get_current_context, task, task_group
from airflow.sdk.exceptions import AirflowFailException
from nights import KINDS, LANDED, task_state

NIGHTLY = os.environ.get("PES_NIGHT", "0 2 * * *") or None  # cron, UTC; empty: by hand only


def ingest_dag(kind: str) -> None:
    """Declare the DAG ``ingest_<kind>``."""

    @dag(
        dag_id=f"ingest_{kind}",
        schedule=NIGHTLY,
        start_date=datetime(2026, 1, 1, tzinfo=UTC),
        catchup=False,
        max_active_runs=1,
        default_args={"owner": "data-engineering"},
        tags=["ingest", kind],
        doc_md=f"Brings every `{kind}` source into landing. {__doc__}",
    )
    def ingest() -> None:
        @task
        def list_sources() -> list[str]:
            """The ids of all valid sources of this kind; a broken YAML stops only itself."""
            from pes_observatory.settings import sources_folders
            from pes_observatory.sources.registry import find_sources

            found, mistakes = find_sources(sources_folders())
            for mistake in mistakes:
                print(mistake)
            return [declared.id for declared in found if declared.source.kind == kind]

        @task(
            retries=int(os.environ.get("PES_FETCH_RETRIES") or 2),
            retry_delay=timedelta(minutes=5),
            retry_exponential_backoff=True,
            map_index_template="{{ source_id }}",
        )
        def fetch(source_id: str) -> None:
            """Bring the bytes; asked again later when the provider did not answer."""
            run_steps(source_id, "discover", "fetch")

        @task(map_index_template="{{ source_id }}")
        def land(source_id: str) -> None:
            """Read, gate, compare or code; a verdict is a verdict and is not retried."""
            run_steps(source_id, "read", "gate", "vintage", "code")

        @task_group
        def load(source_id: str) -> None:
            fetch(source_id) >> land(source_id)

        @task(outlets=[LANDED[kind]], trigger_rule="all_done")
        def landed() -> None:
            """Tell the warehouse that this kind is through, with or without failures."""

        @task(trigger_rule="one_failed")
        def some_failed() -> None:
            """Let the run end as failed when a source failed."""
            raise AirflowFailException("At least one source failed; its own task says why.")

        loaded = load.expand(source_id=list_sources())
        loaded >> [landed(), some_failed()]

    ingest()


def run_steps(source_id: str, *steps: str) -> None:
    """Run some steps of one source under the night of this task."""
    get_current_context()["source_id"] = source_id
    with task_state() as run_id:
        from pes_observatory.settings import home, sources_folders
        from pes_observatory.sources.registry import get_source
        from pes_observatory.steps import run_source_step, steps_of

        declared = get_source(sources_folders(), source_id)
        for step in steps_of(declared):
            if step in steps:
                run_source_step(home(), run_id, step, declared)


for each in KINDS:
    ingest_dag(each)
