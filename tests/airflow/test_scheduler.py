"""Airflow for real: scheduler, DAG processor and page, asked through the REST API for one night.

Some of the bundled sources are enough: each costs two tasks, and each task a process that
imports the libraries anew. Everything stands on the loopback address, on a free port, and ends
with the test, whatever happens.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pytest
import requests

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "only-in-this-test"
SOURCES = {
    "survey": {"synthetic_pes_survey"},
    "document": {"synthetic_notes_markdown"},
    "indicator": {"neet_ilostat", "unemployment_worldbank"},
    "coding": {"synthetic_pes_codings"},
}
INGEST = [f"ingest_{kind}" for kind in SOURCES]
ENDED = {"success", "failed"}


@dataclass
class Airflow:
    """A running Airflow and its REST API."""

    home: Path
    url: str
    process: subprocess.Popen[bytes]
    headers: dict[str, str] = field(default_factory=dict)
    deadline: float = field(default_factory=lambda: time.monotonic() + 220)

    def get(self, path: str) -> Any:
        answer = requests.get(self.url + path, headers=self.headers, timeout=60)
        answer.raise_for_status()
        return answer.json()

    def post(self, path: str, body: dict[str, Any]) -> Any:
        answer = requests.post(self.url + path, json=body, headers=self.headers, timeout=60)
        answer.raise_for_status()
        return answer.json()

    def wait_for(self, what: str, happened: Callable[[], bool]) -> None:
        while not happened():
            assert self.process.poll() is None, f"Airflow ended by itself: {self.logs()}"
            assert time.monotonic() < self.deadline, f"waited in vain for {what}: {self.logs()}"
            time.sleep(1)

    def is_ready(self) -> bool:
        try:
            health = self.get("/api/v2/monitor/health")
        except requests.RequestException:
            return False
        parts = ("metadatabase", "scheduler", "dag_processor")
        return all(health[part]["status"] == "healthy" for part in parts)

    def runs(self, dag_id: str = "~") -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.get(f"/api/v2/dags/{dag_id}/dagRuns")["dag_runs"]
        return found

    def logs(self) -> str:
        parts = sorted((self.home / "airflow" / "logs").glob("*.log"))
        return "\n".join(f"{part.name}: {part.read_text()[-1500:]}" for part in parts)


@pytest.fixture(scope="module")
def airflow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Airflow]:
    """Airflow with the real DAGs on some of the bundled sources, ready to be asked."""
    folder = tmp_path_factory.mktemp("airflow")
    home, port = folder / "home", _free_port()
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("AIRFLOW", "PES_"))}
    process = subprocess.Popen(
        [sys.executable, "-m", "pes_observatory", "airflow", "--port", str(port)],
        env={
            **clean,
            "PES_HOME": str(home),
            "PES_SOURCES": str(_some_sources(folder / "sources")),
            "PES_AIRFLOW_PASSWORD": PASSWORD,
            "PES_NIGHT": "",  # by hand only, or the night of today would start by itself
            "PES_FETCH_RETRIES": "0",
        },
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        started = Airflow(home, f"http://127.0.0.1:{port}", process)
        started.wait_for("Airflow's health", started.is_ready)
        token = started.post("/auth/token", {"username": "admin", "password": PASSWORD})
        started.headers["Authorization"] = f"Bearer {token['access_token']}"
        started.wait_for("the DAGs", lambda: len(started.get("/api/v2/dags")["dags"]) == 5)
        yield started
    finally:
        _end(process)


@pytest.fixture(scope="module")
def night(airflow: Airflow) -> dict[str, dict[str, Any]]:
    """The run of each DAG, after the four of ingest were triggered and the warehouse followed."""
    for dag_id in INGEST:
        airflow.post(f"/api/v2/dags/{dag_id}/dagRuns", {"logical_date": None})
    airflow.wait_for(
        "the warehouse",
        lambda: (
            any(run["state"] in ENDED for run in airflow.runs("warehouse"))
            or any(run["state"] == "failed" for run in airflow.runs())
        ),
    )
    return {run["dag_id"]: run for run in airflow.runs()}


def test_nothing_is_told_without_a_login(airflow: Airflow) -> None:
    assert requests.get(f"{airflow.url}/api/v2/dags", timeout=60).status_code == 401
    wrong = {"username": "admin", "password": "admin"}
    assert requests.post(f"{airflow.url}/auth/token", json=wrong, timeout=60).status_code == 401


def test_what_airflow_keeps_is_for_its_user_alone(airflow: Airflow) -> None:
    folder = airflow.home / "airflow"
    assert folder.stat().st_mode & 0o077 == 0
    for name in ("passwords.json", "secrets.json", "airflow.db"):
        assert (folder / name).stat().st_mode & 0o077 == 0, name


def test_every_ingest_dag_succeeds(airflow: Airflow, night: dict[str, dict[str, Any]]) -> None:
    states = {dag_id: run["state"] for dag_id, run in night.items()}
    assert states == dict.fromkeys([*INGEST, "warehouse"], "success")


def test_the_warehouse_runs_once_for_all_four(
    airflow: Airflow, night: dict[str, dict[str, Any]]
) -> None:
    assert [run["run_type"] for run in airflow.runs("warehouse")] == ["asset_triggered"]
    run_id = night["warehouse"]["dag_run_id"]
    told = airflow.get(f"/api/v2/dags/warehouse/dagRuns/{run_id}/upstreamAssetEvents")
    assert {event["source_dag_id"] for event in told["asset_events"]} == set(INGEST)


@pytest.mark.parametrize("kind", SOURCES)
def test_tasks_are_shown_by_source_id(
    airflow: Airflow, night: dict[str, dict[str, Any]], kind: str
) -> None:
    run_id = night[f"ingest_{kind}"]["dag_run_id"]
    tasks = airflow.get(f"/api/v2/dags/ingest_{kind}/dagRuns/{run_id}/taskInstances")
    for task_id in ("load.fetch", "load.land"):
        shown = [t for t in tasks["task_instances"] if t["task_id"] == task_id]
        assert {task["rendered_map_index"] for task in shown} == SOURCES[kind]
        assert {task["state"] for task in shown} == {"success"}


def test_the_night_published_a_release(airflow: Airflow, night: dict[str, dict[str, Any]]) -> None:
    releases = airflow.home / "releases"
    versions = json.loads((releases / "versions.json").read_text())
    assert (releases / "current").resolve().name == versions["last_successful"]
    warehouse = releases / "current" / "warehouse.duckdb"
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        rows = connection.execute("SELECT source_id FROM meta.sources").fetchall()
    assert {source_id for (source_id,) in rows} == set().union(*SOURCES.values())


def test_it_ends_when_told_to_and_leaves_no_process(airflow: Airflow) -> None:
    airflow.process.terminate()
    assert airflow.process.wait(timeout=60) == 0
    assert _session_of(airflow.process) == []


def _some_sources(folder: Path) -> Path:
    chosen = set().union(*SOURCES.values())

    def not_chosen(at: str, names: list[str]) -> set[str]:
        is_kind = Path(at).parent == ROOT / "sources" and Path(at).name != "concepts"
        return {name for name in names if is_kind and Path(name).stem not in chosen}

    return Path(shutil.copytree(ROOT / "sources", folder, ignore=not_chosen))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _end(process: subprocess.Popen[bytes]) -> None:
    """End what the fixture started: gently, and then every process of its session for sure."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.terminate()
        process.wait(timeout=30)
    for pid in _session_of(process):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _session_of(process: subprocess.Popen[bytes]) -> list[int]:
    """The processes that this one, the leader of its session, has started and left."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(ProcessLookupError):
            if os.getsid(int(entry.name)) == process.pid:
                found.append(int(entry.name))
    return found
