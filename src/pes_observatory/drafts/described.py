"""What a provider says of one of its tables: title, last update, dimensions and their codes.

SDMX providers say it in structures; ILOSTAT and the World Bank have none here: their contents and
a small answer tell.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import quote

from pes_observatory.drafts.structure import (
    Dimension,
    actual_constraint,
    dimensions_of,
    message_at,
    occurring_in,
    only_one,
    words_of,
)
from pes_observatory.errors import FetchFailed
from pes_observatory.fetch.pages import MOST_PAGE_BYTES
from pes_observatory.fetch.providers.adapter import Adapter
from pes_observatory.fetch.providers.eurostat import Eurostat
from pes_observatory.fetch.providers.ilostat import Ilostat
from pes_observatory.fetch.providers.oecd import Oecd
from pes_observatory.fetch.providers.worldbank import WorldBank


@dataclass(frozen=True)
class Described:
    """A table as its provider describes it.

    ``names_occurring`` is false where a dimension may have codes that are not in the table.
    """

    title: str
    updated: str | None
    dimensions: list[Dimension]
    notes: list[str] = field(default_factory=list)
    names_occurring: bool = True


def described(adapter: Adapter) -> Described:
    """Ask the provider what the table is.

    Raises:
        FetchFailed: it does not answer, or knows no such table.
    """
    for kind, describe in _BY_ADAPTER.items():
        if isinstance(adapter, kind):
            return describe(adapter)
    raise NotImplementedError(type(adapter))


def _eurostat(adapter: Adapter) -> Described:
    assert isinstance(adapter, Eurostat)
    table = f"{adapter.agency}/{quote(adapter.dataset, safe='$')}"
    base = f"{adapter.base}/sdmx/2.1"
    flow = message_at(adapter, f"{base}/dataflow/{table}?references=none")
    structure = message_at(adapter, f"{base}/datastructure/{table}?references=descendants")
    constraint = message_at(adapter, f"{base}/contentconstraint/{table}", is_needed=False)
    about = only_one(flow.dataflow) if flow else None
    notes = {each.type: each.title for each in about.annotations} if about else {}
    periods = [notes.get(f"OBS_PERIOD_OVERALL_{end}") for end in ("OLDEST", "LATEST")]
    return Described(
        title=words_of(about),
        updated=notes.get("UPDATE_DATA"),
        dimensions=list(dimensions_of(adapter, structure, occurring_in(constraint))),
        notes=[f"Periods {periods[0]} to {periods[1]}."] if all(periods) else [],
        names_occurring=constraint is not None,
    )


def _oecd(adapter: Adapter) -> Described:
    assert isinstance(adapter, Oecd)
    message = message_at(adapter, adapter.structure_url())
    return Described(
        title=words_of(only_one(message.dataflow)),
        updated=getattr(actual_constraint(message), "valid_from", None),
        dimensions=list(dimensions_of(adapter, message, occurring_in(message))),
    )


def _ilostat(adapter: Adapter) -> Described:
    """The last year of the table tells which dimensions and codes it has."""
    assert isinstance(adapter, Ilostat)
    entry = adapter.entry()
    if entry is None:
        raise adapter.failed(adapter.warning or "ILOSTAT's table of contents does not have it")
    url = (
        f"{adapter.base}/data/indicator/?id={adapter.dataset}&timefrom={entry['data.end'][:4]}"
        "&lang=en&type=both&format=.csv"
    )
    text = adapter.client.read(url, max_bytes=MOST_PAGE_BYTES).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    names = [name for name in (rows[0] if rows else ()) if name in _ILOSTAT_DIMENSIONS]
    return Described(
        title=entry["indicator.label"],
        updated=entry["last.update"],
        dimensions=[
            Dimension(name, name, {row[name]: row.get(f"{name}.label") or "" for row in rows})
            for name in names
        ],
        notes=[f"Periods {entry['data.start']} to {entry['data.end']}.", _flags(adapter)],
    )


def _flags(adapter: Ilostat) -> str:
    """What its flags mean, which a draft can do without."""
    try:
        flags = adapter.dictionary("obs_status")
    except FetchFailed as failure:
        return f"What its flags mean is not known here: {failure}"
    return f"Flags: {'; '.join(f'{code} {label}' for code, label in flags.items())}."


def _worldbank(adapter: Adapter) -> Described:
    url = f"{adapter.base}/en/indicator/{adapter.dataset}?format=json"
    said = adapter.client.read(url, max_bytes=MOST_PAGE_BYTES)
    try:
        _, (about, *_) = json.loads(said)
        title, note = about["name"], about.get("sourceNote") or ""
    except (ValueError, KeyError, TypeError):
        raise adapter.failed(f"{url} describes no indicator", said) from None
    return Described(title, adapter.signal(), [], [" ".join(note.split())] if note else [])


_ILOSTAT_DIMENSIONS = ("ref_area", "sex", "classif1", "classif2")
_BY_ADAPTER: dict[type[Adapter], Callable[[Adapter], Described]] = {
    Eurostat: _eurostat,
    Oecd: _oecd,
    Ilostat: _ilostat,
    WorldBank: _worldbank,
}
