"""The code step on real verbatims: every text coded, the same way each time."""

from __future__ import annotations

import csv
import os
from collections import Counter
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pes_observatory.coding.step import code
from pes_observatory.contracts import ANSWERS, CODINGS, PASSAGES
from pes_observatory.errors import LoadRejected
from pes_observatory.landing import Load
from pes_observatory.outcomes import StepOutcome
from pes_observatory.settings import Home
from pes_observatory.sources.registry import Declared, get_source

ROOT = Path(__file__).parents[2]
INPUTS = Path(os.environ.get("PES_INPUTS") or ROOT.parent / "shared" / "inputs")
VERBATIMS = INPUTS / "surveys" / "wapes-2022-published-verbatims.csv"


@pytest.fixture
def survey() -> Declared:
    return get_source(ROOT / "sources", "synthetic_pes_survey")


@pytest.fixture
def document() -> Declared:
    return get_source(ROOT / "sources", "synthetic_notes_text")


def accept(home: Home, contract: str, source_id: str, rows: list[dict]) -> None:
    """Let rows be the load that counts."""
    schema = {"answers": ANSWERS, "passages": PASSAGES}[contract]
    load = Load(home, contract, source_id, "load-1")
    load.folder.mkdir(parents=True)
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), load.accepted_path)
    load.accept()


def coded(home: Home, declared: Declared) -> tuple[list[dict], StepOutcome]:
    outcome = StepOutcome("run", declared.id, "code")
    load = code(home, declared, outcome)
    table = pq.read_table(load.accepted_path)
    assert table.schema.equals(CODINGS)
    return table.to_pylist(), outcome


def answer(number: int, text: str | None, question: str = "Q8", lang: str = "fr") -> dict:
    return {
        "row_id": number,
        "source_id": "synthetic_pes_survey",
        "row_no": number,
        "answer_id": f"a/{number}",
        "answer_text": text,
        "lang": lang,
        "question_id": question,
    }


@pytest.fixture
def verbatims() -> list[dict]:
    if not VERBATIMS.exists():
        pytest.skip(f"no real inputs at {INPUTS}; set PES_INPUTS to the folder that has them")
    with VERBATIMS.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_each_of_the_57_published_verbatims_is_coded(home, survey, verbatims):
    answers = [answer(no, row["text"], row["question"]) for no, row in enumerate(verbatims, 1)]
    accept(home, "answers", survey.id, answers)
    rows, outcome = coded(home, survey)
    assert (outcome.outcome, outcome.rows_in, outcome.rows_out) == ("landed", 57, len(rows))
    assert len(rows) >= 57
    assert {row["target_id"] for row in rows} == {f"a/{number}" for number in range(1, 58)}
    by_unit = Counter((r["target_id"], r["unit_no"], r["coder"]) for r in rows if r["is_primary"])
    assert set(by_unit.values()) == {1}
    assert {coder for *_, coder in by_unit} == {"rules-2", "model-1", "combined-1"}
    assert [row["row_id"] for row in rows] == list(range(1, len(rows) + 1))
    text_of = {each["answer_id"]: each["answer_text"] for each in answers}
    for row in rows:
        own = text_of[row["target_id"]]
        unit = own[row["span_start"] : row["span_end"]]
        assert unit
        assert all(term in unit for term in row["terms"].split("|"))
        assert row["codebook_version"] == "2022.1"


def test_an_answer_with_several_requests_has_a_coding_for_each(home, survey):
    text = "Partage des bonnes pratiques - Appui financier"
    accept(home, "answers", survey.id, [answer(1, text, "Q9")])
    rows, _ = coded(home, survey)
    combined = [r for r in rows if r["coder_type"] == "combined" and r["is_primary"]]
    assert [(r["unit_no"], text[r["span_start"] : r["span_end"]], r["code"]) for r in combined] == [
        (1, "Partage des bonnes pratiques", "RX1"),
        (2, "Appui financier", "RX4"),
    ]


def test_the_same_load_gives_the_same_codings_in_any_home(tmp_path, survey):
    answers = [answer(1, "Partage des bonnes pratiques", "Q9"), answer(2, "Télétravail", "Q5")]
    found = []
    for name in ("one", "two"):
        home = Home(tmp_path / name)
        accept(home, "answers", survey.id, answers)
        found.append(coded(home, survey)[0])
    assert found[0] == found[1]


def test_a_second_run_is_unchanged(home, survey):
    accept(home, "answers", survey.id, [answer(1, "Télétravail")])
    first, outcome = coded(home, survey)
    assert outcome.outcome == "landed"
    again, outcome = coded(home, survey)
    assert (outcome.outcome, outcome.rows_out) == ("unchanged", len(first))
    assert again == first


def test_an_empty_answer_is_not_coded(home, survey):
    accept(home, "answers", survey.id, [answer(1, None), answer(2, "Télétravail")])
    rows, outcome = coded(home, survey)
    assert {row["target_id"] for row in rows} == {"a/2"}
    assert outcome.rows_in == 2


def test_passages_are_coded_whole_by_rules_alone_and_without_a_question(home, document):
    passage = {"row_id": 1, "passage_id": "d/1", "text": "empleo de los jóvenes", "lang": "es"}
    accept(home, "passages", document.id, [{**passage, "source_id": document.id}])
    rows, _ = coded(home, document)
    assert {(row["target_kind"], row["target_id"]) for row in rows} == {("passage", "d/1")}
    assert {row["question_id"] for row in rows} == {None}
    assert {(row["unit_no"], row["coder_type"]) for row in rows} == {(1, "rule")}


def test_a_source_without_an_accepted_load_has_nothing_to_code(home, survey):
    with pytest.raises(LoadRejected, match="has no accepted load to code"):
        coded(home, survey)
