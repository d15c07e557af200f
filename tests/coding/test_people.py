"""What the statistical coder learns from people: enough codings, and never those held back."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pes_observatory.coding.corpus import Example
from pes_observatory.coding.people import (
    FEWEST_TO_LEARN_FROM,
    HELD_BACK_ONE_IN,
    accepted_examples,
    is_held_back,
)
from pes_observatory.contracts import ANSWERS, CODINGS
from pes_observatory.landing import Load
from pes_observatory.settings import Home

ENOUGH = FEWEST_TO_LEARN_FROM * 2


def land(home: Home, contract: str, source_id: str, rows: list[dict]) -> None:
    load = Load(home, contract, source_id, "load-1")
    load.folder.mkdir(parents=True)
    schema = {"answers": ANSWERS, "codings": CODINGS}[contract]
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), load.accepted_path)
    load.accept()


def land_coded_answers(home: Home, number: int, coder_type: str = "human") -> None:
    """``number`` answers of two units each, of which a person coded the second."""
    ids = [f"s/2022/{n}/Q5/1" for n in range(number)]
    text = "Former les agents ; Acheter des tablettes"
    land(
        home,
        "answers",
        "survey_a",
        [{"answer_id": i, "answer_text": text, "lang": "fr", "question_id": "Q5"} for i in ids],
    )
    coding = {"unit_no": 2, "code": "OP3.2", "is_primary": True, "codebook_version": "2022.1"}
    coding["coder_type"] = coder_type
    land(home, "codings", "people_a", [{**coding, "target_id": i} for i in ids])


def test_the_unit_that_a_person_coded_becomes_an_example(home):
    land_coded_answers(home, ENOUGH)
    assert set(accepted_examples(home, "2022.1")) == {
        Example("Acheter des tablettes", "fr", "Q5", "OP3.2")
    }


def test_a_fixed_part_is_held_back(home):
    land_coded_answers(home, ENOUGH)
    held_back = sum(is_held_back(f"s/2022/{n}/Q5/1") for n in range(ENOUGH))
    assert len(accepted_examples(home, "2022.1")) == ENOUGH - held_back
    assert held_back == pytest.approx(ENOUGH / HELD_BACK_ONE_IN, rel=0.3)


@pytest.mark.parametrize("number", [1, FEWEST_TO_LEARN_FROM - 1])
def test_few_codings_teach_nothing(home, number):
    land_coded_answers(home, number)
    assert accepted_examples(home, "2022.1") == []


def test_codings_by_machines_teach_nothing(home):
    land_coded_answers(home, ENOUGH, coder_type="rule")
    assert accepted_examples(home, "2022.1") == []


def test_an_older_codebook_teaches_nothing(home):
    land_coded_answers(home, ENOUGH)
    assert accepted_examples(home, "2030.1") == []


def test_without_any_landing_there_is_nothing_to_learn(home):
    assert accepted_examples(home, "2022.1") == []
