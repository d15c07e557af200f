"""Values and flags looked up by a person in files of every provider, and read again.

Each stands as: format, file, what tells the observation, value and flag as printed, value,
status. ``row_no`` is the record after the header, of TSV the line, of JSON-stat the position
of the cell from 1 (the last dimension runs fastest), of SDMX-ML the observation.
"""

from __future__ import annotations

from datetime import date

import pytest

EUROSTAT = "indicators/eurostat"
OECD_OLD = "indicators/oecd/csv/OECD-HOURS_WORKED-1950_2020.csv"
WIDE = f"{EUROSTAT}/wide-csv-belgski/immigration_size_statistics/data.csv"
NUTS_OLD = f"{EUROSTAT}/legacy-databrowser/lfst_r_lfu3rt_1_Data.csv"
RATES_OLD = f"{EUROSTAT}/legacy-databrowser/une_rt_a_1_Data.csv"
VACANCIES = f"{EUROSTAT}/tsv-gz/jvs_a_nace2.tsv.gz"
YOUTH = "indicators/worldbank/csv-api/API_SL.UEM.1524.ZS_DS2_en_csv_v2_6300644.csv"
TOTAL = "indicators/worldbank/zip-csv/unemployment_total.zip"
GDP = "indicators/worldbank/zip-csv/gdp_per_capita.zip"
MIGRANTS = "indicators/worldbank/api-json/pyatkov-index/migrants.json"
JSON_STAT = "indicators/sdmx-corpora/json-stat/pyjstat"
KHAERU = "indicators/sdmx-corpora/khaeru-sdmx-test-data"
ALBANIA = f"{KHAERU}/ESTAT/footer2.zip"
GRADUATES = "indicators/sdmx-corpora/rsdmx/Example_Eurostat_2.1.xml"
BELGIUM = f"{KHAERU}/ESTAT/demography-xs.xml"
RATES = f"{KHAERU}/ECB_EXR/ng-ts-ss.xml"
SDG = "indicators/ilostat/csv/SDG_0852_SEX_AGE_RT_A.csv"
LABOUR = "indicators/oecd/sdmx-csv-belgski/infra_annual_labour/data.csv"

BOTH = "break,low_reliability"
UNSURE = "low_reliability"

VALUES = [
    # Eurostat TSV: flags in pairs, negative, confidential
    ("eurostat_tsv", VACANCIES, (6, "2015"), ("0", "p"), 0, "provisional"),
    ("eurostat_tsv", VACANCIES, (6, "2014"), (":", "c"), None, "confidential"),
    ("eurostat_tsv", VACANCIES, (6, "2008"), (":", ""), None, "missing"),
    ("eurostat_tsv", VACANCIES, (52, "2015"), ("3303", "p"), 3303, "provisional"),
    ("eurostat_tsv", VACANCIES, (9523, "2015"), ("-0.4", "p"), -0.4, "provisional"),
    ("eurostat_tsv", VACANCIES, (9523, "2010"), ("0.1", "bp"), 0.1, "break,provisional"),
    (
        *("eurostat_tsv", f"{EUROSTAT}/tsv-gz/lfst_r_lfu3pers.tsv.gz", (300, "2004")),
        *(("2.7", "bu"), 2.7, BOTH),
    ),
    (
        *("eurostat_tsv", f"{EUROSTAT}/tsv-gz/lfst_r_lfe2emp.tsv.gz", (4000, "2011")),
        *(("408.6", "b"), 408.6, "break"),
    ),
    (
        *("eurostat_tsv", f"{EUROSTAT}/tsv-gz/ilc_peps11.tsv.gz", (5, "2013")),
        *(("25.7", "e"), 25.7, "estimated"),
    ),
    # Eurostat CSV: SDMX, wide (empty cells went through somebody's pandas), and as it was
    (
        *("sdmx_csv", f"{EUROSTAT}/sdmx-csv/tps00203_linear.csv", (19, "2017")),
        *(("7.2", "b"), 7.2, "break"),
    ),
    ("sdmx_csv", WIDE, (3, "2008"), ("1.6", ""), 1.6, "normal"),
    ("sdmx_csv", WIDE, (899, "2024"), ("4.6", ""), 4.6, "normal"),
    ("sdmx_csv", WIDE, (899, "2010"), ("NaN", ""), None, "missing"),
    ("sdmx_csv", NUTS_OLD, (91, "2004"), ("7.1", "u"), 7.1, UNSURE),
    ("sdmx_csv", NUTS_OLD, (251, "2004"), (":", ""), None, "missing"),
    ("sdmx_csv", RATES_OLD, (37, "2005"), ("11.2", "i"), 11.2, "estimated"),
    # OECD: SDMX and as it was
    ("sdmx_csv", LABOUR, (194, "2019"), ("26922.97", "B"), 26922.97, "break"),
    ("sdmx_csv", LABOUR, (6, "2016"), ("21505.15", "A"), 21505.15, "normal"),
    ("sdmx_csv", OECD_OLD, (384, "2020"), ("1402", ""), 1402, "normal"),
    ("sdmx_csv", OECD_OLD, (740, "2019"), ("2139", ""), 2139, "normal"),
    # ILOSTAT
    ("ilostat_csv", SDG, (31, "2020"), ("11.71", "B"), 11.71, "break"),
    ("ilostat_csv", SDG, (9999, "2018"), ("", "U"), None, UNSURE),
    ("ilostat_csv", SDG, (20_000, "2021"), ("22.709", ""), 22.709, "normal"),
    # World Bank
    ("worldbank_zip", YOUTH, (78, "1991"), ("19.505", ""), 19.505, "normal"),
    ("worldbank_zip", YOUTH, (78, "2022"), ("17.751", ""), 17.751, "normal"),
    ("worldbank_zip", YOUTH, (78, "1990"), ("", ""), None, "missing"),
    ("worldbank_zip", YOUTH, (172, "2022"), ("39.777", ""), 39.777, "normal"),
    ("worldbank_zip", TOTAL, (71, "2024"), ("11.394", ""), 11.394, "normal"),
    ("worldbank_zip", TOTAL, (172, "2024"), ("19.148", ""), 19.148, "normal"),
    (
        *("worldbank_zip", GDP, (56, "2023")),
        *(("54343.2265084958", ""), 54343.2265084958, "normal"),
    ),
    ("worldbank_json", MIGRANTS, (183, "2024"), ("116035", ""), 116_035, "normal"),
    ("worldbank_json", MIGRANTS, (66, "2024"), ("2349032", ""), 2_349_032, "normal"),
    # JSON-stat
    (
        *("jsonstat", f"{JSON_STAT}/us-labor-ds.json", (4, "2012")),
        *(("6.5", ""), 6.5, "normal"),
    ),
    (
        *("jsonstat", f"{JSON_STAT}/us-labor-ds.json", (12_880, "2012")),
        *(("15.8", ""), 15.8, "normal"),
    ),
    (
        *("jsonstat", f"{JSON_STAT}/oecd-canada.json", (11, "2013")),
        *(("5.50415003", "e"), 5.50415003, "estimated"),
    ),
    (
        *("jsonstat", f"{JSON_STAT}/oecd-canada.json", (13, "2003")),
        *(("4.278559338", ""), 4.278559338, "normal"),
    ),
    *(
        ("jsonstat", f"{JSON_STAT}/{name}.json", (2, "2001"), ("1096027", ""), 1_096_027, "normal")
        for name in ("galicia", "galicia-ds", "galicia-2.0")
    ),
    # SDMX-ML: generic in a ZIP, generic with NaN, cross-sectional, structure-specific
    ("sdmx_ml", ALBANIA, (1, "2017"), ("9820.6", "e"), 9820.6, "estimated"),
    ("sdmx_ml", ALBANIA, (2, "2016"), ("9457.9", "p"), 9457.9, "provisional"),
    ("sdmx_ml", ALBANIA, (43, "1975"), ("NaN", "na"), None, "missing"),
    ("sdmx_ml", GRADUATES, (3, "2009"), ("43.75", ""), 43.75, "normal"),
    ("sdmx_ml", GRADUATES, (4, "2006"), ("NaN", "na"), None, "missing"),
    ("sdmx_ml", RATES, (4, "2010-08"), ("0.82363", "A"), 0.82363, "normal"),
    (
        "sdmx_ml",
        f"{KHAERU}/ESTAT/NAMA_10_GDP-ss.xml",
        (4, "2015"),
        ("54142.3", ""),
        54142.3,
        "normal",
    ),
]
DIALECT = {
    NUTS_OLD: {"encoding": "latin-1"},
    RATES_OLD: {"encoding": "latin-1"},
    f"{JSON_STAT}/oecd-canada.json": {"sheet": "oecd"},
}

KEYS = [
    (
        *("eurostat_tsv", VACANCIES, (9523, "2015")),
        "geo=FR;indic_em=CH_Y_Y;isco08=TOTAL;nace_r2=B;sizeclas=GE10",
    ),
    (
        *("sdmx_csv", WIDE, (899, "2024")),
        "age=Y15-64;citizen=NEU27_2020_FOR;freq=A;geo=EE;sex=F;unit=PC_POP",
    ),
    (
        *("sdmx_csv", OECD_OLD, (384, "2020")),
        "frequency=A;indicator=HRWKD;location=FRA;measure=HR_WKD;subject=TOT",
    ),
    ("worldbank_zip", YOUTH, (172, "2022"), "indicator=SL.UEM.1524.ZS;ref_area=NAM"),
    ("jsonstat", f"{JSON_STAT}/oecd-canada.json", (13, "2003"), "area=AT;concept=UNR"),
    ("jsonstat", f"{JSON_STAT}/us-labor-ds.json", (12_880, "2012"), "county=72153;labor=unr"),
    ("sdmx_ml", ALBANIA, (1, "2017"), "freq=A;geo=AL;na_item=B1GQ;unit=CLV05_MEUR"),
    ("sdmx_ml", BELGIUM, (1, "2007"), "country=BE;demo=TFRNSI;freq=A;sex=T"),
]


@pytest.fixture
def one(read_real):
    def find(format_name, path, where):
        reading = read_real(format_name, path, **DIALECT.get(path, {"encoding": "utf-8"}))
        return reading.one(row_no=where[0], time_period=where[1])

    return find


@pytest.mark.parametrize(("format_name", "path", "where", "printed", "value", "status"), VALUES)
def test_value_is_read_as_printed(one, format_name, path, where, printed, value, status):
    found = one(format_name, path, where)
    assert (found["obs_value_raw"], found["obs_flag_raw"]) == printed
    assert (found["obs_value"], found["obs_status"]) == (value, status)
    assert found["value_state"] == ("missing" if value is None else "reported")


@pytest.mark.parametrize(("format_name", "path", "where", "key"), KEYS)
def test_a_series_is_named_by_all_its_dimensions(one, format_name, path, where, key):
    assert one(format_name, path, where)["series_key"] == key


def test_the_providers_own_date_is_kept_of_every_format(one):
    assert one("worldbank_zip", YOUTH, (1, "1960"))["provider_updated_at"] == "2023-12-18"
    json_stat = one("jsonstat", f"{JSON_STAT}/galicia-2.0.json", (1, "2001"))
    assert json_stat["provider_updated_at"] == "2012-12-27T12:25:09Z"
    assert one("sdmx_ml", ALBANIA, (1, "2017"))["provider_updated_at"] is None


def test_values_in_thousands_and_millions_say_so(one, read_real):
    assert one("sdmx_csv", LABOUR, (194, "2019"))["unit_mult"] == 3
    assert one("sdmx_csv", LABOUR, (5513, "2024"))["unit_mult"] == 0
    insee = one("sdmx_ml", "indicators/sdmx-corpora/readsdmx/insee_ssd.xml", (1, "2018-Q1"))
    assert (insee["unit_mult"], insee["period_start"]) == (6, date(2018, 1, 1))
    path = f"{JSON_STAT}/oecd-canada.json"
    canada = read_real("jsonstat", path, sheet="canada")
    assert [canada.one(row_no=number)["unit_mult"] for number in (1, 4)] == [3, 0]
    assert canada.one(row_no=8)["obs_value_raw"] == "988.7"
