"""A mistake of our own costs one source its night, and leaves what we need to mend it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from bench import Bench

from pes_observatory.read import formats
from pes_observatory.status import source_statuses


def _stumble(*_: Any) -> Any:
    raise KeyError("a key\nthat nobody thought of")


@pytest.fixture
def stumbling(rates: Bench, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """Rates whose reader raises what no reader should."""
    rates.change(title="Read anew, because the declaration has changed")
    monkeypatch.setitem(formats.INDICATOR, "eurostat_tsv", _stumble)
    return rates


def test_a_reader_that_stumbles_does_not_stop_the_night(stumbling: Bench) -> None:
    says = ("step read met an unforeseen KeyError", "a mistake of ours", "report")
    assert "nobody thought of" not in stumbling.fails("read", *says)


def test_its_traceback_is_kept_where_the_sentence_says(stumbling: Bench) -> None:
    sentence = stumbling.fails("read", "report it with")
    log = re.search(r"report it with (\S+\.log)", sentence)
    assert log is not None
    assert "in _stumble" in Path(log[1]).read_text()


def test_a_source_that_fails_two_nights_is_failing_since_the_first(stumbling: Bench) -> None:
    stumbling.fails("read")
    first = source_statuses(stumbling.home, [stumbling.declared])["rates"]
    stumbling.fails("read")
    second = source_statuses(stumbling.home, [stumbling.declared])["rates"]
    assert first.failing_since == first.last_try_at == second.failing_since
    assert second.last_try_at != second.failing_since
    assert second.last_success_at == first.last_success_at is not None


def test_a_source_that_recovers_is_no_longer_failing(
    rates: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    rates.change(title="Read anew, because the declaration has changed")
    with monkeypatch.context() as patched:
        patched.setitem(formats.INDICATOR, "eurostat_tsv", _stumble)
        rates.fails("read")
    assert rates.lands() == []
    status = source_statuses(rates.home, [rates.declared])["rates"]
    assert (status.failing_since, status.last_outcome) == (None, "landed")
