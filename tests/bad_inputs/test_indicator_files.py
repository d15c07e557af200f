"""Indicator tables that are not what their source says, and figures that cannot be."""

from __future__ import annotations

import json

import pytest
from bench import Bench
from support.examples import AREAS, figures_json, rates_tsv, shares_csv


def test_another_delimiter_than_declared_is_rejected(shares: Bench) -> None:
    shares.put("shares.csv", shares_csv().replace(",", ";"))
    shares.is_rejected(
        "read", "file shares.csv", "no column TIME_PERIOD, OBS_VALUE", "check", "read.delimiter"
    )


def test_a_table_in_another_format_is_rejected(rates: Bench) -> None:
    rates.put("rates.tsv", shares_csv())
    rates.is_rejected("read", "file rates.tsv", "first header cell is", "expected a key", "check")


def test_one_endless_line_is_rejected(rates: Bench) -> None:
    rates.put("rates.tsv", "{" + "'value': 1," * 20_000 + "}")
    rates.is_rejected("read", "file rates.tsv", "header", "check fetch.url and format")


def test_a_header_without_end_is_rejected(rates: Bench) -> None:
    rates.put("rates.tsv", "a\t" * 600_000)
    rates.is_rejected("read", "file rates.tsv", "header", "does not end", "check fetch.url")


def test_a_refusal_quotes_nothing_of_the_file(shares: Bench) -> None:
    shares.put("shares.csv", shares_csv("X:Y(1.0),canary,T"))
    sentence = shares.is_rejected(
        "read", "record 32 (the header is the first) has 3 cells", "expected 8"
    )
    assert "canary" not in sentence


@pytest.mark.parametrize("line", [3, 3000], ids=["near the top", "far down"])
def test_latin_1_where_utf_8_is_due_is_rejected(shares: Bench, line: int) -> None:
    lines = [f"X:Y(1.0),A,T,PC,Z{number},2021,7.5," for number in range(line)]
    text = shares_csv(*lines, "X:Y(1.0),A,T,PC,Réunion,2022,7.5,")
    shares.put("shares.csv", text.encode("latin-1"))
    shares.is_rejected("read", "file shares.csv", "encoding")


def test_a_line_with_too_few_cells_is_rejected(shares: Bench) -> None:
    shares.put("shares.csv", shares_csv("X:Y(1.0),A,T"))
    shares.is_rejected("read", "file shares.csv", "record 32", "check its delimiter")


def test_a_key_with_a_code_too_few_is_rejected(rates: Bench) -> None:
    rates.put("rates.tsv", rates_tsv().replace("A,T,PC_ACT,FR", "A,T,FR"))
    rates.is_rejected("read", "key 'A,T,FR' has 3 codes", "the header names 4", "fetch it again")


def test_a_missing_column_is_rejected(shares: Bench) -> None:
    shares.put("shares.csv", shares_csv().replace("OBS_VALUE", "VALUE"))
    shares.is_rejected("read", "file shares.csv", "no column OBS_VALUE", "expected SDMX-CSV")


def test_a_repeated_column_is_rejected(shares: Bench) -> None:
    shares.put("shares.csv", shares_csv().replace("freq,sex", "freq,freq"))
    shares.is_rejected("read", "file shares.csv", "two columns of the same name", "ask")


def test_a_negative_value_is_quarantined_with_its_rule_reason_and_row(rates: Bench) -> None:
    rates.put("rates.tsv", rates_tsv({("BE", "2022"): "-4.2 b"}))
    (row,) = rates.lands(refused=1)
    assert (row["rule"], row["severity"]) == ("rate_is_not_negative", "critical")
    assert "below zero" in row["reason"]
    assert (row["item_name"], row["row_no"]) == ("rates.tsv", 2 + AREAS.index("BE"))
    assert json.loads(row["row_json"])["obs_value"] == -4.2


def test_a_value_that_is_no_number_is_quarantined(rates: Bench) -> None:
    rates.put("rates.tsv", rates_tsv({("AT", "2021"): "n.a.", ("FR", "2021"): ": "}))
    (row,) = rates.lands(refused=1)
    assert (row["rule"], row["row_no"]) == ("value_is_a_number", 2)
    assert "neither a number nor the provider's sign" in row["reason"]
    assert json.loads(row["row_json"])["obs_value_raw"] == "n.a."


def test_a_period_that_nobody_can_place_in_time_is_quarantined(shares: Bench) -> None:
    shares.put("shares.csv", shares_csv("X:Y(1.0),A,T,PC,FR,summer 22,7.5,"))
    (row,) = shares.lands(refused=1)
    assert (row["rule"], row["row_no"]) == ("period_is_readable", 31)


def test_two_values_of_one_series_and_period_are_both_quarantined(rates: Bench) -> None:
    areas = [*AREAS, "FR"]
    rates.put("rates.tsv", rates_tsv(areas=areas, years=("2022",)) + "")
    rates.change(gate={"max_refused_share": 0.1})
    rows = rates.lands(refused=2)
    assert {row["rule"] for row in rows} == {"observation_is_unique"}
    assert [row["row_no"] for row in rows] == [2 + AREAS.index("FR"), 32]


def test_a_flag_that_nobody_knows_is_a_warning(rates: Bench) -> None:
    rates.put("rates.tsv", rates_tsv({("AT", "2022"): "5.0 y"}))
    assert rates.lands(warned="flag_is_known") == []


def test_more_refused_rows_than_the_source_allows_reject_the_load(rates: Bench) -> None:
    rates.put("rates.tsv", rates_tsv({(area, "2022"): "-1 " for area in AREAS[:4]}))
    rates.is_rejected(
        "gate",
        "4 of 60 rows were refused by rate_is_not_negative",
        "more than gate.max_refused_share 0.05",
        "see 'pes quarantine list --source rates'",
    )


def test_a_load_of_which_every_row_is_refused_is_rejected(rates: Bench) -> None:
    rates.put("rates.tsv", rates_tsv({(a, y): "n.a." for a in AREAS for y in ("2021", "2022")}))
    rates.is_rejected("gate", "60 of 60 rows were refused by value_is_a_number")


@pytest.mark.parametrize(
    ("areas", "rows"), [(AREAS[:12], 24), ([*AREAS, *(f"X{n}" for n in range(40))], 140)]
)
def test_a_number_of_rows_far_off_the_last_load_rejects_it(
    rates: Bench, areas: list[str], rows: int
) -> None:
    rates.put("rates.tsv", rates_tsv(areas=areas))
    rates.is_rejected(
        "gate", f"{rows} rows came, 60 last time", "gate.max_change_share", "is 0.5", "stays"
    )


def test_a_size_far_off_the_last_load_rejects_it(rates: Bench) -> None:
    padded = {(area, "2022"): f"7.5{'0' * 40} " for area in AREAS}
    rates.put("rates.tsv", rates_tsv(padded))
    rates.is_rejected("gate", "bytes came", "last time", "gate.max_change_share 0.5", "raise it")


def test_a_table_without_rows_is_rejected(rates: Bench) -> None:
    rates.put("rates.tsv", rates_tsv(areas=[]))
    rates.is_rejected("gate", "the last good load stays")


def test_slices_that_all_vanished_reject_the_load(rates: Bench) -> None:
    rates.put("rates.tsv", rates_tsv(sex="TOTAL"))
    rates.is_rejected("gate", "slices_are_there", "a renamed code makes them vanish", "stays")


def test_one_slice_of_several_that_vanished_is_a_warning(rates: Bench) -> None:
    total = {"concept": "youth_unemployment_rate", "value": {"sex": "T", "unit": "PC_ACT"}}
    women = {"concept": "adult_learning_rate", "value": {"sex": "F", "unit": "PC_ACT"}}
    rates.change(indicator={"series": [total, women]})
    rates.lands(warned="slice_is_there_adult_learning_rate_2_value")


def test_a_slice_in_which_two_series_of_one_area_meet_rejects_the_load(rates: Bench) -> None:
    rates.change(indicator={"series": [{"concept": "adult_learning_rate", "value": {"sex": "T"}}]})
    doubled = rates_tsv().splitlines()
    persons = [line.replace("PC_ACT", "THS_PER") for line in doubled if ",FR\t" in line]
    rates.put("rates.tsv", "\n".join(doubled + persons) + "\n")
    rates.is_rejected(
        "gate", "slice_is_one_series_adult_learning_rate_1_value", "two series of one area",
        "name every dimension", "stays",
    )  # fmt: skip


def test_a_world_bank_error_inside_a_200_is_rejected(figures: Bench) -> None:
    message = {"id": "120", "key": "Invalid value", "value": "The parameter value is not valid"}
    figures.put("answer.json", json.dumps([{"message": [message]}]))
    figures.is_rejected(
        "read", "file answer.json", "answers an error (The parameter value", "check fetch.url"
    )


def test_the_first_of_several_world_bank_pages_is_rejected(figures: Bench) -> None:
    figures.put("answer.json", figures_json(pages=4, total=132))
    figures.is_rejected("read", "33 of 132 observations", "page 1 of 4", "raise per_page")


@pytest.mark.parametrize(
    "text",
    ["[5]", "[null, []]", '{"a": 1}', '[{"page": 0, "pages": 0, "total": 0}, null]'],
)
def test_json_that_is_not_laid_out_as_the_world_bank_does_is_rejected(
    figures: Bench, text: str
) -> None:
    figures.put("answer.json", text)
    figures.is_rejected("read", "file answer.json", "[meta, observations]", "check fetch.url")


def test_json_that_ends_early_is_rejected(figures: Bench) -> None:
    figures.put("answer.json", figures_json()[:500])
    figures.is_rejected("read", "file answer.json", "is not JSON", "fetch it again")


def test_an_observation_without_its_parts_is_rejected_by_its_number(figures: Bench) -> None:
    meta, rows = json.loads(figures_json())
    del rows[6]["country"], rows[6]["countryiso3code"]
    figures.put("answer.json", json.dumps([meta, rows]))
    figures.is_rejected("read", "file answer.json, observation 7", "'country'", "fetch it again")
