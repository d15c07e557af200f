"""The same answers, exported by any tool, land as the same rows.

What may differ is what a tool cannot say: whether a question was shown, that a response was
begun and not handed in, an id. And where in the file a cell stood. Each layout is a survey of
its own here, as no two sources may be one: its id is taken off the answers' ids.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pyarrow.parquet as pq
import pytest
from support.nights import a_night
from support.sources import SourceFolder
from support.wave import CANARY
from support.workbooks import all_layouts

from pes_observatory.contracts import ANSWERS
from pes_observatory.landing import last_good
from pes_observatory.settings import Home

LAYOUTS = {layout.name: layout for layout in all_layouts()}
OF_THE_FILE = {
    "survey_id",
    "row_id",
    "source_id",
    "snapshot_sha256",
    "item_name",
    "row_no",
    "header",
}
SAME = [name for name in ANSWERS.names if name not in OF_THE_FILE]
EMPTY = {"value_state": "empty", "answer_raw": ""}
Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def landed(tmp_path_factory) -> dict[str, Rows]:
    """Every layout as a source of its own, through one night's fetch, read and gate."""
    folder = tmp_path_factory.mktemp("layouts")
    sources, home = SourceFolder(folder / "sources"), Home(folder / "home")
    for layout in LAYOUTS.values():
        sources.write(*layout.example())
    failures = a_night(home, sources).failures
    assert failures == {}
    loads = {name: last_good(home, "answers", name) for name in LAYOUTS}
    return {
        name: [
            {**row, "answer_id": row["answer_id"].removeprefix(f"{name}/")}
            for row in pq.read_table(load.accepted_path).to_pylist()
        ]
        for name, load in loads.items()
        if load
    }


def same_columns(rows: Rows, without: set[str]) -> Rows:
    """The rows in the columns that do not tell of the file, in an order of what they say."""
    kept = [{name: row[name] for name in SAME if name not in without} for row in rows]
    return sorted(kept, key=lambda row: (row["respondent_key"], row["question_id"], row["slot"]))


def test_twelve_responses_of_seven_slots(landed):
    rows = landed["limesurvey_codes"]
    assert len(rows) == 12 * 7
    assert {row["is_complete"] for row in rows if row["response_id"] == "10249522912"} == {False}
    states = [row["value_state"] for row in rows]
    assert {state: states.count(state) for state in set(states)} == {
        "answered": 49,
        "empty": 27,
        "not_shown": 8,
    }


@pytest.mark.parametrize(
    ("answer_id", "text", "lang"),
    [
        ("10249522901/Q1/1", "Former les conseillers\nRecruter dans les régions", "fr"),
        ("10249522902/Q1/1", "=SUM of all our training efforts for adults", "en"),
        ("10249522904/Q6/1", "- l’accès au numérique des plus éloignés", "fr"),
        ("10249522905/Q1/1", 'Staff say "too few" & leave; R&D < 1 %', "en"),
        ("10249522906/Q1/1", "Desempleo\n\njuvenil: formación {dual} y\tprácticas", "es"),
        ("10249522908/Q6/1", "@home guidance: remote counselling at scale", "en"),
        ("10249522910/Q1/1", '"Tout" commence par une citation, disait-elle', "fr"),
        ("10249522911/Q1/1", "Skills", "en"),
        ("10249522901/Q4/1", "Contrat d’engagement pour les jeunes sans emploi", "fr"),
    ],
)
@pytest.mark.parametrize("name", [n for n, layout in LAYOUTS.items() if layout.has_ids])
def test_an_answer_lands_as_it_was_typed(landed, name, answer_id, text, lang):
    [row] = [row for row in landed[name] if row["answer_id"] == f"2024/{answer_id}"]
    assert (row["answer_text"], row["lang"]) == (text, lang)
    assert row["answer_raw"].replace("\r\n", "\n") == text


@pytest.mark.parametrize("name", LAYOUTS)
def test_identical_answers_are_identical_rows(landed, name):
    layout = LAYOUTS[name]
    expected = [
        row if layout.tells_not_shown or row["value_state"] != "not_shown" else row | EMPTY
        for row in landed["limesurvey_codes"]
        if layout.tells_unfinished or row["is_complete"]
    ]
    unlike = set() if layout.has_ids else {"response_id", "answer_id"}
    assert same_columns(landed[name], unlike) == same_columns(expected, unlike)


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_time_is_the_same_moment_in_every_manner(landed, name):
    at = {row["respondent_raw"]: row["submitted_at"] for row in landed[name]}
    assert at["SPE d’Exemplie du Nord"] == datetime(2024, 3, 5, 10, 7, 9)
    assert at["Nowhere Public Employment"] == datetime(2024, 3, 15, 20, 7, 9)


@pytest.mark.parametrize("name", LAYOUTS)
def test_yes_and_no_are_understood_and_the_list_behind_no_is_empty(landed, name):
    rows = landed[name]
    behind_no = [row for row in rows if row["question_id"] == "Q4" and row["yes_no"] is False]
    assert len(behind_no) == 2 * (4 if LAYOUTS[name].tells_unfinished else 3)
    assert {row["answer_text"] for row in behind_no} == {None}
    assert {row["has_consent"] for row in rows if "Muestra" in row["respondent_raw"]} == {False}


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_personal_column_lands_nowhere(landed, name):
    assert CANARY not in str(landed[name])


def test_a_tool_without_ids_gives_the_same_ones_from_either_of_its_exports_again(landed):
    ids = {row["response_id"] for row in landed["google_form"]}
    assert len(ids) == 11
    assert all(len(own) == 16 for own in ids)
