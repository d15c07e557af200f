"""Nights over a test's own sources without the build, and ``pes`` called in this process."""

from __future__ import annotations

import contextlib
import io
import itertools
import os
import sys
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from pes_observatory.cli import main
from pes_observatory.contracts import CONTRACT_OF_KIND
from pes_observatory.landing import last_good
from pes_observatory.night import Night, run_night
from pes_observatory.outcomes import step_outcomes
from pes_observatory.settings import Home
from pes_observatory.sources.registry import Declared, find_sources
from support.sources import SourceFolder

_numbers = itertools.count(1)


def a_night(home: Home, sources: SourceFolder) -> Night:
    """Every source of the folder through its real steps; nothing is built or published."""
    run_id = f"night-{next(_numbers)}"
    with (
        mock.patch("pes_observatory.night.run_build"),
        mock.patch("pes_observatory.night.run_publish"),
    ):
        found, mistakes = find_sources(sources.root)
        return run_night(home, run_id, found, found, mistakes=mistakes)


def outcomes_of(home: Home, night: Night, source_id: str) -> list[dict[str, Any]]:
    """What one night recorded of a source, in order."""
    own = [row for row in step_outcomes(home) if row["run_id"] == night.run_id]
    return [row for row in own if row["source_id"] == source_id]


def what_counts(home: Home, declared: Declared) -> tuple[str, bytes]:
    """The load that the pointer names, and the very bytes that it holds."""
    load = last_good(home, CONTRACT_OF_KIND[declared.source.kind], declared.id)
    assert load is not None, f"{declared.id} has no load that counts"
    return load.load_id, Path(load.accepted_path).read_bytes()


def pes_here(environment: dict[str, str], *arguments: object) -> tuple[int, str]:
    """``pes`` called in this process; its exit code and all that it printed."""
    printed = io.StringIO()
    with (
        mock.patch.dict(os.environ, environment),
        mock.patch.object(sys, "argv", ["pes", *map(str, arguments)]),
        contextlib.redirect_stdout(printed),
        contextlib.redirect_stderr(printed),
        pytest.raises(SystemExit) as ended,
    ):
        main()
    return int(ended.value.code or 0), printed.getvalue()
