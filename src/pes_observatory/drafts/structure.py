"""What a structure in SDMX says of a table's dimensions, read with ``sdmx1``.

Of the codes, those that occur in the data where a content constraint names them, else all of the
code lists.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pes_observatory.fetch.pages import shared_page
from pes_observatory.fetch.providers.adapter import Adapter
from pes_observatory.fetch.providers.sdmx_xml import safe_message

TIME = "TIME_PERIOD"


@dataclass(frozen=True)
class Dimension:
    """One dimension with its codes and what they mean."""

    id: str
    name: str
    codes: dict[str, str]


def message_at(adapter: Adapter, url: str, *, is_needed: bool = True) -> Any:
    """The SDMX message at an address, None where there is none and none is needed."""
    page = shared_page(adapter.client, url)
    if page is None:
        if is_needed:
            raise adapter.failed(f"there is nothing at {url}; check the name of the table")
        return None
    try:
        return safe_message(page)
    except Exception as error:  # the library has no error of its own for what is no SDMX
        raise adapter.failed(f"{url} is no SDMX structure ({type(error).__name__})") from None


def dimensions_of(
    adapter: Adapter, message: Any, occurring: dict[str, list[str]]
) -> Iterator[Dimension]:
    """A structure's dimensions but time, with the codes that occur, else all of their lists."""
    structure = only_one(message.structure)
    if structure is None:
        raise adapter.failed("its structure names no dimensions; check the name of the table")
    for component in structure.dimensions.components:
        if component.id == TIME:
            continue
        representation = component.local_representation or (
            component.concept_identity.core_representation
        )
        labels = {
            code.id: words_of(code)
            for code in (representation.enumerated if representation else ())
        }
        codes = occurring.get(component.id) or list(labels)
        yield Dimension(
            component.id,
            words_of(component.concept_identity),
            {code: labels.get(code, "") for code in codes},
        )


def occurring_in(message: Any) -> dict[str, list[str]]:
    """The codes that occur in the data, by dimension, where a constraint of them is there."""
    constraint = actual_constraint(message) if message else None
    return {
        dimension.id: [value.value for value in selection.values]
        for region in (constraint.data_content_region if constraint else ())
        for dimension, selection in region.member.items()
        if dimension.id != TIME
    }


def actual_constraint(message: Any) -> Any:
    """The constraint that lists what occurs in the data; None where there is none."""
    constraints = message.constraint.values()
    roles = ((each, getattr(each.role, "role", None)) for each in constraints)
    return next((each for each, role in roles if getattr(role, "name", "") == "actual"), None)


def only_one(things: Any) -> Any:
    """The first of what a message holds of one sort, None of none."""
    return next(iter(things.values()), None)


def words_of(thing: Any) -> str:
    """A thing's name in English, or in what there is."""
    return thing.name.localized_default("en") if thing is not None else ""
