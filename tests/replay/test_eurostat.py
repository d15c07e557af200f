"""Eurostat and DG EMPL, replayed: what is asked, what counts as unchanged, queues and parts."""

from __future__ import annotations

import gzip
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby

import pytest
from support.examples import Example, shares_csv
from support.fetched import Fetched
from support.replay import EmplReplay, EurostatReplay, envelope, fault, refusal, specimen, too_big
from support.server import Answer, drip, ok, status

from pes_observatory.errors import FetchFailed, LoadRejected
from pes_observatory.settings import Home
from pes_observatory.snapshots import Item, keep_snapshot

Asking = Callable[[Example], Fetched]
TABLE = shares_csv().encode()
CHANGED = shares_csv("X:Y(1.0),A,T,PC,EL,2021,7.5,").encode()


@pytest.fixture
def shares(eurostat: EurostatReplay, fetched: Asking) -> Fetched:
    """A table that was fetched last night, when the contents dated it 01.02.2024."""
    eurostat.says(shares="01.02.2024")
    eurostat.at(eurostat.data("shares"), ok(TABLE))
    source = fetched(eurostat.source("shares", "sdmx_csv"))
    source.fetch()
    eurostat.server.log.clear()
    return source


class TestWhatIsAsked:
    def test_sdmx_3_names_dimensions_and_needs_no_order(
        self, eurostat: EurostatReplay, fetched: Asking
    ) -> None:
        eurostat.says()
        asked = "c[sex]=T&c[geo]=AT,EL&c[TIME_PERIOD]=ge:2015+le:2022&"
        eurostat.at(eurostat.data("une_rt_a", asked), ok(TABLE))
        filtered = {"sex": ["T"], "geo": ["AT", "EL"]}
        period = {"start_period": 2015, "end_period": "2022"}
        source = fetched(eurostat.source("une_rt_a", "sdmx_csv", filter=filtered, **period))
        assert source.fetch().outcome == "landed"
        assert source.bodies() == {"une_rt_a.csv.gz": TABLE}

    def test_a_whole_tsv_is_kept_as_it_came(
        self, eurostat: EurostatReplay, fetched: Asking
    ) -> None:
        real = specimen("eurostat/tsv-gz/trng_lfse_04.tsv.gz")
        eurostat.says(trng_lfse_04="01.02.2024")
        eurostat.at(eurostat.data("trng_lfse_04", form="TSV"), ok(real))
        source = fetched(eurostat.source("trng_lfse_04", "eurostat_tsv"))
        source.fetch()
        assert source.bodies() == {"trng_lfse_04.tsv.gz": real}

    def test_sdmx_21_puts_codes_into_the_order_that_the_structure_tells_once(
        self, eurostat: EurostatReplay, fetched: Asking
    ) -> None:
        structure = "/sdmx/2.1/datastructure/ESTAT/lfsa_egai2d"
        eurostat.at(structure, ok(real_structure()))
        data = "/sdmx/2.1/data/lfsa_egai2d/..Y15-24+Y25-54.T..?format=SDMX-CSV&compressed=true"
        eurostat.at(f"{data}&startPeriod=2020", ok(TABLE), ok(CHANGED))
        filtered = {"sex": ["T"], "age": ["Y15-24", "Y25-54"]}
        fetch = {"filter": filtered, "sdmx_version": "2.1", "start_period": "2020"}
        source = fetched(eurostat.source("lfsa_egai2d", "sdmx_csv", **fetch))
        for day in ("01.02.2024", "02.02.2024"):
            eurostat.says(lfsa_egai2d=day)
            assert source.fetch().outcome == "landed"
        assert len(eurostat.server.asked("/eurostat" + structure)) == 1

    @pytest.mark.parametrize("wrong", [ok(b"<html>Sign in</html>", etag='"1"'), status(404)])
    def test_a_structure_that_came_wrong_counts_for_that_night_alone(
        self, eurostat: EurostatReplay, fetched: Asking, wrong: Answer
    ) -> None:
        structure = "/sdmx/2.1/datastructure/ESTAT/lfsa_egai2d"
        eurostat.says(lfsa_egai2d="01.02.2024")
        eurostat.at(structure, wrong)
        data = "/sdmx/2.1/data/lfsa_egai2d/...T..?format=SDMX-CSV&compressed=true"
        eurostat.at(data, ok(TABLE))
        fetch = {"filter": {"sex": ["T"]}, "sdmx_version": "2.1"}
        source = fetched(eurostat.source("lfsa_egai2d", "sdmx_csv", **fetch))
        for _ in range(2):  # whoever needs it in that night is told the same
            with pytest.raises(FetchFailed, match="is no structure of one table"):
                source.fetch("a bad night")
        assert len(eurostat.server.asked("/eurostat" + structure)) == 1
        eurostat.at(structure, ok(real_structure(), etag='"1"'))
        assert source.fetch().outcome == "landed"

    def test_a_structure_that_declares_a_document_type_is_not_parsed(
        self, eurostat: EurostatReplay, fetched: Asking
    ) -> None:
        eurostat.says()
        bomb = b'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "aaaa">]>'
        body = real_structure().partition(b"?>")[2]
        eurostat.at("/sdmx/2.1/datastructure/ESTAT/lfsa_egai2d", ok(bomb + body))
        fetch = {"filter": {"sex": ["T"]}, "sdmx_version": "2.1"}
        source = fetched(eurostat.source("lfsa_egai2d", "sdmx_csv", **fetch))
        source.fails("is no structure of one table (DTDForbidden)")

    def test_a_dimension_that_the_structure_has_not_is_named(
        self, eurostat: EurostatReplay, fetched: Asking
    ) -> None:
        eurostat.says()
        eurostat.at("/sdmx/2.1/datastructure/ESTAT/lfsa_egai2d", ok(real_structure()))
        fetch = {"filter": {"gender": ["T"]}, "sdmx_version": "2.1"}
        source = fetched(eurostat.source("lfsa_egai2d", "sdmx_csv", **fetch))
        source.fails(
            "dimension gender, which lfsa_egai2d has not",
            "it has freq, isco08, age, sex, unit, geo",
        )

    def test_the_statistics_api_gives_json(self, eurostat: EurostatReplay, fetched: Asking) -> None:
        eurostat.says()
        cube = b'{"version": "2.0", "updated": "2024-02-01T23:00:00+0100", "value": {"0": 7.5}}'
        query = "format=JSON&lang=EN&sinceTimePeriod=2015&geo=AT&geo=EL"
        eurostat.at(f"/statistics/1.0/data/une_rt_a?{query}", ok(cube))
        fetch = {"filter": {"geo": ["AT", "EL"]}, "start_period": "2015"}
        source = fetched(eurostat.source("une_rt_a", "jsonstat", **fetch))
        source.fetch()
        assert source.bodies() == {"une_rt_a.json": cube}

    def test_dg_empl_has_its_own_node_agency_and_upper_case(
        self, empl: EmplReplay, fetched: Asking
    ) -> None:
        empl.at(empl.data("LMP_EXPSUMM", "c[LMP_TYPE]=TOT11_7&"), ok(TABLE))
        source = fetched(empl.source("LMP_EXPSUMM", "sdmx_csv", filter={"lmp_type": ["TOT11_7"]}))
        assert source.fetch().detail.endswith("by sha256")

    def test_a_variable_in_the_base_url_is_asked_with_and_never_kept(
        self, eurostat: EurostatReplay, fetched: Asking, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("REPLAYED", eurostat.url() + "/canary")
        eurostat.root += "/canary"
        eurostat.says(shares="01.02.2024")
        eurostat.at(eurostat.data("shares"), ok(TABLE))
        source = fetched(eurostat.source("shares", "sdmx_csv", base_url="${REPLAYED}"))
        source.fetch()
        kept = [path for path in source.home.root.rglob("*") if path.is_file()]
        assert kept
        assert not [path for path in kept if b"canary" in path.read_bytes()]


class TestWhatIsUnchanged:
    def test_the_table_of_contents_alone_tells_it_for_all_tables_of_a_night(
        self, shares: Fetched, eurostat: EurostatReplay, fetched: Asking
    ) -> None:
        eurostat.says(shares="01.02.2024", others="01.02.2024")
        eurostat.at(eurostat.data("others"), ok(TABLE))
        others = fetched(eurostat.source("others", "sdmx_csv"))
        others.fetch()
        eurostat.server.log.clear()
        for source in (shares, others):
            outcome = source.fetch("one night")
            assert outcome.outcome == "unchanged"
            assert outcome.detail.endswith("by table of contents")
        assert len(eurostat.asked_contents()) == 1
        assert eurostat.asked() == []

    def test_the_real_contents_name_the_day_of_a_table(
        self, eurostat: EurostatReplay, fetched: Asking
    ) -> None:
        real = specimen("eurostat/meta/table_of_contents_en.txt")
        eurostat.at(eurostat.contents_path, ok(real))
        eurostat.at(eurostat.data("une_rt_m"), ok(TABLE))
        source = fetched(eurostat.source("une_rt_m", "sdmx_csv"))
        source.fetch()
        assert source.items()[0].change_stamp == "22.08.2023"

    def test_a_new_day_in_the_contents_fetches_the_table(
        self, shares: Fetched, eurostat: EurostatReplay
    ) -> None:
        eurostat.says(shares="02.02.2024")
        eurostat.at(eurostat.data("shares"), ok(CHANGED))
        outcome = shares.fetch()
        assert (outcome.outcome, len(eurostat.asked())) == ("landed", 1)
        assert outcome.detail.endswith("by table of contents")
        assert shares.items()[0].change_stamp == "02.02.2024"

    def test_a_new_structure_is_a_change_too(
        self, shares: Fetched, eurostat: EurostatReplay
    ) -> None:
        eurostat.says(structure="03.02.2024", shares="01.02.2024")
        shares.fetch()
        assert len(eurostat.asked()) == 1
        assert shares.items()[0].change_stamp == "03.02.2024"

    def test_the_same_bytes_on_a_new_day_are_unchanged_by_their_hash(
        self, shares: Fetched, eurostat: EurostatReplay
    ) -> None:
        eurostat.says(shares="02.02.2024")
        outcome = shares.fetch()
        assert outcome.outcome == "unchanged"
        assert outcome.detail.endswith("by sha256")

    def test_an_update_of_today_may_be_followed_by_another(
        self, shares: Fetched, eurostat: EurostatReplay, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The contents print the day alone, and updates come at 11:00 and at 23:00."""
        today, tomorrow = _Clock(2024, 2, 1, 12), _Clock(2024, 2, 2, 3)
        for clock, requests in ((today, 1), (tomorrow, 1), (tomorrow, 0)):
            monkeypatch.setattr("pes_observatory.fetch.providers.adapter.datetime", clock)
            eurostat.server.log.clear()
            shares.fetch()
            assert len(eurostat.asked()) == requests

    def test_a_table_that_the_contents_leave_out_is_asked_for_by_its_etag(
        self, eurostat: EurostatReplay, fetched: Asking
    ) -> None:
        eurostat.says(another="01.02.2024")
        eurostat.at(eurostat.data("lfsa_ergaed"), ok(TABLE, etag='"1"'))
        source = fetched(eurostat.source("lfsa_ergaed", "sdmx_csv"))
        assert source.fetch().outcome == "landed"
        eurostat.server.log.clear()
        outcome = source.fetch()
        assert outcome.outcome == "unchanged"
        assert outcome.detail.endswith("by etag")
        assert [each.body_bytes for each in eurostat.asked()] == [0]

    def test_a_node_without_contents_is_asked_for_the_table_and_its_hash_decides(
        self, eurostat: EurostatReplay, fetched: Asking
    ) -> None:
        eurostat.at(eurostat.data("shares"), ok(TABLE))
        source = fetched(eurostat.source("shares", "sdmx_csv"))
        assert [source.fetch().outcome for _ in range(2)] == ["landed", "unchanged"]

    def test_another_filter_is_another_question(
        self, shares: Fetched, eurostat: EurostatReplay
    ) -> None:
        eurostat.at(eurostat.data("shares", "c[sex]=F&"), ok(CHANGED))
        shares.change(fetch={"filter": {"sex": ["F"]}})
        assert shares.fetch().outcome == "landed"
        assert shares.bodies() == {"shares.csv.gz": CHANGED}

    def test_contents_in_trouble_fail_all_tables_of_the_night_and_are_asked_for_once(
        self, shares: Fetched, eurostat: EurostatReplay
    ) -> None:
        eurostat.at(eurostat.contents_path, status(503))
        shares.fails("answered 503", "wait if the provider is down")
        assert len(eurostat.asked_contents()) == 5
        assert eurostat.asked() == []

    def test_contents_of_another_layout_tell_nothing_and_the_outcome_says_so(
        self, shares: Fetched, eurostat: EurostatReplay
    ) -> None:
        eurostat.at(eurostat.contents_path, ok(b"code\tchanged\nshares\t01.02.2024\n"))
        for body, outcome in ((TABLE, "unchanged"), (CHANGED, "landed")):
            eurostat.at(eurostat.data("shares"), ok(body))
            told = shares.fetch()
            assert told.outcome == outcome
            assert "by sha256; " in told.detail
            assert "has no column 'last update of data'" in told.detail


class TestQueues:
    DATA = "/1.0/async/data/key-1"

    def test_a_table_that_has_to_be_prepared_is_waited_for(
        self, shares: Fetched, eurostat: EurostatReplay
    ) -> None:
        eurostat.says(shares="02.02.2024")
        eurostat.at(eurostat.data("shares"), ok(envelope("key-1")))
        eurostat.queued("key-1", "SUBMITTED", "PROCESSING", "AVAILABLE")
        eurostat.at(self.DATA, ok(gzip.compress(CHANGED, mtime=0)))
        assert shares.fetch().outcome == "landed"
        assert gzip.decompress(shares.bodies()["shares.csv.gz"]) == CHANGED
        assert len(eurostat.asked()) == 5

    def test_the_footer_of_an_sdmx_message_names_the_queue_too(
        self, shares: Fetched, eurostat: EurostatReplay
    ) -> None:
        footer = specimen("sdmx-corpora/khaeru-sdmx-test-data/ESTAT/footer.xml")
        eurostat.says(shares="02.02.2024")
        eurostat.at(eurostat.data("shares"), ok(footer))
        eurostat.queued("wHsvjs7hQCy7Dqf4", "AVAILABLE")
        eurostat.at("/1.0/async/data/wHsvjs7hQCy7Dqf4", ok(CHANGED))
        assert shares.fetch().outcome == "landed"

    def test_a_request_that_expired_is_made_once_more(
        self, shares: Fetched, eurostat: EurostatReplay
    ) -> None:
        eurostat.says(shares="02.02.2024")
        eurostat.at(eurostat.data("shares"), ok(envelope("key-0")), ok(envelope("key-1")))
        eurostat.queued("key-0", "PROCESSING", "EXPIRED")
        eurostat.queued("key-1", "AVAILABLE")
        eurostat.at(self.DATA, ok(CHANGED))
        assert shares.fetch().outcome == "landed"

    @pytest.mark.parametrize(
        "gone",
        [
            ok(fault(100, "UNKNOWN_REQUEST: Unknown request.")),
            refusal(400, fault(100, "UNKNOWN_REQUEST: Unknown request.")),
            ok(b"<status>EXPIRED</status>"),
        ],
    )
    def test_a_request_that_is_given_up_twice_fails(
        self, shares: Fetched, eurostat: EurostatReplay, gone: Answer
    ) -> None:
        eurostat.says(shares="02.02.2024")
        eurostat.at(eurostat.data("shares"), ok(envelope("key-1")))
        eurostat.at("/1.0/async/status/key-1", gone)
        shares.fails("was queued 2 times and given up by the provider")
        assert len(eurostat.asked()) == 4

    def test_a_table_that_is_never_ready_fails_in_time_and_is_not_asked_for_hotly(
        self, shares: Fetched, eurostat: EurostatReplay
    ) -> None:
        eurostat.says(shares="02.02.2024")
        eurostat.at(eurostat.data("shares"), ok(envelope("key-1")))
        eurostat.queued("key-1", "PROCESSING")
        shares.change(fetch={"poll_seconds": 0.1, "most_wait_seconds": 0.5})
        shares.fails("not ready within 0.5 s", "raise fetch.most_wait_seconds")
        assert 2 <= len(eurostat.asked()) <= 6

    def test_an_answer_is_looked_for_once_however_short_the_patience(
        self, shares: Fetched, eurostat: EurostatReplay
    ) -> None:
        eurostat.says(shares="02.02.2024")
        eurostat.at(eurostat.data("shares"), ok(envelope("key-1")))
        eurostat.queued("key-1", "AVAILABLE")
        eurostat.at(self.DATA, ok(CHANGED))
        shares.change(fetch={"poll_seconds": 30, "most_wait_seconds": 0.1})
        assert shares.fetch().outcome == "landed"

    def test_one_extraction_is_asked_for_after_the_other_and_waiting_in_line_costs_no_patience(
        self, eurostat: EurostatReplay, fetched: Asking
    ) -> None:
        tables = ("one", "two", "three")
        eurostat.says()
        sources = []
        for table in tables:
            eurostat.at(eurostat.data(table), ok(envelope(table)))
            eurostat.queued(table, "PROCESSING", "PROCESSING", "AVAILABLE")
            eurostat.at(f"/1.0/async/data/{table}", ok(TABLE))
            fetch = {"poll_seconds": 0.5, "most_wait_seconds": 2.5}
            sources.append(fetched(eurostat.source(table, "sdmx_csv", **fetch)))
        with ThreadPoolExecutor() as pool:
            outcomes = list(pool.map(lambda source: source.fetch("one night").outcome, sources))
        assert outcomes == ["landed"] * 3
        asked = [next(t for t in tables if t in each.path) for each in eurostat.asked()]
        assert [table for table, _ in groupby(asked)] == list(dict.fromkeys(asked))
        assert len(asked) == 15

    def test_the_statistics_api_warns_under_status_200_and_is_asked_again(
        self, eurostat: EurostatReplay, fetched: Asking
    ) -> None:
        warning = b'{"warning": {"status": 413, "label": "ASYNCHRONOUS_RESPONSE. Try later."}}'
        eurostat.says()
        cube = b'{"updated": "2024-02-01", "value": [7.5]}'
        path = "/statistics/1.0/data/une_rt_a?format=JSON&lang=EN"
        eurostat.at(path, ok(warning), ok(warning), ok(cube))
        source = fetched(eurostat.source("une_rt_a", "jsonstat"))
        source.fetch()
        assert source.bodies() == {"une_rt_a.json": cube}


class TestParts:
    @pytest.fixture
    def large(self, eurostat: EurostatReplay, fetched: Asking) -> Fetched:
        """A table of four countries, of which Eurostat gives two at a time."""
        eurostat.says(large="01.02.2024")
        eurostat.at(eurostat.data("large", "c[geo]=AT,BE,BG,CY&"), too_big(8_000_000))
        eurostat.at(eurostat.data("large", "c[geo]=AT,BE&"), ok(shares_csv(areas="AB").encode()))
        eurostat.at(eurostat.data("large", "c[geo]=BG,CY&"), ok(shares_csv(areas="CD").encode()))
        four = {"geo": ["AT", "BE", "BG", "CY"]}
        return fetched(eurostat.source("large", "sdmx_csv", filter=four))

    def test_a_table_too_large_is_asked_for_in_parts_of_one_snapshot(
        self, large: Fetched, eurostat: EurostatReplay
    ) -> None:
        assert large.fetch().outcome == "landed"
        assert sorted(large.bodies()) == ["large--geo-AT-BE.csv.gz", "large--geo-BG-CY.csv.gz"]
        assert len(eurostat.asked()) == 3
        eurostat.server.log.clear()
        assert large.fetch().outcome == "unchanged"
        assert eurostat.asked() == []

    def test_parts_that_are_too_large_still_are_split_again(
        self, large: Fetched, eurostat: EurostatReplay
    ) -> None:
        eurostat.at(eurostat.data("large", "c[geo]=BG,CY&"), too_big(6_000_000))
        for code in ("BG", "CY"):
            eurostat.at(eurostat.data("large", f"c[geo]={code}&"), ok(TABLE))
        large.fetch()
        assert len(large.items()) == 3

    def test_parts_of_parts_by_another_dimension_have_names_of_their_own(
        self, eurostat: EurostatReplay, fetched: Asking
    ) -> None:
        eurostat.says()
        whole = "c[geo]=AT,BE,BG,CY&c[sex]=F,M,T&"
        eurostat.at(eurostat.data("large", whole), too_big(8_000_000))
        for geo in ("AT,BE", "BG,CY"):
            half = f"c[geo]={geo}&c[sex]="
            eurostat.at(eurostat.data("large", f"{half}F,M,T&"), too_big(8_000_000))
            for sex in ("F,M", "T"):
                eurostat.at(eurostat.data("large", f"{half}{sex}&"), ok(TABLE))
        filtered = {"geo": ["AT", "BE", "BG", "CY"], "sex": ["F", "M", "T"]}
        source = fetched(eurostat.source("large", "sdmx_csv", filter=filtered))
        source.fetch()
        assert [item.name for item in source.items()] == [
            "large--geo-AT-BE--sex-F-M.csv.gz",
            "large--geo-AT-BE--sex-T.csv.gz",
            "large--geo-BG-CY--sex-F-M.csv.gz",
            "large--geo-BG-CY--sex-T.csv.gz",
        ]

    def test_two_files_of_one_name_are_no_snapshot(self, home: Home) -> None:
        twice = [Item("part.csv", digit * 64, 1, "there") for digit in "12"]
        with pytest.raises(LoadRejected, match=r"two files of one snapshot are named part\.csv"):
            keep_snapshot(home, "large", twice, noticed_by="sha256")

    def test_a_part_that_fails_fails_the_whole(
        self, large: Fetched, eurostat: EurostatReplay
    ) -> None:
        large.fetch()
        eurostat.says(large="02.02.2024")
        eurostat.at(eurostat.data("large", "c[geo]=BG,CY&"), status(404))
        large.fails("c[geo]=BG,CY", "answered 404")

    def test_parts_of_different_editions_are_no_table(
        self, large: Fetched, eurostat: EurostatReplay
    ) -> None:
        real = specimen("eurostat/sdmx-csv/tps00203_linear.csv")
        eurostat.at(eurostat.data("large", "c[geo]=AT,BE&"), ok(real))
        later = real.replace(b"16/03/23", b"17/03/23")
        eurostat.at(eurostat.data("large", "c[geo]=BG,CY&"), ok(later))
        large.fails(
            "says LAST UPDATE 17/03/23 23:00:00, the part before it said 16/03/23 23:00:00",
            "nothing of it counts",
        )

    def test_a_kill_in_the_middle_leaves_what_was_and_the_next_night_fetches_it_whole(
        self, large: Fetched, eurostat: EurostatReplay
    ) -> None:
        large.fetch()
        eurostat.says(large="02.02.2024")
        second = eurostat.data("large", "c[geo]=BG,CY&")
        first, changed = large.bodies(), shares_csv(areas="XY").encode()
        eurostat.at(eurostat.data("large", "c[geo]=AT,BE&"), ok(changed))
        eurostat.at(second, drip(b"x" * 1000, every=0.2))
        killed_while_it_waits_for("=BG,CY", large, eurostat)
        assert large.bodies() == first
        eurostat.at(second, ok(changed))
        assert large.fetch().outcome == "landed"
        assert set(large.bodies().values()) == {changed}

    def test_years_are_parts_too_and_the_last_is_left_open(
        self, eurostat: EurostatReplay, fetched: Asking
    ) -> None:
        eurostat.says(long="01.02.2024")
        whole = "c[TIME_PERIOD]=ge:2001+le:2004&"
        eurostat.at(eurostat.data("long", whole), too_big(11_000_000))
        for start, end in ((2001, 2002), (2003, 2004)):
            eurostat.at(eurostat.data("long", f"c[TIME_PERIOD]=ge:{start}+le:{end}&"), ok(TABLE))
        fetch = {"start_period": "2001", "end_period": "2004", "split_by": "time"}
        source = fetched(eurostat.source("long", "sdmx_csv", **fetch))
        source.fetch()
        assert sorted(source.bodies()) == ["long--2001-2002.csv.gz", "long--2003-2004.csv.gz"]

    def test_more_than_fifty_categories_are_asked_for_in_parts(
        self, eurostat: EurostatReplay, fetched: Asking
    ) -> None:
        eurostat.says()
        base = "/statistics/1.0/data/une_rt_a?format=JSON&lang=EN"
        label = '{"error": [{"status": 416, "label": "max 50 categories"}]}'
        eurostat.at(f"{base}&geo=AT&geo=BE", refusal(416, label.encode()))
        for code in ("AT", "BE"):
            eurostat.at(f"{base}&geo={code}", ok(b'{"updated": "1", "value": [7.5]}'))
        fetch = {"filter": {"geo": ["AT", "BE"]}}
        source = fetched(eurostat.source("une_rt_a", "jsonstat", **fetch))
        source.fetch()
        assert sorted(source.bodies()) == ["une_rt_a--geo-AT.json", "une_rt_a--geo-BE.json"]

    def test_what_cannot_be_split_says_what_to_do(
        self, eurostat: EurostatReplay, fetched: Asking
    ) -> None:
        eurostat.says()
        eurostat.at(eurostat.data("huge"), too_big(10_037_576))
        source = fetched(eurostat.source("huge", "sdmx_csv"))
        source.fails(
            "EXTRACTION_TOO_BIG",
            "too large to be given at once (EXTRACTION_TOO_BIG",
            "cannot be asked in smaller parts by time: give a start_period",
        )


def real_structure() -> bytes:
    """The recorded structure without its code lists, as it comes when they are not asked for."""
    whole = specimen("eurostat/sdmx-ml/lfsa_egai2d_datastructure_descendants.xml")
    return re.sub(rb"<s:Codelists>.*</s:Codelists>", b"", whole, flags=re.DOTALL)


def killed_while_it_waits_for(part: str, source: Fetched, eurostat: EurostatReplay) -> None:
    """Fetch in a process of its own, and kill that as soon as it has asked for this part."""
    command = [sys.executable, "-m", "pes_observatory", "run", "--only", "fetch"]
    places = {"PES_HOME": str(source.home.root), "PES_SOURCES": str(source.sources.root)}
    eurostat.server.log.clear()
    night = subprocess.Popen(command, env={**os.environ, **places})
    deadline = time.monotonic() + 60
    while not any(part in each.path for each in eurostat.asked()):
        assert time.monotonic() < deadline and night.poll() is None
        time.sleep(0.05)
    night.kill()
    assert night.wait() == -signal.SIGKILL


class _Clock:
    """Stands in for ``datetime``: it is always that hour in Brussels."""

    def __init__(self, *at: int) -> None:
        self.at = at

    def now(self, zone: object) -> object:
        from datetime import datetime

        return datetime(*self.at)
