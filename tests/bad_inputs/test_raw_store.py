"""Bytes that were altered after they came are noticed before anyone reads them."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench import FIRST_DATE, Bench
from support.examples import rates_tsv
from support.server import ScriptedServer, ok

from pes_observatory.fetch.step import latest_snapshot
from pes_observatory.snapshots import object_path

BODY = rates_tsv().encode()


def stored_bytes(bench: Bench) -> Path:
    (item,) = latest_snapshot(bench.home, bench.id).items
    return object_path(bench.home, item.sha256)


def alter(path: Path) -> None:
    path.chmod(0o644)
    path.write_bytes(path.read_bytes().replace(b"5.0", b"9.0"))


def test_altered_bytes_are_rejected_when_they_are_read(rates: Bench) -> None:
    alter(stored_bytes(rates))
    rates.change(title="Read anew, because the declaration has changed")
    rates.is_rejected("read", "stored bytes of rates.tsv", "altered", "delete", "raw/objects")


@pytest.mark.parametrize("name", ["rates", "web_rates"])
def test_doing_what_the_sentence_says_mends_it(
    name: str, request: pytest.FixtureRequest, server: ScriptedServer
) -> None:
    bench: Bench = request.getfixturevalue(name)
    server.answers("/rates.tsv", ok(BODY, etag='"first"', last_modified=FIRST_DATE))
    stored = stored_bytes(bench)
    alter(stored)
    bench.change(title="Read anew, because the declaration has changed")
    assert f"delete {stored.name}" in bench.is_rejected("read", "altered")
    stored.unlink()
    assert bench.lands() == []


def test_bytes_in_the_raw_store_are_not_writable(rates: Bench) -> None:
    assert stored_bytes(rates).stat().st_mode & 0o222 == 0
