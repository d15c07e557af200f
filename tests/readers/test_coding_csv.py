"""Codings made by people."""

from __future__ import annotations

import pytest
from one_reader import ROOT

from pes_observatory.errors import LoadRejected
from pes_observatory.sources.registry import get_source

HEADER = "wave,response_id,question_id,slot,unit_no,code,is_primary\n"


@pytest.fixture(scope="module")
def declared():
    return get_source(ROOT / "sources", "synthetic_pes_codings")


def test_a_coding_names_the_answer_that_it_is_of(read_text, declared):
    text = HEADER + "2022, 7 ,Q3,2,1,OS4.2,yes\n2022,7,Q3,2,1,OS1,0\n"
    first, second = read_text("coding_csv", text, declared, name="codings.csv").rows
    assert first["target_id"] == "synthetic_pes/2022/7/Q3/2"
    assert (first["target_kind"], first["unit_no"], first["row_no"]) == ("answer", 1, 1)
    assert (first["code"], first["is_primary"], first["question_id"]) == ("OS4.2", True, "Q3")
    assert (first["coder"], first["coder_type"]) == ("person-a", "human")
    assert first["codebook_version"] == "2022.1"
    assert second["is_primary"] is False


def test_the_bundled_codings_are_read_whole(read_text, declared):
    path = ROOT / "sources/codings/synthetic_pes_codings/codings.csv"
    reading = read_text("coding_csv", path.read_bytes(), declared)
    assert len(reading) == len(path.read_text(encoding="utf-8").splitlines()) - 1


MORE = HEADER.strip() + ",span_start,span_end,unit_text_sha256\n"
SEAL = "a" * 64


def test_a_coding_may_name_the_words_that_it_is_of(read_text, declared):
    text = MORE + f"2022,7,Q3,2,2,OS4.2,1,12,40,{SEAL}\n2022,7,Q3,2,1,OS1,1,,,\n"
    first, second = read_text("coding_csv", text, declared, name="codings.csv").rows
    assert (first["span_start"], first["span_end"]) == (12, 40)
    assert first["unit_text_sha256"] == SEAL
    assert (second["span_start"], second["unit_text_sha256"]) == (None, None)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("wave,code\n2022,MT1\n", "has columns wave, code, expected wave, response_id"),
        (HEADER + "2022,7,Q3,first,1,MT1,1\n", "record 1: slot is no whole number"),
        (HEADER + "2022,7,Q3,1,,MT1,1\n", "record 1: unit_no is no whole number"),
        (HEADER + "2022,7,Q3,²,1,MT1,1\n", "record 1: slot is no whole number"),
        (HEADER + "2022,7,Q3,1,99999,MT1,1\n", "record 1: unit_no is no whole number"),
        (HEADER.strip() + ",span_start\n", "none or all of span_start, span_end, unit_text_sha256"),
        (MORE + f"2022,7,Q3,1,1,MT1,1,a,9,{SEAL}\n", "record 1: span_start is no offset"),
        (MORE + "2022,7,Q3,1,1,MT1,1,0,9,ABC\n", "record 1: unit_text_sha256 is no offset from 0"),
        (MORE + "2022,7,Q3,1,1,MT1,1,0,9,\n", "record 1: has span_start, span_end but not all"),
        (HEADER + "2022,7,Q3,1,1,MT1,main\n", "record 1: 'is_primary' says neither Y nor N"),
    ],
)
def test_another_layout_is_refused(read_text, declared, text, sentence):
    with pytest.raises(LoadRejected, match=sentence):
        read_text("coding_csv", text, declared)
