"""Killing a night at any moment loses nothing, and two nights never meet."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from functools import partial
from pathlib import Path

from nights import rows_of, run_night, start_night, wait_for

from pes_observatory.night import NOTHING_PUBLISHED
from pes_observatory.outcomes import new_run_id, step_outcomes
from pes_observatory.settings import Home
from pes_observatory.sources.registry import find_sources
from pes_observatory.steps import run_build

Moment = Callable[[Path], object]


def _has_ended(step: str) -> Moment:
    def happened(home: Path) -> bool:
        return any(row["step"] == step for row in step_outcomes(Home(home)))

    return happened


def _exists(pattern: str) -> Moment:
    return lambda home: list(home.glob(pattern))


MOMENTS: dict[str, Moment] = {
    "while sources are fetched": _exists("raw/snapshots/*"),
    "while sources are read": _has_ended("read"),
    "while loads are judged": _has_ended("gate"),
    "while loads are compared": _has_ended("vintage"),
    "while answers are coded": _has_ended("code"),
    "while dbt builds": _exists("state/build/candidate/warehouse.duckdb"),
    "while the release is written": _exists("releases/.publishing-*/parquet/marts/*"),
}


def test_a_night_killed_at_each_stage_in_turn_ends_in_the_same_release_and_two_never_meet(
    small_night: Path, few_sources: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    for moment, happened in MOMENTS.items():
        night = start_night(home, PES_SOURCES=str(few_sources))
        wait_for(partial(happened, home), night)
        if moment == "while sources are read":
            _a_second_night_refuses(home, few_sources)
        os.killpg(night.pid, signal.SIGKILL)
        night.communicate()
        assert not (home / "releases/current").exists(), moment
    exit_code, printed = run_night(home, PES_SOURCES=str(few_sources))
    assert exit_code == 0, printed
    assert rows_of(home) == rows_of(small_night)
    assert not list(home.glob("releases/.[a-z]*"))


def test_a_release_that_a_kill_left_unannounced_is_taken_over_by_the_next_night(
    published: Path, few_sources: Path
) -> None:
    """The moment between the release's last rename and the switch of ``current``."""
    home, current = Home(published), published / "releases/current"
    version = current.readlink()
    current.unlink()
    (published / "releases/versions.json").unlink()
    outcome = run_build(home, new_run_id(), find_sources(few_sources)[0])
    assert outcome.outcome == "unchanged"
    assert current.readlink() == version
    assert (published / "releases/versions.json").exists()


def _a_second_night_refuses(home: Path, sources: Path) -> None:
    exit_code, printed = run_night(home, PES_SOURCES=str(sources))
    assert exit_code == NOTHING_PUBLISHED
    assert printed.count("Another night is running on this PES_HOME") == 1
    assert "Traceback" not in printed
