"""The DAGs as Airflow sees them: what they declare, and that reading them does no work."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
KINDS = {"survey", "document", "indicator", "coding"}
INGEST = {f"ingest_{kind}" for kind in KINDS}
# What a task needs and a DAG file does not: were they imported, every parse would pay for them.
HEAVY = {"dbt", "duckdb", "great_expectations", "pandas", "pes_observatory", "pyarrow", "requests"}

DESCRIBE = """
import json, sys
from airflow.dag_processing.dagbag import DagBag
airflow_alone = set(sys.modules)
sys.path.append(sys.argv[1])
bag = DagBag(sys.argv[1])
described = {
    "errors": bag.import_errors,
    "imported": sorted({name.partition(".")[0] for name in set(sys.modules) - airflow_alone}),
    "dags": {
        dag.dag_id: {
            "doc": dag.doc_md,
            "schedule": (
                [asset.name for asset in dag.schedule]
                if isinstance(dag.schedule, list)
                else dag.schedule
            ),
            "catchup": dag.catchup,
            "max_active_runs": dag.max_active_runs,
            "tasks": {
                task.task_id: {
                    "doc": task.doc_md,
                    "owner": task.owner,
                    "retries": task.retries,
                    "shown_by": getattr(task, "map_index_template", None),
                    "updates": [asset.name for asset in task.outlets],
                }
                for task in dag.tasks
            },
        }
        for dag in bag.dags.values()
    },
}
print("DESCRIBED", json.dumps(described))
"""


def described(home: Path, **more: str) -> dict[str, Any]:
    """What a fresh process finds when it reads the folder of DAGs."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("AIRFLOW", "PES_"))}
    done = subprocess.run(
        [sys.executable, "-c", DESCRIBE, str(ROOT / "dags")],
        env={**clean, "AIRFLOW_HOME": str(home), "AIRFLOW__CORE__LOAD_EXAMPLES": "False", **more},
        cwd=home,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    lines = [line for line in done.stdout.splitlines() if line.startswith("DESCRIBED ")]
    assert lines, done.stdout + done.stderr
    found: dict[str, Any] = json.loads(lines[-1].removeprefix("DESCRIBED "))
    return found


@pytest.fixture(scope="module")
def folder_of_dags(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return described(tmp_path_factory.mktemp("airflow"))


@pytest.fixture
def dags(folder_of_dags: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = folder_of_dags["dags"]
    return found


def test_one_ingest_dag_per_kind_and_one_warehouse(folder_of_dags: dict[str, Any]) -> None:
    assert folder_of_dags["errors"] == {}
    assert set(folder_of_dags["dags"]) == INGEST | {"warehouse"}


def test_reading_the_dags_imports_nothing_that_works(folder_of_dags: dict[str, Any]) -> None:
    assert HEAVY.isdisjoint(folder_of_dags["imported"])


def test_ingest_runs_nightly_and_never_catches_up(dags: dict[str, Any]) -> None:
    for dag_id in INGEST:
        assert dags[dag_id]["schedule"] == "0 2 * * *"
    for dag in dags.values():
        assert dag["catchup"] is False
        assert dag["max_active_runs"] == 1


def test_the_hour_of_the_night_is_a_setting(tmp_path: Path) -> None:
    found = described(tmp_path, PES_NIGHT="")["dags"]
    assert {found[dag_id]["schedule"] for dag_id in INGEST} == {None}, "empty: by hand only"


def test_the_warehouse_waits_for_every_kind(dags: dict[str, Any]) -> None:
    landed = {f"landed_{kind}" for kind in KINDS}
    assert set(dags["warehouse"]["schedule"]) == landed
    for kind in KINDS:
        assert dags[f"ingest_{kind}"]["tasks"]["landed"]["updates"] == [f"landed_{kind}"]
    assert dags["warehouse"]["tasks"]["publish"]["updates"] == ["release"]


def test_only_a_fetch_is_retried(dags: dict[str, Any]) -> None:
    retried = {
        task_id
        for dag in dags.values()
        for task_id, task in dag["tasks"].items()
        if task["retries"]
    }
    assert retried == {"load.fetch"}


def test_tasks_of_a_source_are_shown_by_its_id(dags: dict[str, Any]) -> None:
    for dag_id in INGEST:
        for task_id in ("load.fetch", "load.land"):
            assert dags[dag_id]["tasks"][task_id]["shown_by"] == "{{ source_id }}"


def test_every_dag_and_task_has_an_owner_and_says_what_it_does(dags: dict[str, Any]) -> None:
    for dag in dags.values():
        assert dag["doc"]
        for task in dag["tasks"].values():
            assert task["doc"]
            assert task["owner"] == "data-engineering"
