"""Codings of several loads put together unit by unit, people's beside the machine's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pes_observatory.agreement.units import coded_units
from pes_observatory.contracts import ANSWERS, CODINGS
from pes_observatory.files import sha256_of_text
from pes_observatory.landing import Load, empty_file
from pes_observatory.settings import Home

TEXT = "Former les jeunes. Ouvrir un guichet en ligne."
FIRST, SECOND = (0, 18), (19, 46)


def coding(unit_no: int, code: str, coder: str = "rules", kind: str = "rule", **more: Any) -> dict:
    given = {
        "target_kind": "answer", "target_id": "s/2022/1/Q3/1", "unit_no": unit_no, "code": code,
        "is_primary": True, "coder": coder, "coder_type": kind, "codebook_version": "2022.1",
        "source_id": coder,
    }  # fmt: skip
    return {**given, **more}


def placed(span: tuple[int, int], text: str | None = None) -> dict[str, Any]:
    seal = {"unit_text_sha256": sha256_of_text(text)} if text else {}
    return {"span_start": span[0], "span_end": span[1], **seal}


MACHINE = [coding(1, "PU1", **placed(FIRST)), coding(2, "OS4", **placed(SECOND))]


@pytest.fixture
def units(home: Home):
    """``units([codings of one load], ...)`` beside the one answer ``TEXT``."""

    def put(contract: str, source_id: str, rows: list[dict], schema: pa.Schema) -> Load:
        load = Load(home, contract, source_id, "load-1")
        load.folder.mkdir(parents=True)
        pq.write_table(pa.Table.from_pylist(rows, schema=schema), load.accepted_path)
        return load

    def call(*loads: list[dict], schema: pa.Schema = CODINGS) -> dict[tuple[str, int], Any]:
        answer = {"survey_id": "s", "wave": 2022, "question_id": "Q3", "lang": "fr"}
        answer |= {"answer_id": "s/2022/1/Q3/1", "answer_text": TEXT, "value_state": "answered"}
        made = [put("answers", "survey", [answer], ANSWERS)]
        made += [put("codings", f"codings-{n}", rows, schema) for n, rows in enumerate(loads)]
        return {(unit.coder, unit.unit_no): unit for unit in coded_units(made)}

    return call


def test_a_unit_has_its_question_language_codes_and_place(units):
    secondary = coding(2, "MT4", is_primary=False, confidence=0.2, **placed(SECOND))
    found = units([*MACHINE, secondary])["rules", 2]
    assert (found.survey_id, found.wave, found.question_id, found.lang) == ("s", 2022, "Q3", "fr")
    assert (found.primary, found.codes, found.span) == ("OS4", ("MT4", "OS4"), SECOND)


def test_a_person_is_heard_on_the_words_that_they_read(units):
    """Ana coded the second sentence when it was number 1."""
    words = TEXT[SECOND[0] : SECOND[1]]
    found = units(MACHINE, [coding(1, "OS1", "ana", "human", **placed(SECOND, words))])
    assert found["ana", 2].primary == "OS1"
    assert ("ana", 1) not in found


@pytest.mark.parametrize(
    ("span", "text"), [((0, 46), TEXT), (FIRST, "Former les vieux.."), (SECOND, TEXT)]
)
def test_what_was_said_of_other_words_is_left_out(units, span, text):
    found = units(MACHINE, [coding(1, "OS1", "ana", "human", **placed(span, text))])
    assert {coder for coder, _ in found} == {"rules"}


def test_without_a_span_the_number_counts(units):
    found = units(MACHINE, [coding(2, "OS1", "ana", "human")])
    assert found["ana", 2].primary == "OS1"


def test_of_a_persons_two_sources_the_first_by_name_counts(units):
    one, two = (
        coding(1, code, "ana", "human", source_id=s) for code, s in (("A", "b"), ("B", "a"))
    )
    assert units(MACHINE, [one], [two])["ana", 1].primary == "B"


def test_loads_from_before_the_contract_grew_are_read_as_well(units):
    older = pa.schema([f for f in CODINGS if f.name not in ("coder_role", "unit_text_sha256")])
    assert units(MACHINE, schema=older)["rules", 1].coder_role is None


def test_the_empty_file_of_a_contract_grows_with_it(home: Home):
    path = home.landing / "codings" / "empty.parquet"
    path.parent.mkdir(parents=True)
    pq.write_table(pa.table({"code": pa.array([], pa.string())}), path)
    assert Path(empty_file(home, "codings")) == path
    assert pq.read_schema(path).equals(CODINGS)
