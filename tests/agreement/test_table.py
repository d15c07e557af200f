"""The agreement table: which units are compared, at which level, and for whom it is decisive."""

from __future__ import annotations

from pes_observatory.agreement.table import agreement_rows
from pes_observatory.agreement.units import CodedUnit


def coded(coder: str, number: int, *codes: str, kind: str = "human", **more) -> CodedUnit:
    given = {
        "survey_id": "s", "wave": 2022, "target_id": f"s/2022/{number}/Q1/1", "unit_no": 1,
        "question_id": "Q1", "lang": "fr", "coder": coder, "coder_type": kind, "coder_role": None,
        "codebook_version": "2022.1", "primary": codes[0], "codes": tuple(sorted(codes)),
        "confidence": None, "span": None,
    }  # fmt: skip
    return CodedUnit(**{**given, **more})


def cell(rows: list[dict], **wanted: str) -> dict:
    (found,) = [row for row in rows if wanted.items() <= row.items()]
    return found


OVERALL = {"question_id": "all", "lang": "all"}


def test_sub_themes_of_one_theme_agree_at_the_level_of_themes_only():
    """Of four units three have the same sub-theme; the fourth the same theme."""
    ours = ["MT1.1", "MT1.2", "OS4", "OS4.1"]
    theirs = ["MT1.1", "MT1.2", "OS4", "OS4.2"]
    both = [coded("ana", n, code) for n, code in enumerate(ours)]
    both += [coded("ben", n, code) for n, code in enumerate(theirs)]
    rows = agreement_rows(both)
    theme = cell(rows, **OVERALL, level="theme", metric="cohen_kappa")
    assert (theme["value"], theme["units"], theme["units_agreed"]) == (1, 4, 4)
    subtheme = cell(rows, **OVERALL, level="subtheme", metric="cohen_kappa")
    assert subtheme["units_agreed"] == 3
    assert subtheme["value"] == round((3 / 4 - 3 / 16) / (1 - 3 / 16), 6)


def test_units_of_one_coder_alone_are_left_out_and_the_support_tells():
    both = [coded("ana", n, code) for n, code in enumerate(["MT1", "MT1", "OS4", "PU1"])]
    both += [coded("ben", n, code) for n, code in enumerate(["MT1", "OS4", "OS4"])]
    row = cell(agreement_rows(both), **OVERALL, level="theme", metric="krippendorff_alpha")
    assert (row["units"], row["units_agreed"], row["is_small"]) == (3, 2, True)


def test_each_question_and_language_has_its_own_rows():
    both = []
    for coder in ("ana", "ben"):
        both += [coded(coder, 1, "MT1"), coded(coder, 2, "OS4", question_id="Q5", lang="es")]
    scopes = {(row["question_id"], row["lang"]) for row in agreement_rows(both)}
    assert scopes == {
        ("all", "all"), ("all", "fr"), ("all", "es"),
        ("Q1", "all"), ("Q1", "fr"), ("Q5", "all"), ("Q5", "es"),
    }  # fmt: skip


def test_secondary_codes_count_where_sets_are_compared():
    both = [coded("ana", 1, "MT1", "PU1"), coded("ben", 1, "MT1")]
    both += [coded("ana", 2, "OS4"), coded("ben", 2, "OS4")]
    rows = agreement_rows(both)
    assert cell(rows, **OVERALL, level="theme", metric="krippendorff_alpha")["value"] == 1
    assert cell(rows, **OVERALL, level="theme", metric="krippendorff_alpha_masi")["value"] < 1


def test_it_is_decisive_between_people_and_with_the_machine_that_the_marts_prefer():
    kinds = {"ana": "human", "ben": "human", "both": "combined", "words": "rule"}
    units = [coded(name, n, "MT1", kind=kind) for name, kind in kinds.items() for n in (1, 2)]
    rows = agreement_rows(units)
    pairs = {(row["coder_a"], row["coder_b"]): row["is_decisive"] for row in rows}
    assert pairs == {
        ("ana", "ben"): True, ("ana", "both"): True, ("ben", "both"): True,
        ("ana", "words"): False, ("ben", "words"): False, ("both", "words"): False,
    }  # fmt: skip


def test_codings_of_two_codebooks_are_not_compared():
    both = [coded("ana", 1, "MT1"), coded("ben", 1, "MT1", codebook_version="2023.1")]
    assert agreement_rows(both) == []


def test_a_machine_that_learns_from_people_is_measured_on_what_it_has_not_seen():
    """The model may have learnt from answers 1 and 2; only 3 and 4 tell how good it is."""
    kinds = {"ana": "human", "ben": "human", "both": "combined", "words": "rule"}
    units = [coded(name, n, "MT1", kind=kind) for name, kind in kinds.items() for n in range(1, 5)]
    rows = agreement_rows(units, may_have_learnt=lambda target: target.split("/")[2] in "12")
    support = {(row["coder_a"], row["coder_b"]): row["units"] for row in rows}
    assert support == {
        ("ana", "ben"): 4, ("ana", "both"): 2, ("ben", "both"): 2,
        ("ana", "words"): 4, ("ben", "words"): 4, ("both", "words"): 4,
    }  # fmt: skip
