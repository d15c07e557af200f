"""How often a host is asked: by all processes of one home together, and not when it wants peace."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from support.examples import Example, shares_csv
from support.fetched import Fetched
from support.replay import EurostatReplay, OecdReplay
from support.server import ScriptedServer, ok, status

from pes_observatory.errors import FetchFailed
from pes_observatory.fetch.rates import turns
from pes_observatory.settings import Home
from pes_observatory.sources.fetch import Fetch

Asking = Callable[[Example], Fetched]
TABLE = shares_csv().encode()
HOST = "127.0.0.1"


TAKE_FOUR_TURNS = """
import sys, time
from pathlib import Path
from pes_observatory.fetch.rates import Turns

mine = Turns(Path(sys.argv[1]), 0.1)
for _ in range(4):
    mine.take("127.0.0.1", "source")
    print(time.time())
"""


def test_parallel_processes_share_the_rate_of_a_host(tmp_path: Path) -> None:
    """Three processes, four turns each, a tenth of a second apart: eleven pauses in all."""
    command = [sys.executable, "-c", TAKE_FOUR_TURNS, str(tmp_path / "rates")]
    processes = [
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ)
        for _ in range(3)
    ]
    printed = [process.communicate(timeout=60)[0] for process in processes]
    taken = sorted(float(time) for lines in printed for time in lines.split())
    assert len(taken) == 12
    assert taken[-1] - taken[0] > 11 * 0.1 - 0.05


def test_each_request_of_a_source_takes_a_turn(eurostat: EurostatReplay, fetched: Asking) -> None:
    """The table of contents, then the table: a fifth of a second between."""
    eurostat.says(shares="01.02.2024")
    eurostat.at(eurostat.data("shares"), ok(TABLE))
    source = fetched(eurostat.source("shares", "sdmx_csv", requests_per_minute=300))
    start = time.monotonic()
    source.fetch()
    assert time.monotonic() - start >= 0.2


def test_a_host_that_wants_an_hour_is_left_in_peace_by_everybody(
    eurostat: EurostatReplay, oecd: OecdReplay, fetched: Asking
) -> None:
    eurostat.at(eurostat.contents_path, status(429, retry_after="3600"))
    oecd.says("2024-02-01")
    fetched(eurostat.source("shares", "sdmx_csv")).fails(f"{HOST} wants no request before")
    fetched(oecd.source(oecd.dataset, "sdmx_csv", "participation")).fails("run it again after")
    assert len(eurostat.server.log) == 1


def test_a_host_in_trouble_is_asked_five_times_with_longer_and_longer_pauses(
    eurostat: EurostatReplay, server: ScriptedServer, fetched: Asking
) -> None:
    """0, then 2, 4 and 8 times ``backoff_seconds``, of which the provider named none."""
    eurostat.at(eurostat.contents_path, status(429))
    source = fetched(eurostat.source("shares", "sdmx_csv", backoff_seconds=0.05))
    start = time.monotonic()
    source.fails("answered 429")
    assert len(server.log) == 5
    assert time.monotonic() - start >= 14 * 0.05


def test_a_clock_that_was_set_back_keeps_nobody_waiting(home: Home) -> None:
    mine = turns(home, 0.0)
    mine.pause(HOST, 1)
    stamp = home.state / "rates" / f"{HOST}.json"
    stamp.write_text(json.dumps(time.time() + 400_000))
    start = time.monotonic()
    mine.take(HOST, "source")
    assert time.monotonic() - start < 1


def test_a_pause_beyond_patience_is_told_with_its_end(home: Home) -> None:
    mine = turns(home, 0.0)
    mine.pause("sdmx.oecd.org", 1800)
    with pytest.raises(FetchFailed, match=r"Source jobs: sdmx\.oecd\.org wants no request before"):
        mine.take("sdmx.oecd.org", "jobs")


def test_the_oecd_is_asked_sixty_times_an_hour_unless_the_source_says_otherwise() -> None:
    usual = Fetch(api="oecd", hosts=["sdmx.oecd.org"])
    assert usual.seconds_between_requests == 60
    own = Fetch(api="oecd", hosts=["sdmx.oecd.org"], requests_per_minute=20)
    assert own.seconds_between_requests == 3
