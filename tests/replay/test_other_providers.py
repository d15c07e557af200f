"""ILOSTAT, the OECD and the World Bank, replayed: what is asked, and what counts as unchanged."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from support.examples import Example, shares_csv
from support.fetched import Fetched
from support.replay import IlostatReplay, OecdReplay, Replay, WorldBankReplay, refusal, specimen
from support.server import ok, status

Asking = Callable[[Example], Fetched]
TABLE = shares_csv().encode()


class TestIlostat:
    NEET = "SDG_0861_SEX_RT_A"

    def test_codes_are_joined_by_a_plus_that_travels_as_it_is(
        self, ilostat: IlostatReplay, fetched: Asking
    ) -> None:
        real = gzip.compress(specimen("ilostat/csv/SDG_0861_SEX_RT_A.csv"), mtime=0)
        asked = "&ref_area=FRA+KEN&sex=SEX_T&timefrom=2015&timeto=2022"
        ilostat.says(SDG_0861_SEX_RT_A="01/02/2024 10:00:00")
        ilostat.at(ilostat.data(self.NEET, asked), ok(real))
        filtered = {"ref_area": ["FRA", "KEN"], "sex": ["SEX_T"]}
        period = {"start_period": "2015", "end_period": "2022"}
        example = ilostat.source(self.NEET, "ilostat_csv", "neet", filter=filtered, **period)
        source = fetched(example)
        assert source.fetch().outcome == "landed"
        assert source.bodies() == {"SDG_0861_SEX_RT_A.csv.gz": real}

    def test_no_parameter_is_blank_as_that_would_mean_all(
        self, ilostat: IlostatReplay, fetched: Asking
    ) -> None:
        ilostat.says(SDG_0861_SEX_RT_A="01/02/2024 10:00:00")
        ilostat.at(ilostat.data(self.NEET), ok(gzip.compress(TABLE)))
        fetched(ilostat.source(self.NEET, "ilostat_csv", "neet")).fetch()
        asked = [each.path for each in ilostat.server.log]
        assert len(asked) == 2
        assert not [path for path in asked if "=&" in path or path.endswith("=")]

    def test_we_say_who_asks_as_it_answers_no_stranger(
        self, ilostat: IlostatReplay, fetched: Asking
    ) -> None:
        ilostat.says()
        ilostat.at(ilostat.data(self.NEET), ok(gzip.compress(TABLE)))
        fetched(ilostat.source(self.NEET, "ilostat_csv", "neet")).fetch()
        agents = {each.headers["User-Agent"].partition("/")[0] for each in ilostat.server.log}
        assert agents == {"pes-observatory"}

    def test_two_unchanged_indicators_cost_one_request(
        self, ilostat: IlostatReplay, fetched: Asking
    ) -> None:
        ilostat.says(ONE_A="01/02/2024", TWO_A="03/02/2024")
        both = []
        for dataset in ("ONE_A", "TWO_A"):
            ilostat.at(ilostat.data(dataset), ok(gzip.compress(TABLE)))
            both.append(fetched(ilostat.source(dataset, "ilostat_csv")))
            both[-1].fetch()
        ilostat.server.log.clear()
        outcomes = [source.fetch("one night") for source in both]
        assert [each.outcome for each in outcomes] == ["unchanged", "unchanged"]
        assert len(ilostat.server.log) == 1
        assert [source.items()[0].change_stamp for source in both] == ["01/02/2024", "03/02/2024"]

    @pytest.mark.parametrize(
        ("printed", "requests"), [("01/02/2024", (1, 1, 0)), ("01/02/2024 10:00:00", (1, 0, 0))]
    )
    def test_a_day_that_is_not_over_is_not_believed_and_an_hour_is(
        self,
        ilostat: IlostatReplay,
        fetched: Asking,
        monkeypatch: pytest.MonkeyPatch,
        printed: str,
        requests: tuple[int, ...],
    ) -> None:
        ilostat.says(ONE_A=printed)
        ilostat.at(ilostat.data("ONE_A"), ok(gzip.compress(TABLE)))
        source = fetched(ilostat.source("ONE_A", "ilostat_csv"))
        assert _times_asked(source, ilostat, monkeypatch) == requests

    def test_a_table_beyond_its_limit_is_asked_for_by_year(
        self, ilostat: IlostatReplay, fetched: Asking
    ) -> None:
        """Its table of contents says that the data start in 2021."""
        ilostat.says(BIG_A="01/02/2024")
        ilostat.at(ilostat.data("BIG_A", "&timeto=2022"), status(413))
        ilostat.at(ilostat.data("BIG_A", "&timeto=2021"), ok(gzip.compress(TABLE)))
        ilostat.at(ilostat.data("BIG_A", "&timefrom=2022&timeto=2022"), ok(gzip.compress(TABLE)))
        source = fetched(ilostat.source("BIG_A", "ilostat_csv", end_period="2022"))
        source.fetch()
        assert sorted(source.bodies()) == ["BIG_A--2021-2021.csv.gz", "BIG_A--2022-2022.csv.gz"]


class TestOecd:
    def test_comma_and_at_travel_as_they_are_and_the_structure_orders_the_key(
        self, oecd: OecdReplay, fetched: Asking
    ) -> None:
        oecd.says("2025-05-14T01:05:19.453Z")
        structure = specimen("oecd/sdmx-csv-belgski/infra_annual_labour/structure.xml")
        real = specimen("oecd/sdmx-csv-belgski/infra_annual_labour/data.csv")
        oecd.at(oecd.structure(), ok(structure))
        oecd.at(oecd.data("FRA+DEU.LF_WAP.....Y_GE15..A", "startPeriod=2010&"), ok(real))
        filtered = {
            "FREQ": ["A"],
            "ref_area": ["FRA", "DEU"],
            "measure": ["LF_WAP"],
            "age": ["Y_GE15"],
        }
        example = oecd.source(oecd.dataset, "sdmx_csv", "participation", filter=filtered)
        example[0]["fetch"]["start_period"] = "2010"
        source = fetched(example)
        assert source.fetch().outcome == "landed"
        assert list(source.bodies().values()) == [real]
        assert source.items()[0].change_stamp == "2025-05-14T01:05:19.453Z"

    def test_the_real_constraint_tells_when_the_data_last_changed(
        self, oecd: OecdReplay, fetched: Asking
    ) -> None:
        """The recorded structure holds the constraint of the data and that of the codes."""
        real = specimen("oecd/sdmx-csv-belgski/infra_annual_labour/structure.xml")
        oecd.at(oecd.contents_path, ok(real))
        oecd.at(oecd.data(), ok(TABLE))
        source = fetched(oecd.source(oecd.dataset, "sdmx_csv", "participation"))
        source.fetch()
        assert source.items()[0].change_stamp == "2025-05-14T01:05:19.453Z"

    def test_a_constraint_that_is_none_tells_nothing_and_the_outcome_says_so(
        self, oecd: OecdReplay, fetched: Asking
    ) -> None:
        oecd.at(oecd.contents_path, ok(b"<html>Sign in</html>"))
        oecd.at(oecd.data(), ok(TABLE))
        told = fetched(oecd.source(oecd.dataset, "sdmx_csv", "participation")).fetch()
        assert told.outcome == "landed"
        assert "references=none has no constraint with 'validFrom'; " in told.detail

    def test_an_unchanged_dataflow_costs_one_request(
        self, oecd: OecdReplay, fetched: Asking
    ) -> None:
        oecd.says("2025-05-14T01:05:19.453Z")
        oecd.at(oecd.data(), ok(TABLE))
        source = fetched(oecd.source(oecd.dataset, "sdmx_csv", "participation"))
        source.fetch()
        oecd.server.log.clear()
        outcome = source.fetch()
        assert outcome.outcome == "unchanged"
        assert outcome.detail.endswith("by content constraint")
        assert len(oecd.server.log) == 1

    def test_a_dataset_without_agency_or_version_is_told_how_it_is_written(
        self, oecd: OecdReplay, fetched: Asking
    ) -> None:
        source = fetched(oecd.source("DSD_LFS@DF_NEET", "sdmx_csv", "neet"))
        source.fails("indicator.dataset is 'DSD_LFS@DF_NEET'", "expected agency,flow,version")

    def test_what_its_structure_does_not_say_is_said_of_the_structure(
        self, oecd: OecdReplay, fetched: Asking
    ) -> None:
        oecd.says("2025-05-14T01:05:19.453Z")
        oecd.at(oecd.structure(), ok(b"<html>Sign in</html>"))
        filtered = {"FREQ": ["A"]}
        source = fetched(oecd.source(oecd.dataset, "sdmx_csv", "neet", filter=filtered))
        source.fails("detail=referencepartial is no structure of one table")

    def test_the_word_of_a_refusal_is_passed_on(self, oecd: OecdReplay, fetched: Asking) -> None:
        oecd.says("2025-05-14T01:05:19.453Z")
        oecd.at(oecd.data(), refusal(404, b"NoRecordsFound"))
        source = fetched(oecd.source(oecd.dataset, "sdmx_csv", "neet"))
        source.fails("answered 404 (NoRecordsFound)")


class TestWorldBank:
    CODE = "SL.UEM.TOTL.ZS"

    def rows(self, page: int, pages: int = 1, total: int = 2, **about: Any) -> bytes:
        row = {
            "indicator": {"id": self.CODE, "value": "Unemployment"},
            "country": {"id": "FR", "value": "France"},
            "countryiso3code": "FRA",
            "date": str(2020 + page),
            "value": 7.5,
            "obs_status": "",
        }
        meta = {"page": page, "pages": pages, "per_page": 1, "total": total}
        return json.dumps([{**meta, "lastupdated": "2024-02-01", **about}, [row]]).encode()

    @pytest.fixture
    def unemployment(self, worldbank: WorldBankReplay, fetched: Asking) -> Fetched:
        worldbank.says("2024-02-01")
        return fetched(worldbank.source(self.CODE, "worldbank_json", "unemployment"))

    def test_pages_are_items_of_one_snapshot(
        self, unemployment: Fetched, worldbank: WorldBankReplay
    ) -> None:
        recorded = json.loads(specimen("worldbank/api-json/askstat/worldbank_response.json"))
        pages = [json.dumps(recorded[name]).encode() for name in ("page1", "page2")]
        for number, page in enumerate(pages, start=1):
            worldbank.at(worldbank.data(self.CODE, number), ok(page))
        assert unemployment.fetch().outcome == "landed"
        names = ["SL.UEM.TOTL.ZS--page-2.json", "SL.UEM.TOTL.ZS.json"]
        assert unemployment.bodies() == dict(zip(names, reversed(pages), strict=True))

    @pytest.mark.parametrize(
        ("changed", "says"),
        [
            ({"total": 3}, "says total of all 3, the part before it said 2"),
            ({"lastupdated": "2024-02-02"}, "says lastupdated 2024-02-02, the part before it"),
        ],
    )
    def test_pages_that_changed_between_two_requests_are_no_table(
        self,
        unemployment: Fetched,
        worldbank: WorldBankReplay,
        changed: dict[str, Any],
        says: str,
    ) -> None:
        worldbank.at(worldbank.data(self.CODE, 1), ok(self.rows(1, pages=2)))
        worldbank.at(worldbank.data(self.CODE, 2), ok(self.rows(2, pages=2, **changed)))
        unemployment.fails(says, "the table changed while it was fetched")

    def test_a_page_that_fails_fails_the_whole(
        self, unemployment: Fetched, worldbank: WorldBankReplay
    ) -> None:
        worldbank.at(worldbank.data(self.CODE, 1), ok(self.rows(1, pages=2)))
        worldbank.at(worldbank.data(self.CODE, 2), status(404))
        unemployment.fails("page=2 answered 404")

    def test_all_indicators_of_a_night_share_one_page_of_changes(
        self, unemployment: Fetched, worldbank: WorldBankReplay, fetched: Asking
    ) -> None:
        worldbank.at(worldbank.data(self.CODE), ok(self.rows(1, total=1)))
        worldbank.at(worldbank.data("SL.EMP.SELF.ZS"), ok(self.rows(1, total=1)))
        both = [
            unemployment,
            fetched(worldbank.source("SL.EMP.SELF.ZS", "worldbank_json", "self_employed")),
        ]
        for source in both:
            source.fetch()
        worldbank.server.log.clear()
        outcomes = [source.fetch("one night") for source in both]
        assert [each.outcome for each in outcomes] == ["unchanged", "unchanged"]
        assert outcomes[0].detail.endswith("by lastupdated")
        assert len(worldbank.server.log) == 1

    def test_countries_and_years_are_asked_for_in_an_address_that_is_not_too_long(
        self, worldbank: WorldBankReplay, fetched: Asking
    ) -> None:
        countries = [f"X{number:02}" for number in range(60)] * 7
        worldbank.says("2024-02-01")
        for half in (countries[:210], countries[210:]):
            asked = worldbank.data(self.CODE, 1, ";".join(half), "date=2015:2022&")
            worldbank.at(asked, ok(self.rows(1, total=1)))
        period = {"start_period": "2015", "end_period": "2022"}
        fetch = {"filter": {"country": countries}, **period}
        source = fetched(worldbank.source(self.CODE, "worldbank_json", "unemployment", **fetch))
        source.fetch()
        assert len(source.items()) == 2
        assert max(len(each.path) for each in worldbank.server.log) < 1500

    def test_a_day_that_is_not_over_is_not_believed(
        self,
        unemployment: Fetched,
        worldbank: WorldBankReplay,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        worldbank.says("2024-02-01")
        worldbank.at(worldbank.data(self.CODE), ok(self.rows(1, total=1)))
        assert _times_asked(unemployment, worldbank, monkeypatch) == (1, 1, 0)

    def test_a_page_of_changes_of_another_layout_tells_nothing_and_the_outcome_says_so(
        self, unemployment: Fetched, worldbank: WorldBankReplay
    ) -> None:
        worldbank.at(worldbank.contents_path, ok(b'[{"page": 1}, [{"id": "2"}]]'))
        worldbank.at(worldbank.data(self.CODE), ok(self.rows(1, total=1)))
        told = [unemployment.fetch() for _ in range(2)]
        assert [each.outcome for each in told] == ["landed", "unchanged"]
        assert all("by sha256; " in each.detail for each in told)
        assert all("has no 'lastupdated'; " in each.detail for each in told)

    def test_the_zip_is_kept_as_it_came(self, worldbank: WorldBankReplay, fetched: Asking) -> None:
        real = specimen("worldbank/zip-csv/unemployment_total.zip")
        worldbank.says("2024-02-01")
        path = f"/en/country/all/indicator/{self.CODE}?source=2&downloadformat=csv"
        worldbank.at(path, ok(real))
        source = fetched(worldbank.source(self.CODE, "worldbank_zip", "unemployment"))
        source.fetch()
        assert source.bodies() == {"SL.UEM.TOTL.ZS.zip": real}

    @pytest.mark.parametrize(
        ("spoilt", "says"),
        [
            (lambda real: real[:-100], "is a zip file that ends early or is damaged"),
            (lambda _: b'[{"message": [{"value": "No data"}]}]', "gives no zip (No data)"),
        ],
    )
    def test_a_zip_that_is_none_is_refused(
        self,
        worldbank: WorldBankReplay,
        fetched: Asking,
        spoilt: Callable[[bytes], bytes],
        says: str,
    ) -> None:
        real = specimen("worldbank/zip-csv/unemployment_total.zip")
        worldbank.says("2024-02-01")
        path = f"/en/country/all/indicator/{self.CODE}?source=2&downloadformat=csv"
        worldbank.at(path, ok(spoilt(real)))
        fetched(worldbank.source(self.CODE, "worldbank_zip", "unemployment")).fails(says)

    def test_other_dimensions_than_countries_are_refused(
        self, worldbank: WorldBankReplay, fetched: Asking
    ) -> None:
        fetch = {"filter": {"sex": ["T"]}}
        source = fetched(worldbank.source(self.CODE, "worldbank_json", "unemployment", **fetch))
        source.fails("fetch.filter names dimension sex", "by country only")


def _times_asked(
    source: Fetched, provider: Replay, monkeypatch: pytest.MonkeyPatch
) -> tuple[int, ...]:
    """How often the table was asked for on 1 February 2024 and in the two nights after."""
    times = []
    for day in (1, 2, 3):
        clock = type("Clock", (), {"now": lambda _zone, day=day: datetime(2024, 2, day, 12)})
        monkeypatch.setattr("pes_observatory.fetch.providers.adapter.datetime", clock)
        provider.server.log.clear()
        source.fetch()
        times.append(len(provider.asked()))
    return tuple(times)
