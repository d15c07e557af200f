"""Airflow's own home below ``PES_HOME``: settings, database, login, and secrets made once.

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
from pes_observatory.settings import Home, project_root, sources_folders

_PASSWORDS_FILE = "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE"


def airflow_environment(home: Home, port: int = 8080) -> dict[str, str]:
    """The environment in which Airflow runs our DAGs with SQLite and the LocalExecutor."""
    folder = home.root / "airflow"
    # Settings, passwords and task logs: for this user alone. Releases stand elsewhere.
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    defaults = {
        "AIRFLOW_HOME": str(folder),
        "AIRFLOW__CORE__DAGS_FOLDER": str(project_root() / "dags"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        "AIRFLOW__CORE__PARALLELISM": "4",
        "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": f"{_user()}:admin",
        _PASSWORDS_FILE: str(folder / "passwords.json"),
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{port}/execution/",
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{folder / 'airflow.db'}",
        **_secrets(folder / "secrets.json"),
    }
    # Airflow looks for its own command on the PATH, and runs tasks in other folders than ours.
    fixed = {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]),
        "PES_HOME": str(home.root),
        "PES_SOURCES": os.pathsep.join(map(str, sources_folders())),
    }
    return {**defaults, **os.environ, **fixed}


def migrate(home: Home, environment: dict[str, str]) -> None:
    """Bring Airflow's database to the installed version, once per version."""
    from importlib.metadata import version

    done = home.root / "airflow" / f"migrated-{version('apache-airflow')}"
    if done.exists():
        return
    subprocess.run(
        [sys.executable, "-m", "airflow", "db", "migrate"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=True,
        umask=0o077,
    )
    done.touch()


def write_login(environment: dict[str, str]) -> Path:
    """Write the login of Airflow's page, readable by this user alone; return its file.

    The password is ``PES_AIRFLOW_PASSWORD``, or else one made once. Without this file Airflow
    would make one itself, print it into its log, and leave it readable by everyone.
    """
    path = Path(environment[_PASSWORDS_FILE])
    known = read_json(path) or {}
    given = environment.get("PES_AIRFLOW_PASSWORD")
    password = given or known.get(_user()) or secrets.token_urlsafe(16)
    write_json(path, {_user(): password}, mode=0o600)
    return path


def _user() -> str:
    return os.environ.get("PES_AIRFLOW_USER") or "admin"


def _secrets(path: Path) -> dict[str, str]:
    """The keys that Airflow's parts share, made on first use unless the environment has them."""
    made = {
        "AIRFLOW__CORE__FERNET_KEY": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "AIRFLOW__API__SECRET_KEY": secrets.token_urlsafe(32),
        "AIRFLOW__API_AUTH__JWT_SECRET": secrets.token_urlsafe(48),
    }
    if made.keys() <= os.environ.keys():
        return {}
    found: dict[str, str] | None = read_json(path)
    if found is None or not made.keys() <= found.keys():
        write_json(path, made, mode=0o600)
        return made
    return found
