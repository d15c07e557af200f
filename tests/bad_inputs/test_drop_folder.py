"""Bad files in a drop folder: seen before a reader opens them, so the fetch fails."""

from __future__ import annotations

import gzip
import os

import pytest
from bench import Bench
from support.examples import rates_tsv
from support.server import LOGIN_PAGE

from pes_observatory.sources.fetch import Fetch


def test_a_missing_file_is_a_failed_fetch(rates: Bench) -> None:
    rates.remove("rates.tsv")
    rates.fails("fetch", "no file matches rates/rates.tsv", "put the file there")


@pytest.mark.parametrize("content", ["", "\ufeff \n\t\n"], ids=["no byte", "blanks and a mark"])
def test_an_empty_file_is_a_failed_fetch(rates: Bench, content: str) -> None:
    rates.put("rates.tsv", content)
    rates.fails("fetch", "rates.tsv", "empty", ";")


@pytest.mark.parametrize("page", [LOGIN_PAGE, b"\n\n<HTML lang=fr><body>Erreur</body></HTML>"])
def test_an_html_page_where_a_table_was_due_is_a_failed_fetch(rates: Bench, page: bytes) -> None:
    rates.put("rates.tsv", page)
    rates.fails("fetch", "rates.tsv is an HTML page", "expected eurostat_tsv", "open the address")


def test_a_truncated_gzip_is_a_failed_fetch(rates: Bench) -> None:
    rates.put("rates.tsv", gzip.compress(rates_tsv().encode())[:-20])
    rates.fails("fetch", "rates.tsv is a gzip file that ends early", "fetch it again")


def test_a_damaged_gzip_is_a_failed_fetch(rates: Bench) -> None:
    packed = bytearray(gzip.compress(rates_tsv().encode()))
    packed[len(packed) // 2] ^= 0xFF
    rates.put("rates.tsv", bytes(packed))
    rates.fails("fetch", "rates.tsv is a gzip file", "damaged", "fetch it again")


def test_a_gzip_that_unpacks_without_measure_is_a_failed_fetch(rates: Bench) -> None:
    rates.change(fetch={"max_megabytes": 0.1})
    rates.put("rates.tsv", gzip.compress(b"\t" * 6_000_000))
    rates.fails("fetch", "rates.tsv unpacks to more than 5000000 bytes", "raise fetch.max_mega")


def test_a_whole_gzip_is_none_of_these(rates: Bench) -> None:
    rates.change(gate={"max_change_share": 0.9})
    rates.put("rates.tsv", gzip.compress(rates_tsv().encode()))
    assert rates.lands() == []


def test_a_file_over_the_limit_is_a_failed_fetch(rates: Bench) -> None:
    rates.change(fetch={"max_megabytes": 0.001})
    rates.put("rates.tsv", rates_tsv() * 10)
    rates.fails("fetch", "rates.tsv has", "more than 1000", "raise fetch.max_megabytes")


def test_a_link_out_of_the_folder_is_a_failed_fetch(rates: Bench) -> None:
    elsewhere = rates.sources.put("elsewhere.tsv", rates_tsv())
    rates.remove("rates.tsv")
    (rates.sources.root / "rates" / "rates.tsv").symlink_to(elsewhere)
    rates.fails("fetch", "rates.tsv is a link that leads out of", "put the file itself there")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_a_failed_fetch(rates: Bench) -> None:
    rates.put("rates.tsv", rates_tsv()).chmod(0)
    rates.fails("fetch", "PermissionError")


def test_a_folder_is_no_place_that_hosts_answer_for() -> None:
    assert Fetch(url="file:here/*.csv").hosts == []
