"""The seed of areas: what a code means in its scheme, and when a group of countries was one."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

import pytest

from pes_observatory.settings import project_root

with (project_root() / "dbt_project/seeds/geo_area.csv").open(encoding="utf-8", newline="") as file:
    AREAS = {(row["area_scheme"], row["area_code"]): row for row in csv.DictReader(file)}
with (project_root() / "dbt_project/seeds/country.csv").open(encoding="utf-8", newline="") as file:
    COUNTRIES = {row["country_iso3"] for row in csv.DictReader(file)}


# fmt: off
CODES = [
    ("eurostat", "EL", "GRC", "country"),  # not GR
    ("eurostat", "UK", "GBR", "country"),  # not GB
    ("eurostat", "XK", "XKX", "country"),
    ("eurostat", "BE", "BEL", "country"),
    ("eurostat", "BG", "BGR", "country"),
    ("eurostat", "NA", "NAM", "country"),  # and no missing value
    ("eurostat", "EE", "EST", "country"),
    ("eurostat", "FRA", "FRA", "region"),  # the overseas departments until 2017
    ("eurostat", "BE10", "BEL", "region"),
    ("eurostat", "EL30", "GRC", "region"),
    ("eurostat", "UKI", "GBR", "region"),
    ("eurostat", "EEA", "", "aggregate"),  # no region of Estonia
    ("eurostat", "EU27_2020", "", "aggregate"),
    ("eurostat", "EA20", "", "aggregate"),
    ("eurostat", "EA21", "", "aggregate"),
    ("eurostat", "DE_TOT", "", "historical"),
    ("iso2", "GR", "GRC", "country"),
    ("iso2", "GB", "GBR", "country"),
    ("iso2", "NA", "NAM", "country"),
    ("iso2", "EU", "", "aggregate"),
    ("iso3", "BEL", "BEL", "country"),  # EL within it is not Greece
    ("iso3", "BGR", "BGR", "country"),
    ("iso3", "NAM", "NAM", "country"),
    ("iso3", "KOS", "XKX", "country"),  # ILOSTAT
    ("iso3", "XKV", "XKX", "country"),  # OECD
    ("iso3", "XKX", "XKX", "country"),  # World Bank
    ("iso3", "X01", "", "aggregate"),
    ("iso3", "X92", "", "aggregate"),
    ("iso3", "WLD", "", "aggregate"),
    ("iso3", "G7", "", "aggregate"),
    ("iso3", "ANT", "", "historical"),
    ("label_en", "Namibia", "NAM", "country"),
]
# fmt: on


@pytest.mark.parametrize(("scheme", "code", "country", "kind"), CODES)
def test_a_code_means_what_its_scheme_says(scheme: str, code: str, country: str, kind: str) -> None:
    area = AREAS[scheme, code]
    assert (area["country_iso3"], area["area_kind"]) == (country, kind)


@pytest.mark.parametrize("code", ["GR", "GB"])
def test_eurostat_has_no_area_under_the_iso_code_of_greece_or_the_united_kingdom(code: str) -> None:
    assert ("eurostat", code) not in AREAS


def test_an_area_has_a_country_exactly_if_it_is_one_or_lies_in_one() -> None:
    for area in AREAS.values():
        has_country = area["country_iso3"] in COUNTRIES
        assert has_country == (area["area_kind"] in ("country", "region")), area


def test_a_region_lies_in_the_country_of_its_first_two_letters() -> None:
    regions = [area for area in AREAS.values() if area["area_kind"] == "region"]
    assert len(regions) > 700
    for region in regions:
        code = region["area_code"]
        if code != "FX":
            country = AREAS["eurostat", code[:2]]
            assert re.fullmatch(r"[A-Z]{2}[0-9A-Z]{1,2}", code)
            assert region["country_iso3"] == country["country_iso3"]


def in_force(prefix: str, day: date) -> list[str]:
    return sorted(
        code
        for (scheme, code), area in AREAS.items()
        if scheme == "eurostat"
        and re.fullmatch(rf"{prefix}\d\d?(_20\d\d)?", code)
        and area["valid_from"] <= day.isoformat() <= (area["valid_to"] or "9999")
    )


@pytest.mark.parametrize(
    ("prefix", "day", "code"),
    [
        ("EA", date(2022, 12, 31), "EA19"),
        ("EA", date(2023, 1, 1), "EA20"),  # Croatia
        ("EA", date(2025, 12, 31), "EA20"),
        ("EA", date(2026, 1, 1), "EA21"),  # Bulgaria
        ("EU", date(2013, 7, 1), "EU28"),
        ("EU", date(2020, 1, 31), "EU28"),
        ("EU", date(2020, 2, 1), "EU27_2020"),  # without the United Kingdom
    ],
)
def test_on_a_day_the_union_and_the_euro_area_have_one_composition(
    prefix: str, day: date, code: str
) -> None:
    assert in_force(prefix, day) == [code]


def of_one_kind(pattern: str) -> Iterator[tuple[str, str]]:
    for (scheme, code), area in AREAS.items():
        if scheme == "eurostat" and re.fullmatch(pattern, code):
            yield area["valid_from"], area["valid_to"]


@pytest.mark.parametrize("pattern", [r"EA\d\d", r"EU(\d\d?|27_2007|27_2020)(?<!EU27)"])
def test_compositions_follow_each_other_without_gap(pattern: str) -> None:
    spans = sorted(of_one_kind(pattern))
    assert len(spans) >= 8
    for (_, last), (following, _) in pairwise(spans):
        assert date.fromisoformat(last) + timedelta(days=1) == date.fromisoformat(following)
    assert spans[-1][1] == ""


def test_an_area_ends_after_it_began() -> None:
    for area in AREAS.values():
        for key in ("valid_from", "valid_to"):
            assert not area[key] or date.fromisoformat(area[key])
        if area["valid_from"] and area["valid_to"]:
            assert area["valid_from"] <= area["valid_to"]
