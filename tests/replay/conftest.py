"""A replay of each provider, and sources that ask it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from support.examples import Example
from support.fetched import Fetched
from support.replay import (
    EmplReplay,
    EurostatReplay,
    IlostatReplay,
    OecdReplay,
    WorldBankReplay,
)
from support.server import ScriptedServer
from support.sources import SourceFolder

from pes_observatory.settings import Home


@pytest.fixture
def eurostat(server: ScriptedServer) -> EurostatReplay:
    return EurostatReplay(server)


@pytest.fixture
def empl(server: ScriptedServer) -> EmplReplay:
    return EmplReplay(server)


@pytest.fixture
def ilostat(server: ScriptedServer) -> IlostatReplay:
    return IlostatReplay(server)


@pytest.fixture
def oecd(server: ScriptedServer) -> OecdReplay:
    return OecdReplay(server)


@pytest.fixture
def worldbank(server: ScriptedServer) -> WorldBankReplay:
    return WorldBankReplay(server)


@pytest.fixture
def fetched(home: Home, sources: SourceFolder) -> Callable[[Example], Fetched]:
    """``fetched(example)`` is a source that was never fetched yet."""
    return lambda example: Fetched(home, sources, example)
