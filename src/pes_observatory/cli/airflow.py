"""``pes airflow``: Airflow on this machine, with our DAGs on their nightly schedule."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from pes_observatory.airflow_home import airflow_environment, migrate
from pes_observatory.settings import home


def airflow(
    port: Annotated[int, typer.Option(help="port of the page, on this machine only")] = 8080,
) -> None:
    """Start Airflow's scheduler, DAG processor and page until it is stopped with Ctrl-C.

    The page is http://127.0.0.1:8080; user and password stand in PES_HOME/airflow/passwords.json.
    """
    environment = airflow_environment(home()) | {"AIRFLOW__API__PORT": str(port)}
    migrate(home(), environment)
    os.execve(sys.executable, [sys.executable, "-m", "airflow", "standalone"], environment)
