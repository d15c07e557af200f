"""A published home to look at, made once by a real night, and the means to run more of them."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import duckdb
import pytest
from support.nights import pes_here

ROOT = Path(__file__).resolve().parents[2]
SECONDS_FOR_A_NIGHT = 240
TIMES_OF_LEARNING = ("retrieved_at", "valid_from", "valid_to", "learnt_at")
FEW = ("synthetic_pes_survey", "synthetic_notes_text", "neet_ilostat", "synthetic_pes_codings")


def environment(home: Path, **more: str) -> dict[str, str]:
    return {**os.environ, "PES_HOME": str(home), "PES_SOURCES": str(ROOT / "sources"), **more}


def start_night(home: Path, *arguments: str, **more: str) -> subprocess.Popen[str]:
    """A night in a process group of its own, so that it can be killed with its children."""
    return subprocess.Popen(
        [sys.executable, "-m", "pes_observatory", "run", *arguments],
        env=environment(home, **more),
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def run_night_apart(home: Path, **more: str) -> tuple[int, str]:
    """A night in a process of its own, to its end; its exit code and all that it printed."""
    night = start_night(home, **more)
    printed, _ = night.communicate(timeout=SECONDS_FOR_A_NIGHT)
    if "PES_PROJECT" not in more:
        share_parse(home)
    return night.returncode, printed


def run_night(home: Path, *arguments: str, **more: str) -> tuple[int, str]:
    """The same in this process, which has imported half of what a night costs before."""
    ended = pes(home, "run", *arguments, **more)
    share_parse(home)
    return ended


def pes(home: Path, *arguments: object, **more: str) -> tuple[int, str]:
    """``pes`` called in this process; its exit code and all that it printed."""
    return pes_here(environment(home, **more), *arguments)


def share_parse(home: Path) -> None:
    """Let every later night begin with what dbt has parsed in this one; see ``conftest.py``."""
    own = home / "state/dbt/partial_parse.msgpack"
    shared = Path(os.environ["DBT_PARTIAL_PARSE_FILE_PATH"])
    if own.exists() and not shared.stat().st_size:
        with tempfile.NamedTemporaryFile(dir=shared.parent, delete=False) as part:
            part.write(own.read_bytes())
        Path(part.name).replace(shared)


def wait_for(happened: Callable[[], object], night: subprocess.Popen[str]) -> None:
    """Wait until something has happened while a night runs."""
    deadline = time.monotonic() + SECONDS_FOR_A_NIGHT
    while not happened():
        assert night.poll() is None, f"the night ended first: {night.communicate()[0]}"
        assert time.monotonic() < deadline, "the night took too long to come to this point"
        time.sleep(0.005)


def rows_of(home: Path, schema: str = "marts") -> dict[str, list[tuple[object, ...]]]:
    """All rows of every table of a schema of the current release, in a fixed order.

    Without the times of learning, in which one night differs from the same night elsewhere.
    """
    with duckdb.connect(str(home / "releases/current/warehouse.duckdb"), read_only=True) as db:
        tables = db.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = ? ORDER BY 1",
            [schema],
        ).fetchall()
        return {
            table: db.execute(
                f"SELECT COLUMNS(lambda c: c NOT IN {TIMES_OF_LEARNING}) FROM {schema}.{table} "
                "ORDER BY ALL"
            ).fetchall()
            for (table,) in tables
        }


def made_once(shared: Path, make: Callable[[Path], str]) -> str:
    """Let the first of the workers ``make`` a folder for all of them; what making it printed."""
    shared.parent.mkdir(exist_ok=True)
    said = shared.with_suffix(".txt")
    with shared.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not said.exists():
            said.write_text(make(shared))
    return said.read_text()


def night_at(run: Callable[..., tuple[int, str]], home: Path, **more: str) -> str:
    exit_code, printed = run(home, **more)
    assert exit_code == 0, printed
    return printed


@pytest.fixture(scope="session")
def shared_by_workers(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    own = tmp_path_factory.getbasetemp()
    return (own if worker_id == "master" else own.parent) / "shared"


@pytest.fixture(scope="session")
def first_night(shared_by_workers: Path) -> tuple[Path, str]:
    """A home after one night on the whole bundled sample, and what the night printed."""
    home = shared_by_workers / "first"
    return home, made_once(home, partial(night_at, run_night_apart))


@pytest.fixture(scope="session")
def few_sources(shared_by_workers: Path) -> Path:
    """One source of each kind, and one wave, for nights that are run many times."""

    def make(folder: Path) -> str:
        shutil.copytree(ROOT / "sources", folder)
        for path in folder.glob("*/*.yml"):
            if path.stem not in FEW and path.parent.name != "concepts":
                path.unlink()
        for wave in (2021, 2022):
            (folder / f"surveys/synthetic_pes_survey/results-survey-{wave}.csv").unlink()
        return ""

    made_once(shared_by_workers / "few", make)
    return shared_by_workers / "few"


@pytest.fixture(scope="session")
def small_night(shared_by_workers: Path, few_sources: Path) -> Path:
    """A home after one night on a few sources."""
    home = shared_by_workers / "small"
    made_once(home, partial(night_at, run_night, PES_SOURCES=str(few_sources)))
    return home


@pytest.fixture
def published(small_night: Path, tmp_path: Path) -> Path:
    """A home of its own that holds a release of a few sources."""
    return Path(shutil.copytree(small_night, tmp_path / "home", symlinks=True))


@pytest.fixture
def own_sources(few_sources: Path, tmp_path: Path) -> Path:
    """A few sources in a folder of its own, to be changed by a test."""
    return Path(shutil.copytree(few_sources, tmp_path / "sources"))
