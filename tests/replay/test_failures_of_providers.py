"""Every provider's real failures: one clear outcome, the last good load stays, others go on."""

from __future__ import annotations

import gzip
import shutil
import time
from datetime import datetime
from email.utils import formatdate
from pathlib import Path
from zoneinfo import ZoneInfo

import pyarrow.parquet as pq
import pytest
from support.examples import AREAS, Example, figures_json, rates_tsv, shares_csv
from support.fetched import is_one_sentence
from support.nights import a_night, outcomes_of, what_counts
from support.replay import (
    EmplReplay,
    EurostatReplay,
    IlostatReplay,
    OecdReplay,
    Replay,
    WorldBankReplay,
    fault,
    refusal,
    too_big,
)
from support.server import (
    LOGIN_PAGE,
    Answer,
    ScriptedServer,
    broken_off,
    drip,
    ok,
    redirect,
    status,
)
from support.sources import SourceFolder

from pes_observatory.landing import last_good
from pes_observatory.settings import Home

ISO3 = ("AUT", "BEL", "BGR", "CYP", "CZE", "DEU")
NEET = "ref_area,source,indicator,sex,time,obs_value,obs_status\n"
NEET += "".join(f"{area},BA:1,NEET,SEX_T,2022,7.5,\n" for area in ISO3)
FLOW = "DATAFLOW,REF_AREA,SEX,FREQ,TIME_PERIOD,OBS_VALUE,OBS_STATUS\n"
FLOW += "".join(f"OECD:X(1.0),{area},T,A,2022,7.5,A\n" for area in ISO3)
LIMITS = {"timeout_seconds": 1, "max_megabytes": 0.2, "start_period": "2022", "end_period": "2022"}


class Stage:
    """All providers, of which each gave a table last night; tonight one of them fails."""

    def __init__(self, server: ScriptedServer, home: Home, sources: SourceFolder) -> None:
        self.home, self.sources = home, sources
        self.eurostat, self.empl = EurostatReplay(server), EmplReplay(server)
        self.ilostat, self.oecd = IlostatReplay(server), OecdReplay(server)
        self.worldbank = WorldBankReplay(server)
        period = "c[TIME_PERIOD]=ge:2022+le:2022&"
        years = "&timefrom=2022&timeto=2022"
        self.path = {
            "eurostat": self.eurostat.data("rates", period, "TSV"),
            "empl": self.empl.data("LMP", period),
            "ilostat": self.ilostat.data("NEET_A", years),
            "oecd": self.oecd.data("all", "startPeriod=2022&endPeriod=2022&"),
            "worldbank": self.worldbank.data("SL.X", query="date=2022:2022&"),
        }
        self.body = {
            "eurostat": gzip.compress(rates_tsv().encode()),
            "empl": shares_csv().encode(),
            "ilostat": gzip.compress(NEET.encode()),
            "oecd": FLOW.encode(),
            "worldbank": figures_json().encode(),
        }
        for api, body in self.body.items():
            self.gives(api, ok(body))
        self.says_something_new(*self.path, day="01.02.2024")

    def examples(self) -> list[Example]:
        """A source each, named after its provider."""
        return [
            self.eurostat.source("rates", "eurostat_tsv", "eurostat", **LIMITS),
            self.empl.source("LMP", "sdmx_csv", "empl", **LIMITS),
            self.ilostat.source("NEET_A", "ilostat_csv", "ilostat", **LIMITS),
            self.oecd.source(self.oecd.dataset, "sdmx_csv", "oecd", **LIMITS),
            self.worldbank.source("SL.X", "worldbank_json", "worldbank", **LIMITS),
        ]

    def gives(self, api: str, *answers: Answer) -> None:
        provider: Replay = getattr(self, api)
        provider.at(self.path[api], *answers)

    def says_something_new(self, *apis: str, day: str = "02.02.2024") -> None:
        for api in apis:
            match api:
                case "eurostat":
                    self.eurostat.says(rates=day)
                case "empl":
                    self.empl.says(LMP=day)
                case "ilostat":
                    self.ilostat.says(NEET_A=day)
                case "oecd":
                    self.oecd.says(day)
                case "worldbank":
                    self.worldbank.says(day)

    def fails(self, api: str, *says: str) -> None:
        """The source of ``api`` fails alone, with these words, and keeps what it had."""
        before = self._what_counts()
        night = a_night(self.home, self.sources)
        assert list(night.failures) == [api]
        (row,) = outcomes_of(self.home, night, api)
        assert (row["step"], row["outcome"]) == ("fetch", "failed")
        is_one_sentence(row["detail"], f"Source {api}: ", *says)
        for other in before.keys() - {api}:
            steps = outcomes_of(self.home, night, other)
            assert {step["outcome"] for step in steps} == {"unchanged"}
        assert self._what_counts() == before

    def lands(self, api: str) -> list[dict[str, object]]:
        """The source of ``api`` lands something new tonight: its rows."""
        before = self._what_counts()
        assert a_night(self.home, self.sources).failures == {}
        assert self._what_counts()[api] != before[api]
        load = last_good(self.home, "observations", api)
        assert load is not None
        return list(pq.read_table(load.accepted_path).to_pylist())

    def _what_counts(self) -> dict[str, tuple[str, bytes]]:
        return {each.id: what_counts(self.home, each) for each in self.sources.all()}


@pytest.fixture(scope="module")
def good_night(
    _listening: ScriptedServer, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, list[Example]]:
    """A home in which every provider's table has landed."""
    folder = tmp_path_factory.mktemp("good-night")
    stage = Stage(_listening, Home(folder / "home"), SourceFolder(folder / "sources"))
    for example in stage.examples():
        stage.sources.write(*example)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NO_PROXY", "127.0.0.1,localhost")
        assert a_night(stage.home, stage.sources).failures == {}
    return folder, stage.examples()


@pytest.fixture
def stage(
    good_night: tuple[Path, list[Example]],
    server: ScriptedServer,
    home: Home,
    sources: SourceFolder,
) -> Stage:
    shutil.copytree(good_night[0] / "home", home.root, symlinks=True)
    for example in good_night[1]:
        sources.write(*example)
    return Stage(server, home, sources)


def cut(body: bytes) -> bytes:
    return gzip.compress(body * 50)[:-40]


ERROR_OF_WORLD_BANK = (
    b'[{"message":[{"id":"120","key":"Invalid value","value":"The indicator was not found."}]}]'
)
ERROR_OF_ILOSTAT = b'{"error":"the id NEET_A is not available"}'
SOAP_FAULT = fault(100, "NO_RESULTS: The query did not return any results.")
EVERYBODY = ("eurostat", "empl", "ilostat", "oecd", "worldbank")

FAILURES: dict[str, tuple[tuple[str, ...], Answer, tuple[str, ...]]] = {
    "html page": (EVERYBODY, ok(LOGIN_PAGE), ("is an HTML page", "error page or a login")),
    "empty body": (EVERYBODY, ok(b""), ("came empty", "tried again next night")),
    "header alone, csv": (
        ("empl", "ilostat", "oecd"),
        ok(FLOW.partition("\n")[0].encode()),
        ("gives a header and no row", "a code or period of 'fetch' is not in the table"),
    ),
    "header alone, gzip": (
        ("eurostat",),
        ok(gzip.compress(rates_tsv().partition("\n")[0].encode())),
        ("gives a header and no row",),
    ),
    "soap fault under 200": (
        ("eurostat", "empl"),
        ok(SOAP_FAULT),
        ("an error in place of the table (NO_RESULTS: The query did not return any results)",),
    ),
    "json error under 200": (
        ("ilostat",),
        ok(ERROR_OF_ILOSTAT),
        ("an error in place of the table (the id NEET_A is not available)",),
    ),
    "json error under 400": (
        ("ilostat",),
        refusal(400, ERROR_OF_ILOSTAT),
        ("answered 400 (the id NEET_A is not available)",),
    ),
    "array of one element": (
        ("worldbank",),
        ok(ERROR_OF_WORLD_BANK),
        ("an error in place of the table (The indicator was not found)",),
    ),
    "cut gzip": (
        ("eurostat", "ilostat"),
        ok(cut(rates_tsv().encode())),
        ("is a gzip file that ends early", "a partial fetch counts as none"),
    ),
    "broken off": (
        ("eurostat", "oecd"),
        broken_off(b"a,b\n1,2\n", missing=1000),
        ("broke off after 8 bytes", "a partial fetch counts as none"),
    ),
    "slow drip": (
        ("eurostat", "worldbank"),
        drip(b"x" * 1000, every=0.1),
        ("took longer than 1 s", "raise fetch.timeout_seconds"),
    ),
    "redirect to a stranger": (
        ("ilostat", "oecd"),
        redirect("http://localhost/table.csv"),
        ("leads to host 'localhost'", "fetch.hosts does not list"),
    ),
    "429 for good": (
        ("oecd",),
        status(429),
        ("answered 429", "wait if the provider is down"),
    ),
    "too large to split": (
        ("eurostat",),
        too_big(9_000_000, 8),
        ("EXTRACTION_TOO_BIG", "cannot be asked in smaller parts by time"),
    ),
}


@pytest.mark.parametrize(
    ("api", "answer", "says"),
    [
        pytest.param(api, answer, says, id=f"{failure} of {api}")
        for failure, (apis, answer, says) in FAILURES.items()
        for api in apis
    ],
)
def test_a_failure_is_one_sentence_and_costs_nothing_else(
    stage: Stage, api: str, answer: Answer, says: tuple[str, ...]
) -> None:
    stage.says_something_new(api)
    stage.gives(api, answer)
    stage.fails(api, *says)


@pytest.mark.parametrize(("code", "times"), [(400, 1), (503, 5)])
def test_a_refusal_that_drips_is_given_up_in_time(stage: Stage, code: int, times: int) -> None:
    stage.says_something_new("oecd")
    stage.gives("oecd", drip(b"x" * 1000, every=0.1, code=code))
    stage.oecd.server.log.clear()
    start = time.monotonic()
    stage.fails("oecd", f"answered {code} (xxx")
    assert len(stage.oecd.asked()) == times
    assert time.monotonic() - start < 30  # the whole of one body would take 100 s


@pytest.mark.parametrize("api", ["worldbank", "eurostat"])
@pytest.mark.parametrize("wants", ["", "0", "1", "a date"])
def test_a_provider_that_wants_time_gets_it_and_the_table_lands(
    stage: Stage, api: str, wants: str
) -> None:
    date = formatdate(time.time() + 1.5, usegmt=True)
    asks = {"retry_after": wants.replace("a date", date)} if wants else {}
    changed = {
        "worldbank": figures_json(lastupdated="2024-02-02").encode(),
        "eurostat": gzip.compress(rates_tsv({("FR", "2022"): "9.9 "}).encode()),
    }
    stage.says_something_new(api)
    stage.gives(api, status(429, **asks), ok(changed[api]))
    start = time.monotonic()
    stage.lands(api)
    assert wants in ("", "0") or time.monotonic() - start > 0.4


def test_a_redirect_within_the_listed_hosts_is_followed(stage: Stage) -> None:
    stage.says_something_new("ilostat")
    stage.gives("ilostat", redirect("/moved.csv.gz"))
    changed = gzip.compress(NEET.replace("7.5", "7.6").encode())
    stage.ilostat.server.answers("/moved.csv.gz", ok(changed))
    assert {row["obs_value_raw"] for row in stage.lands("ilostat")} == {"7.6"}


def test_a_day_that_is_not_over_is_asked_for_again_and_lands_without_that_remark(
    stage: Stage,
) -> None:
    today = datetime.now(ZoneInfo("Europe/Brussels"))
    stage.says_something_new("ilostat", day=today.strftime("%d/%m/%Y"))
    stage.gives("ilostat", ok(gzip.compress(NEET.replace("7.5", "7.6").encode())))
    assert {row["provider_updated_at"] for row in stage.lands("ilostat")} == {
        today.date().isoformat()
    }


def test_an_empty_value_with_a_flag_is_an_observation(stage: Stage) -> None:
    table = rates_tsv({("FR", "2022"): ": c", ("AT", "2022"): "7.5 bu"})
    stage.says_something_new("eurostat")
    stage.gives("eurostat", ok(gzip.compress(table.encode())))
    rows = stage.lands("eurostat")
    found = {(row["ref_area"], row["time_period"]): row for row in rows}
    secret, shaky = found["FR", "2022"], found["AT", "2022"]
    assert (secret["obs_value"], secret["obs_flag_raw"]) == (None, "c")
    assert (secret["value_state"], secret["obs_status"]) == ("missing", "confidential")
    assert (shaky["obs_value"], shaky["obs_flag_raw"]) == (7.5, "bu")
    assert len(rows) == 2 * len(AREAS)
