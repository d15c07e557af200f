"""Web servers that answer badly, late, too much, or from elsewhere: the fetch fails."""

from __future__ import annotations

import socket
import time

import pytest
import requests
from bench import Bench
from support.examples import rates_tsv
from support.server import (
    LOGIN_PAGE,
    Answer,
    ScriptedServer,
    broken_off,
    drip,
    endless,
    ok,
    redirect,
    status,
)

from pes_observatory.errors import FetchFailed
from pes_observatory.fetch import http
from pes_observatory.fetch.rates import turns
from pes_observatory.settings import Home

PATH = "/rates.tsv"
BODY = rates_tsv().encode()


@pytest.mark.parametrize("code", [500, 503, 429])
def test_a_server_in_trouble_is_asked_five_times_and_then_fails_the_fetch(
    web_rates: Bench, server: ScriptedServer, code: int
) -> None:
    server.answers(PATH, status(code))
    web_rates.fails("fetch", f"{PATH} answered {code}", "expected 200", "wait if the provider")
    assert len(server.asked(PATH)) == 5


@pytest.mark.parametrize("code", [404, 403])
def test_an_address_that_is_gone_fails_the_fetch_at_once(
    web_rates: Bench, server: ScriptedServer, code: int
) -> None:
    server.answers(PATH, status(code))
    web_rates.fails("fetch", f"{PATH} answered {code}", "expected 200", "check the address")
    assert len(server.asked(PATH)) == 1


def test_a_server_that_recovers_loses_nothing(web_rates: Bench, server: ScriptedServer) -> None:
    changed = rates_tsv({("FR", "2022"): "9.9 "}).encode()
    server.answers(PATH, status(500), status(503), ok(changed))
    assert web_rates.lands() == []
    assert len(server.asked(PATH)) == 3


def test_a_server_that_asks_for_time_is_given_it(web_rates: Bench, server: ScriptedServer) -> None:
    changed = rates_tsv({("FR", "2022"): "9.9 "}).encode()
    server.answers(PATH, status(429, retry_after="1"), ok(changed))
    start = time.monotonic()
    assert web_rates.lands() == []
    assert time.monotonic() - start >= 1


def test_a_server_that_drips_is_left_when_the_time_is_up(
    web_rates: Bench, server: ScriptedServer
) -> None:
    web_rates.change(fetch={"timeout_seconds": 1})
    server.answers(PATH, drip(BODY, every=0.1))
    start = time.monotonic()
    web_rates.fails("fetch", f"{PATH} took longer than 1 s", "raise fetch.timeout_seconds")
    assert time.monotonic() - start < 10


def test_a_body_that_stalls_fails_the_fetch(web_rates: Bench, server: ScriptedServer) -> None:
    web_rates.change(fetch={"timeout_seconds": 1})
    server.answers(PATH, drip(BODY, every=30))
    web_rates.fails("fetch", f"{PATH} broke off after 1 bytes", "partial fetch", "next night")


def test_a_server_that_nobody_reaches_fails_the_fetch(
    web_rates: Bench, server: ScriptedServer
) -> None:
    with socket.create_server((server.host, 0)) as unused:
        port = unused.getsockname()[1]
    web_rates.change(fetch={"url": f"http://{server.host}:{port}{PATH}"})
    web_rates.fails("fetch", PATH, "could not be reached", "tried again next night")


def test_a_body_over_the_limit_is_cut_and_fails_the_fetch(
    web_rates: Bench, server: ScriptedServer
) -> None:
    server.answers(PATH, endless(50_000_000))
    web_rates.fails("fetch", PATH, "more than 100000 bytes", "raise fetch.max_megabytes")
    kept = [path.stat().st_size for path in (web_rates.home.raw / "objects").rglob("*")]
    assert max(kept) < 100_000


def test_a_body_that_breaks_off_fails_the_fetch(web_rates: Bench, server: ScriptedServer) -> None:
    server.answers(PATH, broken_off(BODY[:500], missing=100))
    web_rates.fails("fetch", f"{PATH} broke off after", "a partial fetch counts as none")


def test_an_empty_body_fails_the_fetch(web_rates: Bench, server: ScriptedServer) -> None:
    server.answers(PATH, ok(b""))
    web_rates.fails("fetch", "rates.tsv came empty", "expected eurostat_tsv", "ask the provider")


def test_a_login_page_where_a_table_was_due_fails_the_fetch(
    web_rates: Bench, server: ScriptedServer
) -> None:
    server.answers(PATH, ok(LOGIN_PAGE))
    web_rates.fails("fetch", "rates.tsv is an HTML page", "error page or a login")


def test_a_redirect_to_a_host_not_listed_is_not_followed(
    web_rates: Bench, server: ScriptedServer
) -> None:
    server.answers(PATH, redirect(server.url("/other.tsv", host="localhost")))
    web_rates.fails("fetch", PATH, "host 'localhost'", "fetch.hosts does not list", "add it if")
    assert server.asked("/other.tsv") == []


def test_a_redirect_within_the_listed_hosts_is_followed(
    web_rates: Bench, server: ScriptedServer
) -> None:
    server.answers(PATH, redirect("/moved/rates.tsv"))
    server.answers("/moved/rates.tsv", ok(rates_tsv({("FR", "2022"): "9.9 "}).encode()))
    assert web_rates.lands() == []


@pytest.mark.parametrize(
    "answer",
    [status(404), redirect("http://localhost/?key=canary"), redirect("/in-a-circle"), ok(b"")],
)
def test_a_secret_of_the_address_is_asked_with_and_never_told(
    web_rates: Bench, server: ScriptedServer, answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEY", "canary")
    web_rates.change(fetch={"url": server.url(f"{PATH}?key=${{KEY}}")})
    server.answers(f"{PATH}?key=canary", answer)
    server.answers("/in-a-circle", redirect("/in-a-circle?key=canary"))
    assert "canary" not in web_rates.fails("fetch")
    kept = [path for path in web_rates.home.root.rglob("*") if path.suffix in (".json", ".jsonl")]
    assert kept
    assert not [path for path in kept if b"canary" in path.read_bytes()]


def test_redirects_in_a_circle_fail_the_fetch(web_rates: Bench, server: ScriptedServer) -> None:
    server.answers(PATH, redirect(PATH))
    web_rates.fails("fetch", PATH, "redirects more than 5 times", "give the final address")


def test_a_redirect_from_https_to_http_is_refused(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No certificate at hand here, so the session is a stand-in that answers 302."""

    def answer(_: requests.Session, url: str, **__: object) -> requests.Response:
        assert url.startswith("https:"), "nothing may go out in clear"
        response = requests.Response()
        response.status_code, response.raw = 302, None
        response.headers["location"] = "http://example.org/rates.tsv"
        monkeypatch.setattr(response, "close", lambda: None)
        return response

    monkeypatch.setattr(requests.Session, "get", answer)
    url = "https://example.org/rates.tsv"
    asked = http.Asked("rates", url, url, ("example.org",), 1000, 1, turns(home, 0))
    with pytest.raises(
        FetchFailed, match=r"leads from https to http at host 'example.org'; expected https"
    ):
        http.answered(asked).__enter__()
