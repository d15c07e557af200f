"""The providers that can be asked by name, one adapter each."""

from __future__ import annotations

from pes_observatory.fetch.client import Client
from pes_observatory.fetch.providers.adapter import Adapter
from pes_observatory.fetch.providers.eurostat import Empl, Eurostat
from pes_observatory.fetch.providers.ilostat import Ilostat
from pes_observatory.fetch.providers.oecd import Oecd
from pes_observatory.fetch.providers.worldbank import WorldBank
from pes_observatory.sources.models import IndicatorSource

ADAPTERS: dict[str, type[Adapter]] = {
    "eurostat": Eurostat,
    "empl": Empl,
    "ilostat": Ilostat,
    "oecd": Oecd,
    "worldbank": WorldBank,
}


def adapter_of(client: Client, source: IndicatorSource) -> Adapter:
    """The adapter of a source that names its ``api``."""
    return ADAPTERS[client.fetch.api or ""](client, source.indicator.dataset, source.format)
