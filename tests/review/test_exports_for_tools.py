"""The codebook for REFI-QDA tools, and answers for IRaMuTeQ."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pes_observatory.errors import WrongUse
from pes_observatory.review.codebook import codebook_rows
from pes_observatory.review.iramuteq import corpus_texts, one_line, starred
from pes_observatory.review.qdc import NAMESPACE, guid, qdc

# What REFI-QDA 1.5 says of a codebook without sets, chapter "Codebook": order, names, types.
GRAMMAR = f"""
<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="{NAMESPACE}"
    datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
  <start><element name="CodeBook">
    <optional><attribute name="origin" ns=""/></optional>
    <element name="Codes"><oneOrMore><ref name="code"/></oneOrMore></element>
  </element></start>
  <define name="code"><element name="Code">
    <attribute name="guid" ns=""><data type="string"><param name="pattern"
      >[0-9a-fA-F]{{8}}-([0-9a-fA-F]{{4}}-){{3}}[0-9a-fA-F]{{12}}</param></data></attribute>
    <attribute name="name" ns=""><data type="string"/></attribute>
    <attribute name="isCodable" ns=""><data type="boolean"/></attribute>
    <optional><attribute name="color" ns=""><data type="string"><param name="pattern"
      >#([A-Fa-f0-9]{{6}}|[A-Fa-f0-9]{{3}})</param></data></attribute></optional>
    <optional><element name="Description"><data type="string"/></element></optional>
    <zeroOrMore><ref name="code"/></zeroOrMore>
  </element></define>
</grammar>"""
CODE = f"{{{NAMESPACE}}}Code"


@pytest.fixture
def out(tmp_path) -> Path:
    return tmp_path / "out"


@pytest.mark.parametrize("lang", ["en", "fr", "es"])
def test_the_codebook_has_the_order_that_the_published_schema_asks_for(lang):
    tree = etree.fromstring(qdc(codebook_rows(), lang))
    etree.RelaxNG(etree.fromstring(GRAMMAR)).assertValid(tree)
    assert len(list(tree.iter(CODE))) == len(codebook_rows())


def test_codes_stand_below_their_theme_and_families_hold_but_do_not_code():
    tree = etree.fromstring(qdc(codebook_rows(), "fr"))
    (found,) = [code for code in tree.iter(CODE) if code.get("name").startswith("MT1.1 ")]
    assert found.get("name") == "MT1.1 · Plans de relance"
    theme = found.getparent()
    assert theme.get("name").startswith("MT1 ")
    assert theme.getparent().get("isCodable") == "false"
    assert (found.get("isCodable"), theme.get("isCodable")) == ("true", "true")
    assert theme[0].text.startswith("funded measures and plans")


def test_a_code_has_the_same_guid_in_every_export_and_another_in_another_version():
    assert qdc(codebook_rows(), "en") == qdc(codebook_rows(), "en")
    assert guid("2022.1", "MT1") == guid("2022.1", "MT1")
    assert guid("2022.1", "MT1") != guid("2023.1", "MT1")
    guids = [guid(row.version, row.code) for row in codebook_rows()]
    assert len(set(guids)) == len(guids)


def test_pes_review_codebook_writes_it(desk, out):
    code, printed = desk.pes("review", "codebook", "--out", out / "codebook.qdc", "--lang", "es")
    assert (code, printed) == (0, f"142 codes written to {out / 'codebook.qdc'}\n")
    assert (out / "codebook.qdc").read_bytes() == qdc(codebook_rows(), "es")


def test_the_line_before_a_text_has_letters_and_digits_alone_in_its_values():
    line = starred({"pes": "ESP-SEPE", "wave": 2022, "reg": "asia_pacific", "theme": None}.items())
    assert line == "**** *pes_ESPSEPE *wave_2022 *reg_asiapacific *theme_na"


def test_a_text_is_one_line_without_marks_of_the_corpus():
    assert (
        one_line("**** *q_1\nL’accueil :\r\n-*thème\t snake_case ")
        == "q 1 L'accueil : - thème snake case"
    )


@given(st.text())
def test_no_text_can_begin_another(text):
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert "*" not in line
    assert "_" not in line


def verbatims(path: Path, *rows: tuple) -> Path:
    with duckdb.connect(str(path)) as db:
        db.execute("CREATE SCHEMA marts")
        db.execute(
            "CREATE TABLE marts.verbatims (survey_id VARCHAR, wave INTEGER, question_id VARCHAR, "
            "lang VARCHAR, pes_id VARCHAR, region_id VARCHAR, theme_code VARCHAR, "
            "answer_text VARCHAR, answer_id VARCHAR)"
        )
        db.executemany("INSERT INTO marts.verbatims VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    return path


SPAIN = ("s", 2022, "Q3", "fr", "ESP-SEPE", "europe", "OS4", "Guichet\nen ligne", "a1")


def test_one_file_per_question_and_language(tmp_path):
    warehouse = verbatims(
        tmp_path / "w.duckdb",
        SPAIN,
        ("s", 2021, "Q3", "fr", None, "africa", "MT1", "Plan de relance", "a0"),
        ("s", 2022, "Q3", "es", "ESP-SEPE", "europe", "OS4", "Ventanilla", "a2"),
        ("s", 2022, "Q5", "fr", "ESP-SEPE", "europe", "OP1", "Télétravail", "a3"),
        ("other", 2022, "Q3", "fr", "ESP-SEPE", "europe", "OP1", "Ailleurs", "a4"),
    )
    texts = corpus_texts(warehouse, "s")
    assert sorted(texts) == ["s-Q3-es.txt", "s-Q3-fr.txt", "s-Q5-fr.txt"]
    assert texts["s-Q3-fr.txt"].split("\n") == [
        "**** *pes_na *wave_2021 *q_3 *reg_africa *theme_MT1",
        "Plan de relance",
        "",
        "**** *pes_ESPSEPE *wave_2022 *q_3 *reg_europe *theme_OS4",
        "Guichet en ligne",
        "",
    ]
    assert list(corpus_texts(warehouse, "s", "Q3", "es")) == ["s-Q3-es.txt"]


def test_what_is_not_in_the_release_cannot_be_taken(tmp_path):
    with pytest.raises(WrongUse, match="There is no release to take answers from"):
        corpus_texts(tmp_path / "none.duckdb", "s")
    warehouse = verbatims(tmp_path / "w.duckdb", SPAIN)
    with pytest.raises(WrongUse, match="has no answer of s, Q9 that may be published"):
        corpus_texts(warehouse, "s", "Q9")
