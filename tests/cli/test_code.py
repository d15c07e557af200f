"""``pes code``: a CSV of texts in, a CSV of codes out."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

COLUMNS_OUT = ["id", "code", "is_primary", "confidence", "terms"]


@pytest.fixture
def code(pes, tmp_path):
    def call(text: str, encoding: str = "utf-8"):
        (tmp_path / "in.csv").write_bytes(text.encode(encoding))
        out = tmp_path / "out.csv"
        said = pes("code", "--in", tmp_path / "in.csv", "--out", out)
        return said, out

    return call


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        assert reader.fieldnames == COLUMNS_OUT
        return list(reader)


def test_each_text_has_one_primary_code(code):
    said, out = code(
        "id,lang,question,text\n"
        "1,fr,Q5,Le télétravail\n"
        '2,fr,Q9,"Partage des bonnes\npratiques, et télétravail"\n'
        "3,fr,Q1,xyz\n"
    )
    assert (said.exit_code, said.out.startswith("3 texts coded into")) == (0, True)
    rows = rows_of(out)
    assert [rows[0][column] for column in ("id", "code", "is_primary", "terms")] == [
        "1",
        "OP1.3",
        "true",
        "télétravail",
    ]
    assert 0.5 < float(rows[0]["confidence"]) <= 1
    assert [(row["code"], row["is_primary"]) for row in rows if row["id"] == "2"] == [
        ("RX1", "true")
    ]
    assert [(row["code"], row["terms"]) for row in rows if row["id"] == "3"] == [("ZZ2", "")]


def test_a_byte_order_mark_other_columns_and_empty_fields_do_no_harm(code):
    said, out = code("text,id,lang,question,note\nyouth,a,,,x\n,b,en,,\n", encoding="utf-8-sig")
    assert said.exit_code == 0
    assert [(row["id"], row["code"]) for row in rows_of(out)] == [("a", "PU1.1"), ("b", "ZZ2")]


def test_the_same_texts_give_the_same_bytes(code):
    text = "id,lang,question,text\n1,es,Q4,empleo de los jóvenes\n2,en,,youth and training\n"
    first = code(text)[1].read_bytes()
    assert code(text)[1].read_bytes() == first


def test_a_missing_column_is_named_and_nothing_is_written(code):
    said, out = code("id,lang,text\n1,fr,x\n")
    assert said.exit_code == 1
    assert said.err == "File in.csv has no column question; expected id,lang,question,text.\n"
    assert not out.exists()
