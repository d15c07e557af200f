"""The warehouse DAG: once every kind has landed, build aside, gate, publish.

It waits for the four ingest DAGs of a night by their assets. A build that fails or is refused
by its gate publishes nothing; readers keep the last release.
"""

from __future__ import annotations

from datetime import UTC, datetime

from airflow.sdk import dag, task
from nights import LANDED, RELEASE, task_state


@dag(
    dag_id="warehouse",
    schedule=list(LANDED.values()),
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    default_args={"owner": "data-engineering"},
    tags=["warehouse"],
    doc_md=__doc__,
)
def warehouse() -> None:
    @task
    def build() -> None:
        """One dbt process builds the warehouse aside; the marts pass their gate."""
        with task_state() as run_id:
            from pes_observatory.settings import home, sources_folders
            from pes_observatory.sources.registry import find_sources
            from pes_observatory.steps import record_mistakes, run_build

            found, mistakes = find_sources(sources_folders())
            record_mistakes(home(), run_id, mistakes)
            run_build(home(), run_id, found)

    @task(outlets=[RELEASE])
    def publish() -> None:
        """Export, render the barometer, and switch readers to the new release."""
        with task_state() as run_id:
            from pes_observatory.settings import home
            from pes_observatory.steps import run_publish

            run_publish(home(), run_id)

    build() >> publish()


warehouse()
