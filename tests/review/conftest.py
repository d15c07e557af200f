"""A survey landed and coded by the machine, and a desk to code it at."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from desk import ANSWERS, Desk
from support import examples
from support.nights import a_night
from support.sources import SourceFolder

from pes_observatory.settings import Home


@pytest.fixture(scope="session")
def survey_files() -> dict[str, str]:
    rows = examples.responses()
    for row in rows:
        if row["id"] in ANSWERS:
            row["Q1a"], row["Q2a"] = ANSWERS[row["id"]]
    return {"results-2022.csv": examples.survey_csv(rows), "columns.csv": examples.COLUMN_MAP}


@pytest.fixture(scope="session")
def after_a_night(survey_files, tmp_path_factory) -> Path:
    """Home and sources after a night over one survey of 24 respondents and two questions."""
    folder = tmp_path_factory.mktemp("coded")
    made = SourceFolder(folder / "sources")
    source, _ = examples.survey()
    made.write(source, survey_files)
    assert a_night(Home(folder / "home"), made).failures == {}
    return folder


@pytest.fixture
def desk(after_a_night, home, sources, tmp_path, monkeypatch, capsys) -> Desk:
    """A desk with a copy of all that of its own."""
    for made, own in (("home", home.root), ("sources", sources.root)):
        shutil.copytree(after_a_night / made, own, symlinks=True, dirs_exist_ok=True)
    return Desk(tmp_path, monkeypatch, capsys)
