"""A survey landed and coded by the machine, and a desk to code it at."""

from __future__ import annotations

import pytest
from desk import ANSWERS, Desk
from support import examples
from support.nights import a_night


@pytest.fixture
def survey_files():
    rows = examples.responses()
    for row in rows:
        if row["id"] in ANSWERS:
            row["Q1a"], row["Q2a"] = ANSWERS[row["id"]]
    return {"results-2022.csv": examples.survey_csv(rows), "columns.csv": examples.COLUMN_MAP}


@pytest.fixture
def desk(home, sources, survey_files, tmp_path, monkeypatch, capsys) -> Desk:
    """After a night over one survey of 24 respondents and two questions."""
    source, _ = examples.survey()
    sources.write(source, survey_files)
    assert a_night(home, sources).failures == {}
    return Desk(tmp_path, monkeypatch, capsys)
