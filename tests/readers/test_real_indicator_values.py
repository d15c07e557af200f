"""Values looked up by a person in the providers' own files, with their line, and read again.

``row_no`` is the line of the file in Eurostat TSV, and the record after the header elsewhere
(line 26 of a CSV is record 25). Each value stands as: file, row, area, period, the value and
the flag as printed, the value, the status.
"""

from __future__ import annotations

from datetime import date

import pytest

TSV = "indicators/eurostat/tsv"
TSV_GZ = "indicators/eurostat/tsv-gz"
SDMX = "indicators/eurostat/sdmx-csv"
LABOUR = "indicators/oecd/sdmx-csv-belgski/infra_annual_labour/data.csv"
DEBT = "indicators/oecd/sdmx-csv-belgski/debt/data.csv"
ILO = "indicators/ilostat/csv"
ILO_LABELS = "indicators/ilostat/csv-labels/EMP_NIFL_SEX_RT_A-20240726T0000.csv"
BANK = "indicators/worldbank/api-json/pyatkov-index"
BOTH = "break,low_reliability"

ROWS = [
    ("eurostat_tsv", f"{TSV}/lfst_r_lfu3rt.tsv", 84_060),
    ("eurostat_tsv", f"{TSV}/armutsquote_erwerbst.tsv", 817),
    ("eurostat_tsv", f"{TSV}/unemployment.tsv", 1_539),
    ("eurostat_tsv", f"{TSV}/tgs00010.tsv", 12_168),
    ("eurostat_tsv", f"{TSV_GZ}/trng_lfse_04.tsv.gz", 23_280),
    ("eurostat_tsv", f"{TSV_GZ}/educ_uoe_fine06.tsv.gz", 1_950),
    ("sdmx_csv", f"{SDMX}/estat_tipsun20_en.csv", 1_422),
    ("sdmx_csv", f"{SDMX}/sdg_08_10_linear.csv", 1_798),
    ("sdmx_csv", f"{SDMX}/estat_une_rt_m_filtered_en.csv", 10_924),
    ("sdmx_csv", f"{SDMX}/isoc_sk_dskl_i21.csv", 3_476),
    ("sdmx_csv", LABOUR, 6_890),
    ("sdmx_csv", DEBT, 695),
    ("ilostat_csv", f"{ILO}/SDG_0861_SEX_RT_A.csv", 6_262),
    ("ilostat_csv", f"{ILO}/SDG_0852_SEX_AGE_RT_A.csv", 25_730),
    ("ilostat_csv", ILO_LABELS, 3_559),
    ("worldbank_json", f"{BANK}/population.json", 264),
    ("worldbank_json", f"{BANK}/migrants.json", 262),
]

TSV_VALUES = [
    (f"{TSV}/lfst_r_lfu3rt.tsv", 2, "AT", "2013", ("9.4", "b"), 9.4, "break"),
    (f"{TSV}/lfst_r_lfu3rt.tsv", 2, "AT", "2012", ("8.7", ""), 8.7, "normal"),
    (f"{TSV}/lfst_r_lfu3rt.tsv", 3, "AT1", "2003", ("9.1", "u"), 9.1, "low_reliability"),
    (f"{TSV}/lfst_r_lfu3rt.tsv", 4, "AT11", "2013", (":", "u"), None, "low_reliability"),
    (f"{TSV}/lfst_r_lfu3rt.tsv", 5605, "UKN0", "2013", ("5.3", ""), 5.3, "normal"),
    (f"{TSV}/armutsquote_erwerbst.tsv", 16, "EU", "2008", ("8.6", "e"), 8.6, "estimated"),
    (f"{TSV}/armutsquote_erwerbst.tsv", 16, "EU", "2003", (":", ""), None, "missing"),
    (f"{TSV}/armutsquote_erwerbst.tsv", 26, "IT", "2021", ("11.6", "p"), 11.6, "provisional"),
    (f"{TSV}/unemployment.tsv", 11, "ES", "2021", ("34.8", "d"), 34.8, "definition_differs"),
    (f"{TSV}/unemployment.tsv", 82, "SK", "2011", ("11.6", "b"), 11.6, "break"),
    (f"{TSV}/tgs00010.tsv", 2, "AT11", "2007", (":", "bu"), None, BOTH),
    (f"{TSV}/tgs00010.tsv", 1015, "UKN0", "2017", ("4.6", ""), 4.6, "normal"),
    (f"{TSV_GZ}/trng_lfse_04.tsv.gz", 2, "AT", "2015", ("15.4", ""), 15.4, "normal"),
    (f"{TSV_GZ}/trng_lfse_04.tsv.gz", 28, "BE34", "2006", ("5.9", "bu"), 5.9, BOTH),
    (f"{TSV_GZ}/trng_lfse_04.tsv.gz", 32, "BG31", "2006", (":", "bu"), None, BOTH),
    (f"{TSV_GZ}/trng_lfse_04.tsv.gz", 144, "EL41", "2001", (":", "b"), None, "break"),
    (f"{TSV_GZ}/educ_uoe_fine06.tsv.gz", 269, "IS", "2013", (":", "z"), None, "not_applicable"),
    (
        f"{TSV_GZ}/educ_uoe_fine06.tsv.gz",
        269,
        "IS",
        "2012",
        (":", "zd"),
        None,
        "definition_differs,not_applicable",
    ),
]
SDMX_VALUES = [
    (f"{SDMX}/estat_tipsun20_en.csv", 25, "BE", "2017", ("19.4", "b"), 19.4, "break"),
    (f"{SDMX}/estat_tipsun20_en.csv", 173, "ES", "2021", ("35.0", "d"), 35.0, "definition_differs"),
    (f"{SDMX}/estat_tipsun20_en.csv", 246, "HR", "2024", ("16.8", "u"), 16.8, "low_reliability"),
    (f"{SDMX}/sdg_08_10_linear.csv", 745, "RO", "2000", ("", "c"), None, "confidential"),
    (f"{SDMX}/sdg_08_10_linear.csv", 432, "HR", "2022", ("14540", "e"), 14540, "estimated"),
    (f"{SDMX}/sdg_08_10_linear.csv", 1798, "UK", "2019", ("0.8", ""), 0.8, "normal"),
    (f"{SDMX}/isoc_sk_dskl_i21.csv", 3476, "Türkiye", "2023", ("7.32", ""), 7.32, "normal"),
    (
        f"{SDMX}/estat_une_rt_m_filtered_en.csv",
        640,
        "Denmark",
        "2023-10",
        ("6.1", "b"),
        6.1,
        "break",
    ),
    (LABOUR, 1, "ISR", "2016", ("6119.908", "A"), 6119.908, "normal"),
    (LABOUR, 7, "IRL", "2020", ("2430.75", "B"), 2430.75, "break"),
    (
        LABOUR,
        193,
        "DEU",
        "2020",
        ("27057.78", "E"),
        27057.78,
        "estimated",
    ),
    (
        LABOUR,
        5512,
        "CAN",
        "2023",
        ("65.79166", "A"),
        65.79166,
        "normal",
    ),
]
ILO_VALUES = [
    (f"{ILO}/SDG_0861_SEX_RT_A.csv", 1, "ABW", "2010", ("16.56", ""), 16.56, "normal"),
    (f"{ILO}/SDG_0861_SEX_RT_A.csv", 268, "AUT", "2003", ("", "U"), None, "low_reliability"),
    (f"{ILO}/SDG_0861_SEX_RT_A.csv", 5228, "TUN", "2014", ("31.5", "B"), 31.5, "break"),
    (
        f"{ILO}/SDG_0852_SEX_AGE_RT_A.csv",
        1762,
        "BGR",
        "2022",
        ("10.657", "U"),
        10.657,
        "low_reliability",
    ),
    (ILO_LABELS, 7, "Angola", "2019", ("88.195", "Break in series"), 88.195, "break"),
    (ILO_LABELS, 286, "Bangladesh", "2022", ("100", "Unreliable"), 100, "low_reliability"),
    (ILO_LABELS, 1602, "India", "2022", ("", "Unreliable"), None, "low_reliability"),
    (ILO_LABELS, 2228, "Mali", "2020", ("94.031", ""), 94.031, "normal"),
]
BANK_VALUES = [
    (f"{BANK}/population.json", 86, "TCD", "2025", ("21003705", ""), 21_003_705, "normal"),
    (f"{BANK}/population.json", 121, "DEU", "2025", ("83491249", ""), 83_491_249, "normal"),
    (f"{BANK}/migrants.json", 262, "ZWE", "2024", ("429108", ""), 429_108, "normal"),
]
VALUES = [
    *[("eurostat_tsv", *value) for value in TSV_VALUES],
    *[("sdmx_csv", *value) for value in SDMX_VALUES],
    *[("ilostat_csv", *value) for value in ILO_VALUES],
    *[("worldbank_json", *value) for value in BANK_VALUES],
]


def encoding_of(format_name: str) -> str:
    return "utf-8-sig" if format_name == "ilostat_csv" else "utf-8"


@pytest.mark.parametrize(("format_name", "path", "rows"), ROWS)
def test_every_printed_cell_becomes_an_observation(read_real, format_name, path, rows):
    assert len(read_real(format_name, path, encoding=encoding_of(format_name))) == rows


@pytest.mark.parametrize(
    ("format_name", "path", "row_no", "area", "period", "printed", "value", "status"), VALUES
)
def test_value_is_read_as_printed(
    read_real, format_name, path, row_no, area, period, printed, value, status
):
    reading = read_real(format_name, path, encoding=encoding_of(format_name))
    found = reading.one(row_no=row_no, time_period=period)
    assert found["ref_area"] == area
    assert (found["obs_value_raw"], found["obs_flag_raw"]) == printed
    assert found["obs_value"] == value
    assert found["obs_status"] == status
    assert found["value_state"] == ("missing" if value is None else "reported")


def test_dimensions_are_kept_as_printed_beside_the_value(read_real):
    tsv = read_real("eurostat_tsv", f"{TSV}/lfst_r_lfu3rt.tsv", encoding="utf-8")
    first = tsv.one(row_no=2, time_period="2013")
    assert (first["sex"], first["age"], first["unit"]) == ("F", "Y15-24", None)
    assert first["series_key"] == "age=Y15-24;geo=AT;sex=F"
    assert (first["freq"], first["period_start"]) == ("A", date(2013, 1, 1))

    oecd = read_real("sdmx_csv", LABOUR, encoding="utf-8")
    canada = oecd.one(row_no=5512)
    assert (canada["sex"], canada["age"], canada["unit"]) == ("_T", "Y_GE15", "PT_WAP_SUB")
    assert "measure=LF_WAP" in canada["series_key"].split(";")

    labelled = read_real("ilostat_csv", ILO_LABELS, encoding="utf-8-sig").one(row_no=2228)
    assert labelled["sex"] == "Sex: Total"
    source = "source.label=LFS - Continous Household Employment Survey"
    assert source in labelled["series_key"].split(";")


def test_months_are_placed_in_time(read_real):
    path = f"{SDMX}/estat_une_rt_m_filtered_en.csv"
    denmark = read_real("sdmx_csv", path, encoding="utf-8").one(row_no=640)
    assert (denmark["freq"], denmark["period_start"]) == ("M", date(2023, 10, 1))


def test_the_providers_own_date_is_kept(read_real):
    path = f"{SDMX}/estat_tipsun20_en.csv"
    eurostat = read_real("sdmx_csv", path, encoding="utf-8").one(row_no=25)
    assert eurostat["provider_updated_at"] == "2025-04-14T23:00:00"
    bank = read_real("worldbank_json", f"{BANK}/population.json", encoding="utf-8").one(row_no=86)
    assert bank["provider_updated_at"] == "2026-07-13"


def test_a_declared_source_names_its_provider(read_real):
    belgium = read_real(
        "sdmx_csv", f"{SDMX}/estat_tipsun20_en.csv", source="youth_unemployment_eurostat"
    ).one(row_no=25)
    assert (belgium["provider"], belgium["dataset"]) == ("eurostat", "tipsun20")
    assert (belgium["area_scheme"], belgium["basis"]) == ("eurostat", "reported")
