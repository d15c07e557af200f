"""``pes airflow``: Airflow on this machine, with our DAGs on their nightly schedule.

Not ``airflow standalone``: that opens two log ports to every network, starts a triggerer that
no DAG of ours needs, and leaves its children behind when it is told to end.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from pes_observatory.airflow_home import airflow_environment, migrate, write_login
from pes_observatory.files import only_one
from pes_observatory.settings import home

AIRFLOW = (sys.executable, "-m", "airflow")
SERVICES = (("scheduler", "--skip-serve-logs"), ("dag-processor",), ("api-server",))
SECONDS_TO_END = 15


def airflow(
    command: Annotated[
        list[str] | None,
        typer.Argument(help="one airflow command instead of all services, with its arguments"),
    ] = None,
    port: Annotated[int, typer.Option(help="port of the page, on this machine only")] = 8080,
) -> int:
    """Start Airflow's scheduler, DAG processor and page until it is stopped with Ctrl-C.

    User and password of the page stand in PES_HOME/airflow/passwords.json; set
    PES_AIRFLOW_PASSWORD to choose the password. With a command, only that is run, in the same
    settings: 'pes airflow scheduler', 'pes airflow -- dags list --output json'.
    """
    environment = airflow_environment(home(), port)
    if command:
        if command[0] == "api-server":
            write_login(environment)
        # Airflow takes this process over, so that signals reach it.
        os.execve(AIRFLOW[0], [*AIRFLOW, *command], environment)  # noqa: S606
    folder = Path(environment["AIRFLOW_HOME"])
    with only_one(folder / "running.lock", f"Airflow is running already in {folder}."):
        migrate(home(), environment)
        login = write_login(environment)
        print(f"Airflow starts; in half a minute its page is http://127.0.0.1:{port}")
        print(f"  user and password  {login}")
        print(f"  logs               {folder / 'logs'}", flush=True)
        return _run_services(environment, folder / "logs")


def _run_services(environment: dict[str, str], logs: Path) -> int:
    """Run all services until one ends or this process is told to, then stop the others."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    logs.mkdir(parents=True, exist_ok=True)
    running: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for service in SERVICES:
            with (logs / f"{service[0]}.log").open("ab") as log:
                command = [*AIRFLOW, *service]
                running[service[0]] = subprocess.Popen(
                    command, env=environment, stdout=log, stderr=log, process_group=0
                )
        ended, _ = os.wait()
        name = next(name for name, one in running.items() if one.pid == ended)
        print(f"Airflow's {name} ended, so all of it ends; see {logs / name}.log", flush=True)
        return 1
    except KeyboardInterrupt:
        return 0
    finally:
        _stop(list(running.values()))


def _stop(services: list[subprocess.Popen[bytes]]) -> None:
    """Let each service end what it does, for a while; then sweep up what it has started."""
    deadline = time.monotonic() + SECONDS_TO_END
    for one in services:
        one.terminate()
    for one in services:
        with suppress(subprocess.TimeoutExpired):
            one.wait(timeout=max(0.0, deadline - time.monotonic()))
        with suppress(ProcessLookupError):
            os.killpg(one.pid, signal.SIGKILL)
