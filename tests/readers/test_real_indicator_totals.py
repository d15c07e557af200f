"""Whole files against a second, independent parse: as many values, and the same sum."""

from __future__ import annotations

import csv
import gzip
import json
import re

import pandas as pd
import pytest

NUMBER = re.compile(r"-?[0-9.]+")


def values_of_tsv(path) -> list[float]:
    """Eurostat's wide table by plain text work: split at tabs, take the number, drop the rest."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as stream:
        next(stream)
        cells = [cell.strip() for line in stream for cell in line.rstrip("\n").split("\t")[1:]]
    return [float(NUMBER.match(cell)[0]) for cell in cells if not cell.startswith(":")]


def values_of_csv(column: str):
    def parse(path) -> list[float]:
        table = pd.read_csv(path, dtype=str, encoding="utf-8-sig", keep_default_na=False)
        return [float(value) for value in table[column] if value]

    return parse


def values_of_json(path) -> list[float]:
    _, rows = json.loads(path.read_text(encoding="utf-8"))
    return [row["value"] for row in rows if row["value"] is not None]


FILES = [
    ("eurostat_tsv", "indicators/eurostat/tsv/lfst_r_lfu3rt.tsv", values_of_tsv),
    ("eurostat_tsv", "indicators/eurostat/tsv-gz/trng_lfse_04.tsv.gz", values_of_tsv),
    ("eurostat_tsv", "indicators/eurostat/tsv/tgs00010.tsv", values_of_tsv),
    ("sdmx_csv", "indicators/eurostat/sdmx-csv/sdg_08_10_linear.csv", values_of_csv("OBS_VALUE")),
    ("sdmx_csv", "indicators/eurostat/sdmx-csv/estat_tipsun20_en.csv", values_of_csv("OBS_VALUE")),
    (
        "sdmx_csv",
        "indicators/oecd/sdmx-csv-belgski/infra_annual_labour/data.csv",
        values_of_csv("OBS_VALUE"),
    ),
    ("ilostat_csv", "indicators/ilostat/csv/SDG_0861_SEX_RT_A.csv", values_of_csv("obs_value")),
    (
        "ilostat_csv",
        "indicators/ilostat/csv-labels/EMP_NIFL_SEX_RT_A-20240726T0000.csv",
        values_of_csv("obs_value"),
    ),
    (
        "worldbank_json",
        "indicators/worldbank/api-json/pyatkov-index/population.json",
        values_of_json,
    ),
]


@pytest.mark.parametrize(("format_name", "path", "parse"), FILES)
def test_no_value_is_lost_or_altered(inputs, read_real, format_name, path, parse):
    encoding = "utf-8-sig" if format_name == "ilostat_csv" else "utf-8"
    count, total = read_real(format_name, path, encoding=encoding).values()
    expected = parse(inputs / path)
    assert count == len(expected)
    assert total == pytest.approx(sum(expected), rel=1e-12)


def test_every_line_of_a_large_file_keeps_its_number(inputs, read_real):
    """DuckDB reads in parallel; the line numbers must be the file's all the same."""
    path = "indicators/eurostat/tsv/lfst_r_lfu3rt.tsv"
    rows = read_real("eurostat_tsv", path, encoding="utf-8").rows
    read = {(row["row_no"], row["ref_area"], row["sex"], row["age"]) for row in rows}
    with (inputs / path).open(encoding="utf-8") as stream:
        next(stream)
        keys = [line.split("\t", 1)[0].split(",") for line in stream]
    assert read == {(no, geo, sex, age) for no, (age, sex, geo) in enumerate(keys, start=2)}


def test_every_record_of_a_large_csv_keeps_its_number(inputs, read_real):
    path = "indicators/ilostat/csv/SDG_0852_SEX_AGE_RT_A.csv"
    reading = read_real("ilostat_csv", path, encoding="utf-8-sig")
    read = zip(*map(reading.column, ("row_no", "ref_area", "time_period", "sex")), strict=True)
    with (inputs / path).open(encoding="utf-8-sig", newline="") as stream:
        printed = list(csv.DictReader(stream))
    assert set(read) == {
        (no, row["ref_area"], row["time"], row["sex"]) for no, row in enumerate(printed, start=1)
    }
