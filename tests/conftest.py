"""Fixtures for every test: a home and a sources folder of its own, and a scripted web server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.server import ScriptedServer
from support.sources import SourceFolder

from pes_observatory.settings import Home

pytest.register_assert_rewrite("bench", "desk", "support.fetched", "support.nights")

# files that run whole nights, the longest first: the quick ones fill the gaps at the end
LONGEST = (
    *("test_killed_nights", "test_releases", "test_scheduler", "test_codebook_versions"),
    *("test_documents", "test_history", "test_review", "test_first_night"),
    *("test_canary", "test_real_inputs", "test_figures", "test_what_counts", "test_whole_night"),
    *("test_dbt_unit_tests", "test_registry_of_pes", "test_one_wave_in_every_layout"),
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Start with what takes longest, so that no worker is left with it alone."""
    place = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.path.stem, len(LONGEST)))


@pytest.fixture(scope="session", autouse=True)
def _models_and_parse(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[None]:
    """All tests share the trained models, and what dbt has parsed: each takes seconds to make.

    The first night of ``night/nights.py`` that has ended leaves what dbt has parsed, and dbt
    itself tells whether that still holds.
    """
    own = tmp_path_factory.getbasetemp()
    shared = own if worker_id == "master" else own.parent
    parse = shared / "dbt" / "partial_parse.msgpack"
    parse.parent.mkdir(exist_ok=True)
    parse.touch()  # dbt takes no file for a mistake, and an empty one for none
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PES_MODEL_CACHE", str(shared / "models"))
        patch.setenv("DBT_PARTIAL_PARSE_FILE_PATH", str(parse))
        yield


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """An empty PES_HOME."""
    monkeypatch.setenv("PES_HOME", str(tmp_path / "home"))
    return Home(tmp_path / "home")


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SourceFolder:
    """An empty PES_SOURCES."""
    monkeypatch.setenv("PES_SOURCES", str(tmp_path / "sources"))
    return SourceFolder(tmp_path / "sources")


@pytest.fixture
def write_source(sources: SourceFolder) -> Callable[..., Path]:
    """``write_source(declaration, {"file name": content})`` adds a source to the folder."""
    return sources.write


@pytest.fixture(scope="session")
def _listening() -> Iterator[ScriptedServer]:
    server = ScriptedServer()
    yield server
    server.close()


@pytest.fixture
def server(_listening: ScriptedServer, monkeypatch: pytest.MonkeyPatch) -> ScriptedServer:
    """A web server on the loopback address; it answers 404 until told otherwise."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    _listening.forget()
    return _listening
