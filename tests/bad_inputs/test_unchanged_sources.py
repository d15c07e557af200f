"""An unchanged source costs one conditional request, and no body comes."""

from __future__ import annotations

import pytest
from bench import FIRST_DATE, Bench, SpoilAfterGoodNight
from support import examples
from support.nights import outcomes_of
from support.server import ScriptedServer, ok

PATH, NEWS = "/rates.tsv", "/news.txt"
BODY = examples.rates_tsv().encode()
CHANGED = examples.rates_tsv({("FR", "2022"): "9.9 "}).encode()


def came_with(
    validators: dict[str, str],
    server: ScriptedServer,
    after_a_good_night: SpoilAfterGoodNight,
    **fetch: object,
) -> Bench:
    """Rates that the server gave last night, with this ETag or date."""
    server.answers(PATH, ok(BODY, **validators))
    source, files = examples.rates("rates", server.url(PATH))
    source["fetch"] |= fetch
    bench = after_a_good_night(({**source, "title": f"Rates with {validators}"}, files))
    server.log.clear()
    return bench


def is_unchanged(bench: Bench, noticed_by: str) -> None:
    night = bench.night()
    assert night.failures == {}
    fetched, *others = outcomes_of(bench.home, night, "rates")
    assert {row["outcome"] for row in (fetched, *others)} == {"unchanged"}
    assert fetched["detail"].endswith(f"by {noticed_by}")


@pytest.mark.parametrize(
    ("validators", "header", "noticed_by"),
    [
        ({"etag": '"first"'}, ("If-None-Match", '"first"'), "etag"),
        ({"etag": 'W/"weak"'}, ("If-None-Match", 'W/"weak"'), "etag"),
        ({"last_modified": FIRST_DATE}, ("If-Modified-Since", FIRST_DATE), "last-modified"),
    ],
    ids=["etag", "weak etag", "last-modified"],
)
def test_what_the_server_said_last_time_is_shown_to_it_and_304_is_enough(
    server: ScriptedServer,
    after_a_good_night: SpoilAfterGoodNight,
    validators: dict[str, str],
    header: tuple[str, str],
    noticed_by: str,
) -> None:
    bench = came_with(validators, server, after_a_good_night)
    is_unchanged(bench, noticed_by)
    (asked,) = server.asked(PATH)
    name, value = header
    assert asked.headers[name] == value
    assert (asked.status, asked.body_bytes) == (304, 0)


def test_the_same_bytes_under_a_new_etag_are_unchanged_by_their_sha256(
    server: ScriptedServer, after_a_good_night: SpoilAfterGoodNight
) -> None:
    bench = came_with({"etag": '"1"'}, server, after_a_good_night)
    server.answers(PATH, ok(BODY, etag='"2"'))
    is_unchanged(bench, "sha256")
    is_unchanged(bench, "etag")
    assert [asked.headers["If-None-Match"] for asked in server.asked(PATH)] == ['"1"', '"2"']


def test_other_bytes_of_the_same_size_are_a_change(
    server: ScriptedServer, after_a_good_night: SpoilAfterGoodNight
) -> None:
    bench = came_with({}, server, after_a_good_night)
    assert len(CHANGED) == len(BODY)
    server.answers(PATH, ok(CHANGED))
    assert bench.lands() == []


def test_a_new_address_is_not_asked_with_what_the_old_one_said(
    server: ScriptedServer, after_a_good_night: SpoilAfterGoodNight
) -> None:
    bench = came_with({"last_modified": FIRST_DATE}, server, after_a_good_night)
    server.answers("/other.tsv", ok(CHANGED, last_modified=FIRST_DATE))
    bench.change(fetch={"url": server.url("/other.tsv")})
    assert bench.lands() == []
    assert server.asked("/other.tsv")[0].headers["If-Modified-Since"] is None


def test_we_say_who_asks(server: ScriptedServer, after_a_good_night: SpoilAfterGoodNight) -> None:
    bench = came_with({"etag": '"1"'}, server, after_a_good_night)
    bench.night()
    assert server.asked(PATH)[0].headers["User-Agent"].startswith("pes-observatory/")


@pytest.fixture
def stamped(server: ScriptedServer, after_a_good_night: SpoilAfterGoodNight) -> Bench:
    """Rates whose provider has a page that says when they last changed."""
    server.answers(NEWS, ok(b"rates: 2024-01-01\n"))
    stamp = {"url": server.url(NEWS), "pattern": r"rates: (\S+)"}
    return came_with({}, server, after_a_good_night, change_stamp=stamp)


def test_while_the_providers_stamp_is_the_same_the_data_are_not_asked_for(
    stamped: Bench, server: ScriptedServer
) -> None:
    server.answers(NEWS, ok(b"rates: 2024-01-01\n"))
    is_unchanged(stamped, "change stamp")
    assert len(server.asked(NEWS)) == 1
    assert server.asked(PATH) == []


def test_a_new_stamp_of_the_provider_fetches_the_data(
    stamped: Bench, server: ScriptedServer
) -> None:
    server.answers(NEWS, ok(b"rates: 2024-02-02\n"))
    server.answers(PATH, ok(CHANGED))
    assert stamped.lands() == []
    assert len(server.asked(PATH)) == 1


def test_a_page_of_changes_without_a_stamp_fails_the_fetch(
    stamped: Bench, server: ScriptedServer
) -> None:
    server.answers(NEWS, ok(b"This page has moved.\n"))
    stamped.fails("fetch", "fetch.change_stamp.pattern finds nothing on", "correct the pattern")
    assert server.asked(PATH) == []


def test_a_file_that_lies_as_it_lay_is_unchanged(rates: Bench) -> None:
    is_unchanged(rates, "sha256")
