"""``pes run`` over all providers: the recorded tables land, and a second run asks the minimum."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import duckdb
import pytest
from support.examples import Example
from support.nights import pes_here
from support.replay import (
    EmplReplay,
    EurostatReplay,
    IlostatReplay,
    OecdReplay,
    Replay,
    WorldBankReplay,
    specimen,
)
from support.server import ScriptedServer, ok
from support.sources import SourceFolder

from pes_observatory.landing import last_good
from pes_observatory.outcomes import step_outcomes
from pes_observatory.settings import Home

# looked up in the recorded files by grep: rows, and of an observation a part of its series key, its
# area and period, with its value as printed and its status
Spots = dict[tuple[str, str, str], tuple[str, str]]
LANDS: dict[str, tuple[int, Spots]] = {
    "unemployment": (
        1422,
        {
            ("age=Y15-24;", "EL", "2013"): ("59.2", "normal"),
            ("age=Y15-24;", "FR", "2021"): ("18.9", "definition_differs"),
            ("age=Y15-24;", "BG", "2010"): ("25.1", "break"),
            ("age=Y15-74;", "BG", "2010"): ("11.3", "break"),
            ("age=Y15-74;", "DK", "2016"): ("6.0", "break"),
            ("age=Y15-24;", "ES", "2023"): ("28.7", "definition_differs"),
            ("age=Y25-74;", "PL", "2010"): ("8.4", "break"),
            ("age=Y15-74;", "HR", "2012"): ("16.1", "break"),
            ("age=Y25-74;", "DK", "2019"): ("4.2", "normal"),
            ("age=Y15-24;", "MT", "2010"): ("13.2", "normal"),
            ("age=Y15-24;", "FI", "2016"): ("20.5", "normal"),
            ("age=Y15-24;", "EL", "2012"): ("55.9", "normal"),
        },
    ),
    "unemployment_30": (
        1314,
        {
            ("unit=PC_ACT;", "BE", "2017"): ("7.2", "break"),
            ("unit=PC_ACT;", "BG", "2011"): ("12.3", "break"),
            ("unit=PC_POP;", "FR", "2021"): ("4.9", "definition_differs"),
            ("unit=THS_PER;", "DE", "2011"): ("2230", "break"),
            ("unit=PC_POP;", "CZ", "2011"): ("4.2", "break"),
            ("unit=PC_ACT;", "EE", "2018"): ("5.4", "normal"),
            ("unit=PC_POP;", "BG", "2021"): ("3.3", "normal"),
            ("unit=THS_PER;", "IS", "2015"): ("8", "normal"),
        },
    ),
    "training": (
        1455 * 16,
        {
            ("sex=F;unit=PC", "FR", "2014"): ("20.8", "break"),
            ("sex=F;unit=PC", "AT", "2000"): ("7.4", "normal"),
            ("sex=F;unit=PC", "BG", "2000"): (":", "missing"),
            ("sex=M;unit=PC", "TR4", "2011"): ("3.6", "normal"),
            ("sex=M;unit=PC", "DEA3", "2000"): ("5.7", "normal"),
            ("sex=F;unit=PC", "UKH3", "2010"): ("22.4", "normal"),
            ("sex=T;unit=PC", "ITH1", "2000"): ("6.8", "break"),
            ("sex=F;unit=PC", "ITF5", "2006"): ("7.2", "break"),
            ("sex=T;unit=PC", "PL2", "2010"): ("5.2", "break"),
            ("sex=F;unit=PC", "FI2", "2004"): (":", "low_reliability"),
            ("sex=F;unit=PC", "TRA1", "2007"): ("1.1", "low_reliability"),
            ("sex=T;unit=PC", "UKJ2", "2006"): ("30.8", "break,low_reliability"),
            ("sex=M;unit=PC", "EL13", "2008"): (":", "break,low_reliability"),
            ("sex=M;unit=PC", "EL64", "2009"): (":", "missing"),
            ("sex=F;unit=PC", "EU27", "2000"): ("7.6", "estimated"),
            ("sex=T;unit=PC", "EA17", "2001"): ("5.3", "estimated"),
        },
    ),
    "labour_policy": (1314, {("unit=PC_ACT;", "CZ", "2011"): ("6.7", "break")}),
    "neet": (
        6262,
        {
            ("sex=SEX_T", "AFG", "2020"): ("53.76", "break"),
            ("sex=SEX_T", "FRA", "2019"): ("12.62", "normal"),
            ("sex=SEX_M", "PRY", "1998"): ("11.1", "break"),
            ("sex=SEX_M", "VNM", "2007"): ("8.99", "break"),
            ("sex=SEX_T", "USA", "1994"): ("15.29", "break"),
            ("sex=SEX_O", "IND", "2018"): ("", "low_reliability"),
            ("sex=SEX_F", "CAN", "2003"): ("12.92", "normal"),
            ("sex=SEX_M", "X04", "2006"): ("14.33", "normal"),
            ("sex=SEX_M", "LUX", "2016"): ("5.06", "normal"),
            ("sex=SEX_T", "MNG", "2010"): ("17.63", "normal"),
        },
    ),
    "participation": (
        6890,
        {
            ("measure=LF_WAP;", "FRA", "2019"): ("55.25", "normal"),
            ("measure=LF_WAP;", "FRA", "2020"): ("54.525", "break"),
            ("measure=LF_WAP;", "TUR", "2013"): ("50.275", "break"),
            ("measure=OLF_WAP;", "CZE", "2020"): ("40.225", "normal"),
            ("measure=OLF;", "BEL", "2020"): ("4362.275", "break"),
            ("measure=UNE;", "COL", "2015"): ("2092.794", "normal"),
            ("measure=UNE;", "SWE", "2018"): ("346.475", "normal"),
        },
    ),
    "migrants": (
        262,
        {
            ("", "KEN", "2024"): ("992536", "normal"),
            ("", "KIR", "2024"): ("3302", "normal"),
            ("", "LBY", "2024"): ("897751", "normal"),
            ("", "ZMB", "2024"): ("249205", "normal"),
            ("", "CZE", "2024"): ("1025199", "normal"),
            ("", "STP", "2024"): ("1955", "normal"),
        },
    ),
    "gdp_in_two_pages": (
        7,
        {
            ("", "NOR", "2024"): ("500886328034.123", "normal"),
            ("", "NOR", "2018"): ("", "missing"),
        },
    ),
    "unemployment_zip": (
        266 * 65,
        {
            ("", "FRA", "1991"): ("9.134", "normal"),
            ("", "SSD", "2021"): ("14.029", "normal"),
            ("", "MAF", "2020"): ("", "missing"),
            ("", "SUR", "1996"): ("10.88", "normal"),
            ("", "TEC", "1997"): ("10.6483147591901", "normal"),
            ("", "GEO", "1996"): ("11.5", "normal"),
            ("", "JPN", "2009"): ("5.068", "normal"),
            ("", "LBY", "2003"): ("19.045", "normal"),
        },
    ),
    "unemployment_cube": (
        4,
        {("sex=F", "EL", "2022"): ("", "confidential"), ("sex=T", "EL", "2023"): ("26.6", "break")},
    ),
}


# four cells in the layout of Eurostat's statistics API: one confidential, one after a break
CUBE = {
    "version": "2.0",
    "class": "dataset",
    "updated": "2024-02-01T23:00:00+0100",
    "id": ["freq", "sex", "geo", "time"],
    "size": [1, 2, 1, 2],
    "dimension": {
        "freq": {"category": {"index": {"A": 0}}},
        "sex": {"category": {"index": {"T": 0, "F": 1}}},
        "geo": {"category": {"index": {"EL": 0}}},
        "time": {"category": {"index": {"2022": 0, "2023": 1}}},
    },
    "value": {"0": 31.4, "1": 26.6, "3": 28.9},
    "status": {"1": "b", "2": "|C"},
}


@dataclass
class Night:
    """The providers, and a home that has run once against them."""

    server: ScriptedServer
    home: Home
    sources: SourceFolder

    def run(self) -> tuple[int, str]:
        places = {"PES_HOME": str(self.home.root), "PES_SOURCES": str(self.sources.root)}
        return pes_here({**places, "NO_PROXY": "127.0.0.1"}, "run")

    def requests(self) -> Counter[str]:
        """How often each provider was asked."""
        return Counter(each.path.split("/")[1] for each in self.server.log)


def providers(server: ScriptedServer) -> Iterator[tuple[Replay, Example]]:
    """Every adapter with a recorded table, told to have changed on the first of February."""
    eurostat, empl = EurostatReplay(server), EmplReplay(server)
    ilostat, oecd, bank = IlostatReplay(server), OecdReplay(server), WorldBankReplay(server)
    linear = ok(specimen("eurostat/sdmx-csv/tps00203_linear.csv"))
    day = "01.02.2024"
    eurostat.says(tipsun20=day, tps00203=day, trng_lfse_04=day, une_rt_a=day)
    eurostat.at(
        "/sdmx/2.1/data/tipsun20?format=SDMX-CSV&compressed=true",
        ok(gzip.compress(specimen("eurostat/sdmx-csv/estat_tipsun20_en.csv"))),
    )
    eurostat.at(eurostat.data("tps00203"), linear)
    eurostat.at(
        eurostat.data("trng_lfse_04", form="TSV"),
        ok(specimen("eurostat/tsv-gz/trng_lfse_04.tsv.gz")),
    )
    yield (
        eurostat,
        eurostat.source("tipsun20", "sdmx_csv", "unemployment", sdmx_version="2.1"),
    )
    yield eurostat, eurostat.source("tps00203", "sdmx_csv", "unemployment_30")
    yield eurostat, eurostat.source("trng_lfse_04", "eurostat_tsv", "training")
    cube_path = "/statistics/1.0/data/une_rt_a?format=JSON&lang=EN&geo=EL"
    eurostat.at(cube_path, ok(json.dumps(CUBE).encode()))
    yield (
        eurostat,
        eurostat.source("une_rt_a", "jsonstat", "unemployment_cube", filter={"geo": ["EL"]}),
    )
    empl.says(LMP="01.02.2024")
    empl.at(empl.data("LMP"), linear)
    yield empl, empl.source("LMP", "sdmx_csv", "labour_policy")
    ilostat.says(SDG_0861_SEX_RT_A="01/02/2024")
    neet = specimen("ilostat/csv/SDG_0861_SEX_RT_A.csv")
    ilostat.at(ilostat.data("SDG_0861_SEX_RT_A"), ok(gzip.compress(neet)))
    yield ilostat, ilostat.source("SDG_0861_SEX_RT_A", "ilostat_csv", "neet")
    oecd.says("2024-02-01")
    oecd.at(oecd.data(), ok(specimen("oecd/sdmx-csv-belgski/infra_annual_labour/data.csv")))
    yield oecd, oecd.source(oecd.dataset, "sdmx_csv", "participation")
    bank.says("2024-02-01")
    migrants = specimen("worldbank/api-json/pyatkov-index/migrants.json")
    bank.at(bank.data("SM.POP.TOTL"), ok(migrants))
    yield bank, bank.source("SM.POP.TOTL", "worldbank_json", "migrants")
    recorded = json.loads(specimen("worldbank/api-json/askstat/worldbank_response.json"))
    for page in (1, 2):
        body = json.dumps(recorded[f"page{page}"]).encode()
        bank.at(bank.data("NY.GDP.MKTP.CD", page), ok(body))
    yield bank, bank.source("NY.GDP.MKTP.CD", "worldbank_json", "gdp_in_two_pages")
    path = "/en/country/all/indicator/SL.UEM.TOTL.ZS?source=2&downloadformat=csv"
    bank.at(path, ok(specimen("worldbank/zip-csv/unemployment_total.zip")))
    yield bank, bank.source("SL.UEM.TOTL.ZS", "worldbank_zip", "unemployment_zip")


@pytest.fixture(scope="module")
def night(_listening: ScriptedServer, tmp_path_factory: pytest.TempPathFactory) -> Night:
    """A whole night, from the first request to the release."""
    _listening.forget()
    folder = tmp_path_factory.mktemp("night")
    made = Night(_listening, Home(folder / "home"), SourceFolder(folder / "sources"))
    for _, example in providers(_listening):
        made.sources.write(*example)
    exit_code, printed = made.run()
    assert exit_code == 0, printed
    return made


def observations(home: Home, source_id: str) -> duckdb.DuckDBPyRelation:
    load = last_good(home, "observations", source_id)
    assert load is not None
    return duckdb.read_parquet(str(load.accepted_path))


@pytest.mark.slow
@pytest.mark.parametrize("source_id", LANDS)
def test_the_recorded_table_lands_with_its_values_and_flags(night: Night, source_id: str) -> None:
    rows, spots = LANDS[source_id]
    landed = observations(night.home, source_id)
    assert landed.count("*").fetchone() == (rows,)
    for (key, area, period), expected in spots.items():
        found = (
            landed.filter(f"contains(series_key || ';', '{key}')")
            .filter(f"ref_area = '{area}' AND time_period = '{period}'")
            .project("obs_value_raw, obs_status")
        )
        assert found.fetchall() == [expected], (key, area, period)


@pytest.mark.slow
def test_the_first_night_asks_for_each_page_of_changes_once_and_each_table_once(
    night: Night,
) -> None:
    asked = night.requests()
    tables = Counter(each.source.fetch.api for each in night.sources.all())
    assert asked == {api: 1 + count for api, count in tables.items()} | {
        "worldbank": 1 + tables["worldbank"] + 1  # the second page
    }


@pytest.mark.slow
def test_a_second_night_asks_each_provider_once_and_publishes_nothing(night: Night) -> None:
    releases = sorted(path.name for path in night.home.releases.iterdir())
    before = len(step_outcomes(night.home))
    night.server.log.clear()
    exit_code, printed = night.run()
    assert exit_code == 0, printed
    assert night.requests() == dict.fromkeys(
        ("eurostat", "empl", "ilostat", "oecd", "worldbank"), 1
    )
    outcomes = {row["outcome"] for row in step_outcomes(night.home)[before:]}
    assert outcomes == {"unchanged"}
    assert sorted(path.name for path in night.home.releases.iterdir()) == releases


@pytest.mark.slow
def test_each_fetch_says_what_told_of_the_change(night: Night) -> None:
    rows = [row for row in step_outcomes(night.home) if row["step"] == "fetch"]
    said = {row["source_id"]: row["detail"].rpartition(" by ")[2] for row in rows}
    assert {said[each] for each in ("unemployment", "training", "labour_policy", "neet")} == {
        "table of contents"
    }
    assert said["participation"] == "content constraint"
    assert said["migrants"] == "lastupdated"
