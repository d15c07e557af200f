"""Airflow's own home below ``PES_HOME``: settings, database, and secrets made once.

Nothing of Airflow's configuration is written by hand: every setting comes from the
environment, and what the environment already says is left alone (as in docker-compose).
"""

from __future__ import annotations

import base64
import os
import secrets
import subprocess
import sys
from pathlib import Path

from pes_observatory.files import read_json, write_json
from pes_observatory.settings import Home, project_root


def airflow_environment(home: Home) -> dict[str, str]:
    """The environment in which Airflow runs our DAGs with SQLite and the LocalExecutor."""
    folder = home.root / "airflow"
    folder.mkdir(parents=True, exist_ok=True)
    known = _secrets(folder / "secrets.json")
    defaults = {
        "AIRFLOW_HOME": str(folder),
        "AIRFLOW__CORE__DAGS_FOLDER": str(project_root() / "dags"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        "AIRFLOW__CORE__PARALLELISM": "4",
        "AIRFLOW__CORE__FERNET_KEY": known["fernet_key"],
        "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(folder / "passwords.json"),
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__SECRET_KEY": known["api_secret_key"],
        "AIRFLOW__API_AUTH__JWT_SECRET": known["jwt_secret"],
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{folder / 'airflow.db'}",
        "PES_HOME": str(home.root),
    }
    return {**defaults, **os.environ}


def migrate(home: Home, environment: dict[str, str]) -> None:
    """Bring Airflow's database to the installed version, once per version."""
    from importlib.metadata import version

    done = home.root / "airflow" / f"migrated-{version('apache-airflow')}"
    if done.exists():
        return
    os.umask(0o077)
    subprocess.run(
        [sys.executable, "-m", "airflow", "db", "migrate"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=True,
    )
    done.touch()


def _secrets(path: Path) -> dict[str, str]:
    found: dict[str, str] | None = read_json(path)
    if found is None:
        found = {
            "fernet_key": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
            "api_secret_key": secrets.token_urlsafe(32),
            "jwt_secret": secrets.token_urlsafe(48),
        }
        write_json(path, found, mode=0o600)
    return found
