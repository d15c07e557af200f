"""``pes`` called as a person would, in this process: what it prints and its exit code."""

from __future__ import annotations

import sys
from dataclasses import dataclass

import pytest

from pes_observatory.cli import main


@dataclass(frozen=True)
class Said:
    """What one call came to."""

    exit_code: int
    out: str
    err: str


@pytest.fixture
def pes(monkeypatch, capsys):
    """``pes("sources", "list")`` gives what it said."""
    monkeypatch.setenv("COLUMNS", "200")

    def call(*arguments: object) -> Said:
        monkeypatch.setattr(sys, "argv", ["pes", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        return Said(int(ended.value.code or 0), printed.out, printed.err)

    return call


@pytest.fixture
def no_build(monkeypatch):
    """Nights that build and publish nothing; the list tells how often they would have."""
    asked: list[str] = []
    monkeypatch.setattr("pes_observatory.night.run_build", lambda *_: asked.append("build"))
    monkeypatch.setattr("pes_observatory.night.run_publish", lambda *_: asked.append("publish"))
    return asked
