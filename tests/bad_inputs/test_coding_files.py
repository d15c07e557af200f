"""Codings by people that the codebook or the arithmetic of shares cannot take."""

from __future__ import annotations

from bench import Bench
from support.examples import codes_csv

FILE = "codings.csv"


def test_a_code_that_the_codebook_lacks_is_quarantined(codes: Bench) -> None:
    codes.put(FILE, codes_csv("2022,25,Q1,1,1,XX9,1"))
    (row,) = codes.lands(refused=1)
    assert (row["rule"], row["item_name"], row["row_no"]) == ("code_is_in_codebook", FILE, 25)
    assert "uses a theme or sub-theme of the codebook" in row["reason"]


def test_a_unit_with_two_primary_codes_is_quarantined_whole(codes: Bench) -> None:
    codes.put(FILE, codes_csv("2022,24,Q1,1,1,OS4,1"))
    rows = codes.lands(refused=2)
    assert {row["rule"] for row in rows} == {"unit_has_one_primary_code"}
    assert [row["row_no"] for row in rows] == [24, 25]


def test_a_unit_without_a_primary_code_is_quarantined(codes: Bench) -> None:
    codes.put(FILE, codes_csv("2022,25,Q1,1,1,OS4,0"))
    (row,) = codes.lands(refused=1)
    assert row["rule"] == "unit_has_one_primary_code"


def test_a_unit_with_three_secondary_codes_is_quarantined_whole(codes: Bench) -> None:
    given = [
        f"2022,25,Q1,1,1,{code},{primary}"
        for code, primary in zip(("MT1", "MT2", "MT3", "MT4"), (1, 0, 0, 0), strict=True)
    ]
    codes.sources.change("codes", gate={"max_refused_share": 0.2})
    codes.put(FILE, codes_csv(*given))
    rows = codes.lands(refused=4)
    assert {row["rule"] for row in rows} == {"unit_has_two_secondary_codes_at_most"}


def test_offsets_that_enclose_no_words_are_quarantined(codes: Bench) -> None:
    lines = codes_csv("2022,25,Q1,1,1,MT1,1").splitlines()
    lines = [f"{line},," + "," for line in lines]
    lines[0] = lines[0].strip(",") + ",span_start,span_end,unit_text_sha256"
    lines[-1] = lines[-1].strip(",") + f",9,9,{'a' * 64}"
    codes.put(FILE, "\n".join(lines) + "\n")
    (row,) = codes.lands(refused=1)
    assert (row["rule"], row["row_no"]) == ("span_has_words", 25)


def test_other_columns_than_the_agreed_ones_are_rejected(codes: Bench) -> None:
    codes.put(FILE, codes_csv().replace("unit_no", "unit", 1))
    codes.is_rejected("read", f"file {FILE}", "has columns", "expected wave, response_id", "name")


def test_a_slot_that_is_no_number_is_rejected_by_its_record(codes: Bench) -> None:
    codes.put(FILE, codes_csv("2022,25,Q1,first,1,MT1,1"))
    codes.is_rejected("read", "record 25", "slot is no whole number", "correct the cell")
