"""The workbook that is given to people: which units, what is shown of them, what is not."""

from __future__ import annotations

import openpyxl
import pytest
from desk import ANSWERS, rows_of, unit

from pes_observatory.agreement.units import CodedUnit
from pes_observatory.read.coding.workbook import HEADERS
from pes_observatory.review.selection import chosen_units


def test_it_has_units_a_codebook_and_what_to_do(desk):
    book = openpyxl.load_workbook(desk.export())
    assert book.sheetnames == ["units", "codebook", "how to", "about"]
    sheet = book["units"]
    assert sheet.freeze_panes.endswith("2")
    (listed,) = sheet.data_validations.dataValidation
    assert listed.formula1 == "'codebook'!$A$2:$A$137"  # 142 codes, 6 families of them
    assert str(listed.sqref) == f"H2:J{sheet.max_row}"
    choices = [row[0] for row in book["codebook"].iter_rows(min_row=2, values_only=True)]
    assert len(choices) == 136
    assert choices[0] == "MT1 · ALMP, employment measures, recovery"


@pytest.mark.parametrize("lang", ["en", "fr", "es"])
def test_it_speaks_the_language_of_the_coder(desk, lang):
    book = openpyxl.load_workbook(desk.export("u.xlsx", "--lang", lang, "--sample", 1))
    header = [cell.value for cell in book["units"][1]]
    assert header == [names[lang] for names in HEADERS.values()]
    first = {"en": "MT1 · ALMP", "fr": "MT1 · Politiques", "es": "MT1 · Políticas"}[lang]
    assert book["codebook"]["A2"].value.startswith(first)


def test_only_the_choices_and_the_note_can_be_changed(desk):
    sheet = openpyxl.load_workbook(desk.export())["units"]
    assert sheet.protection.sheet
    open_headers = {
        sheet.cell(1, cell.column).value for cell in sheet[2] if not cell.protection.locked
    }
    assert open_headers == {
        "primary code",
        "secondary code 1",
        "secondary code 2",
        "note (not read)",
    }
    assert all(cell.protection.locked for cell in sheet[1])


def test_a_text_that_begins_like_a_formula_is_a_text(desk):
    sheet = openpyxl.load_workbook(desk.export())["units"]
    texts = {cell.value: cell for row in sheet.iter_rows() for cell in row}
    for text in (ANSWERS["2"][0], ANSWERS["3"][1], ANSWERS["4"][1]):
        cell = texts[text]
        assert (cell.data_type, cell.number_format) == ("s", "@")
        assert cell.quotePrefix
    assert not [cell for cell in texts.values() if cell.data_type == "f"]


def test_nobody_is_named_and_what_was_scrubbed_stays_so(desk):
    book = openpyxl.load_workbook(desk.export())
    everything = " ".join(
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
    )
    assert "Service 1" not in everything
    assert "ann.example" not in everything
    assert "[e-mail]" in everything


def test_a_unit_says_why_it_is_there(desk):
    everything = {row["unit"]: row["why it is here"] for row in rows_of(desk.export())}
    assert all(reason.endswith("random sample") for reason in everything.values())
    needing = rows_of(desk.export("few.xlsx", "--sample", 0))
    reasons = {row["unit"]: row["why it is here"] for row in needing}
    assert unit(3) in reasons, "nobody knows what xyz qrs tuv is about"
    assert len(reasons) < len(everything)
    assert {part for reason in reasons.values() for part in reason.split(", ")} <= {
        "no code found", "machine not sure", "rules and model disagree",
    }  # fmt: skip


def test_the_same_sample_is_drawn_whenever_it_is_asked(desk):
    first, again = (
        rows_of(desk.export(name, "--sample", 0.25, "--only", "sample"))
        for name in ("a.xlsx", "b.xlsx")
    )
    assert first == again
    assert len(first) == 12  # a quarter of 24 respondents' two answers


def test_a_blind_workbook_holds_nothing_that_a_machine_said(desk):
    path = desk.export("blind.xlsx", "--blind", "--sample", 1)
    header = [cell.value for cell in openpyxl.load_workbook(path)["units"][1]]
    assert "machine's codes" not in header
    assert "why it is here" not in header
    assert len(rows_of(path)) == 48


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (
            ("--survey", "nobody"),
            "There is no survey 'nobody'; surveys with a valid source: survey.",
        ),
        (("--survey", "survey", "--wave", 1999), "No unit of survey survey, wave 1999 is left"),
        (("--survey", "survey", "--sample", 2), "--sample 2.0 is no part of a whole"),
        (("--survey", "survey", "--lang", "de"), "There is no codebook in 'de'"),
        (("--survey", "survey", "--only", "luck"), "There is no reason 'luck'"),
    ],
)
def test_what_cannot_be_exported_is_said_in_a_sentence(desk, options, sentence):
    code, printed = desk.pes("review", "export", *options)
    assert code == 3
    assert sentence in printed


def coded(coder: str, kind: str, code: str, confidence: float | None = 0.9, **more) -> CodedUnit:
    given = {
        "survey_id": "s", "wave": 2022, "target_id": "s/2022/1/Q1/1", "unit_no": 1,
        "question_id": "Q1", "lang": "fr", "coder": coder, "coder_type": kind, "coder_role": None,
        "codebook_version": "2022.1", "primary": code, "codes": (code,), "confidence": confidence,
        "span": (0, 9),
    }  # fmt: skip
    return CodedUnit(**{**given, **more})


def reasons_of(*said: CodedUnit, coder: str | None = None, is_blind: bool = False) -> list:
    chosen = chosen_units(said, wave=None, sample=0, coder=coder, is_blind=is_blind)
    return [unit.reasons for unit in chosen]


RULES, MODEL = coded("rules", "rule", "MT1.1"), coded("model", "model", "OS4")
BOTH = coded("both", "combined", "MT1.1")
ANA, BEN = coded("ana", "human", "MT1", None), coded("ben", "human", "OS4", None)


class TestReasons:
    def test_machines_that_name_two_themes_need_a_person(self):
        assert reasons_of(RULES, MODEL, BOTH) == [("coders_disagree",)]
        assert reasons_of(RULES, coded("model", "model", "MT1.2"), BOTH) == []

    def test_the_preferred_machine_tells_how_sure_it_is(self):
        unsure = coded("both", "combined", "MT1.1", 0.3)
        assert reasons_of(RULES, unsure) == [("low_confidence",)]
        assert reasons_of(coded("rules", "rule", "MT1.1", 0.3), BOTH) == []

    def test_a_person_who_has_coded_settles_it(self):
        assert reasons_of(RULES, MODEL, BOTH, ANA) == []

    def test_two_people_who_disagree_need_a_third(self):
        assert reasons_of(BOTH, ANA, BEN) == [("people_disagree",)]
        decided = coded("eve", "human", "OS4", None, coder_role="adjudicator")
        assert reasons_of(BOTH, ANA, BEN, decided) == []

    def test_a_person_is_not_given_again_what_they_have_coded(self):
        assert reasons_of(BOTH, ANA, BEN, coder="ana") == []

    def test_a_blind_choice_is_the_same_whoever_was_first(self):
        assert reasons_of(RULES, MODEL, BOTH, ANA, coder="ben", is_blind=True) == [
            ("coders_disagree",)
        ]
