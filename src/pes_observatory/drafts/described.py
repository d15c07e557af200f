"""What a provider says of one of its tables: title, last update, dimensions and their codes.

SDMX providers say it in structures, read with ``sdmx1``: of the codes, those that occur in the
data where a content constraint names them, else all of the code lists. ILOSTAT and the World
Bank have no structures here: their contents and a small answer tell.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from pes_observatory.fetch.pages import MOST_PAGE_BYTES, shared_page
from pes_observatory.fetch.providers.adapter import Adapter
from pes_observatory.fetch.providers.eurostat import Eurostat
from pes_observatory.fetch.providers.ilostat import Ilostat
from pes_observatory.fetch.providers.oecd import Oecd
from pes_observatory.fetch.providers.sdmx_xml import safe_message
from pes_observatory.fetch.providers.worldbank import WorldBank

TIME = "TIME_PERIOD"


@dataclass(frozen=True)
class Dimension:
    """One dimension with its codes and what they mean."""

    id: str
    name: str
    codes: dict[str, str]


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
    flow = _message(adapter, f"{base}/dataflow/{table}?references=none")
    structure = _message(adapter, f"{base}/datastructure/{table}?references=descendants")
    constraint = _message(adapter, f"{base}/contentconstraint/{table}", is_needed=False)
    about = _only(flow.dataflow) if flow else None
    notes = {each.type: each.title for each in about.annotations} if about else {}
    periods = [notes.get(f"OBS_PERIOD_OVERALL_{end}") for end in ("OLDEST", "LATEST")]
    return Described(
        title=_words(about),
        updated=notes.get("UPDATE_DATA"),
        dimensions=list(_dimensions(adapter, structure, _occurring(constraint))),
        notes=[f"Periods {periods[0]} to {periods[1]}."] if all(periods) else [],
        names_occurring=constraint is not None,
    )


def _oecd(adapter: Adapter) -> Described:
    assert isinstance(adapter, Oecd)
    message = _message(adapter, adapter.structure_url())
    return Described(
        title=_words(_only(message.dataflow)),
        updated=getattr(_actual(message), "valid_from", None),
        dimensions=list(_dimensions(adapter, message, _occurring(message))),
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
        notes=[f"Periods {entry['data.start']} to {entry['data.end']}."],
    )


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


def _message(adapter: Adapter, url: str, *, is_needed: bool = True) -> Any:
    page = shared_page(adapter.client, url)
    if page is None:
        if is_needed:
            raise adapter.failed(f"there is nothing at {url}; check the name of the table")
        return None
    try:
        return safe_message(page)
    except Exception as error:  # the library has no error of its own for what is no SDMX
        raise adapter.failed(f"{url} is no SDMX structure ({type(error).__name__})") from None


def _dimensions(
    adapter: Adapter, message: Any, occurring: dict[str, list[str]]
) -> Iterator[Dimension]:
    structure = _only(message.structure)
    if structure is None:
        raise adapter.failed("its structure names no dimensions; check the name of the table")
    for component in structure.dimensions.components:
        if component.id == TIME:
            continue
        representation = component.local_representation or (
            component.concept_identity.core_representation
        )
        labels = {
            code.id: _words(code) for code in (representation.enumerated if representation else ())
        }
        codes = occurring.get(component.id) or list(labels)
        yield Dimension(
            component.id,
            _words(component.concept_identity),
            {code: labels.get(code, "") for code in codes},
        )


def _occurring(message: Any) -> dict[str, list[str]]:
    """The codes that occur in the data, by dimension, where a constraint of them is there."""
    constraint = _actual(message) if message else None
    return {
        dimension.id: [value.value for value in selection.values]
        for region in (constraint.data_content_region if constraint else ())
        for dimension, selection in region.member.items()
        if dimension.id != TIME
    }


def _actual(message: Any) -> Any:
    """The constraint that lists what occurs in the data; None where there is none."""
    constraints = message.constraint.values()
    roles = ((each, getattr(each.role, "role", None)) for each in constraints)
    return next((each for each, role in roles if getattr(role, "name", "") == "actual"), None)


def _only(things: Any) -> Any:
    return next(iter(things.values()), None)


def _words(thing: Any) -> str:
    return thing.name.localized_default("en") if thing is not None else ""
