"""A bench per kind of source. The good night before is run once per kind and copied."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from bench import FIRST_DATE, Bench, SpoilAfterGoodNight, next_door
from support import examples
from support.examples import Example
from support.nights import a_night
from support.server import ScriptedServer, ok
from support.sources import SourceFolder

from pes_observatory.settings import Home

MOST_SECONDS = 60


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        is_ours = Path(__file__).parent in item.path.parents
        if is_ours and item.get_closest_marker("timeout") is None:
            item.add_marker(pytest.mark.timeout(MOST_SECONDS))


@pytest.fixture(scope="session")
def _good_nights(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Example], Path]:
    made: dict[str, Path] = {}

    def good_night(example: Example) -> Path:
        key = json.dumps(example, default=repr)
        if key not in made:
            folder = tmp_path_factory.mktemp("good-night")
            sources = SourceFolder(folder / "sources")
            sources.write(*example)
            sources.write(*next_door())
            assert a_night(Home(folder / "home"), sources).failures == {}
            made[key] = folder
        return made[key]

    return good_night


@pytest.fixture
def after_a_good_night(
    home: Home, sources: SourceFolder, _good_nights: Callable[[Example], Path]
) -> SpoilAfterGoodNight:
    def spoil(example: Example) -> Bench:
        folder = _good_nights(example)
        shutil.copytree(folder / "home", home.root, symlinks=True)
        shutil.copytree(folder / "sources", sources.root, dirs_exist_ok=True)
        return Bench(home, sources, example[0]["id"])

    return spoil


@pytest.fixture
def rates(after_a_good_night: SpoilAfterGoodNight) -> Bench:
    return after_a_good_night(examples.rates())


@pytest.fixture
def shares(after_a_good_night: SpoilAfterGoodNight) -> Bench:
    return after_a_good_night(examples.shares())


@pytest.fixture
def figures(after_a_good_night: SpoilAfterGoodNight) -> Bench:
    return after_a_good_night(examples.figures())


@pytest.fixture
def survey(after_a_good_night: SpoilAfterGoodNight) -> Bench:
    return after_a_good_night(examples.survey())


@pytest.fixture
def notes(after_a_good_night: SpoilAfterGoodNight) -> Bench:
    return after_a_good_night(examples.notes())


@pytest.fixture
def codes(after_a_good_night: SpoilAfterGoodNight) -> Bench:
    return after_a_good_night(examples.codes())


@pytest.fixture
def web_rates(after_a_good_night: SpoilAfterGoodNight, server: ScriptedServer) -> Bench:
    """Rates that came from ``server``, at ``/rates.tsv``, with an ETag and a date."""
    good = ok(examples.rates_tsv().encode(), etag='"first"', last_modified=FIRST_DATE)
    server.answers("/rates.tsv", good)
    limits = {"max_megabytes": 0.1, "timeout_seconds": 5, "backoff_seconds": 0}
    source, files = examples.rates("rates", server.url("/rates.tsv"))
    source["fetch"] |= limits
    bench = after_a_good_night((source, files))
    server.forget()
    return bench
