"""The draft of an indicator source: a whole YAML from what the provider says of its table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import ValidationError

from pes_observatory.drafts.described import Described, described
from pes_observatory.drafts.structure import Dimension
from pes_observatory.errors import FetchFailed, WrongUse
from pes_observatory.fetch.client import Client
from pes_observatory.fetch.providers import ADAPTERS
from pes_observatory.files import written_whole
from pes_observatory.settings import Home
from pes_observatory.sources.draft import checked_id
from pes_observatory.sources.fetch import BASE_URL, FORMATS_OF_API, Fetch
from pes_observatory.sources.models import SourceFile

MOST_CODES_SHOWN = 40
AREAS = ("geo", "ref_area")
DAYS_OF_FREQUENCY = {"A": 400, "S": 230, "Q": 130, "M": 45}
# of a dimension whose codes are not chosen yet, the one that stands for all of them
TOTALS = ("A", "T", "_T", "SEX_T", "TOTAL", "PC_ACT", "PC_POP", "PC", "SA", "NSA", "_Z")


@dataclass(frozen=True)
class Terms:
    """Under which name and licence a provider publishes, and how it writes areas."""

    publisher: str
    licence: str
    area_scheme: str


_EU = "Decision 2011/833/EU (CC BY 4.0)"
TERMS = {
    "eurostat": Terms("Eurostat", _EU, "eurostat"),
    "empl": Terms("European Commission, DG EMPL", _EU, "eurostat"),
    "ilostat": Terms("International Labour Organization", "CC BY 4.0", "iso3"),
    "oecd": Terms("OECD", "OECD terms of use", "iso3"),
    "worldbank": Terms("World Bank", "CC BY 4.0", "iso3"),
}


def draft_indicator(
    home: Home, run_id: str, folder: Path, table: str, own_id: str | None, base_url: str | None
) -> Path:
    """Write ``<folder>/indicators/<id>.yml`` for ``table``, such as ``eurostat:une_rt_m``.

    Raises:
        WrongUse: no such provider, a bad id, or a file that is there already.
        FetchFailed: the provider does not say what the table is.
    """
    api, _, dataset = table.partition(":")
    if api not in ADAPTERS or not dataset:
        raise WrongUse(
            f"{table!r} names no table; write PROVIDER:TABLE such as eurostat:une_rt_m, with one "
            f"of {', '.join(ADAPTERS)}."
        )
    path = checked_id(folder, "indicator", own_id or _id(api, dataset))
    address = {"base_url": base_url} if base_url else {}
    host = re.sub(r"^\w+://|[:/].*$", "", base_url or BASE_URL[api])
    impatient = {"backoff_seconds": 0.1}  # somebody waits
    fetch = Fetch.model_validate({"api": api, "hosts": [host], **address, **impatient})
    client = Client(home, path.stem, fetch, run_id)
    format_name = FORMATS_OF_API[api][0]
    try:
        about = described(ADAPTERS[api](client, dataset, format_name))
    except FetchFailed as failure:
        reason = str(failure).removeprefix(f"Source {path.stem}: ").rstrip(".")
        raise FetchFailed(f"Nothing is drafted for {table}: {reason}.") from None
    path.parent.mkdir(parents=True, exist_ok=True)
    drafted = _yaml(path.stem, api, dataset, format_name, fetch, about)
    try:
        SourceFile.model_validate(yaml.safe_load(drafted))
    except (ValidationError, yaml.YAMLError) as error:
        raise FetchFailed(
            f"Nothing is drafted for {table}: what the provider says of it makes no valid source "
            f"({type(error).__name__}); write the YAML by hand, docs/add-a-source.md tells how."
        ) from None
    with written_whole(path) as part:
        part.write_text(drafted, encoding="utf-8")
    return path


def _id(api: str, dataset: str) -> str:
    """``oecd_dsd_lmp_df_lmp`` for a flow with agency and version, else api and table."""
    flow = dataset.split(",")[1] if dataset.count(",") == 2 else dataset
    return f"{api}_{re.sub(r'[^a-z0-9]+', '_', flow.lower()).strip('_')}"[:63]


def _yaml(
    source_id: str, api: str, dataset: str, format_name: str, fetch: Fetch, about: Described
) -> str:
    terms = TERMS[api]
    chosen = {
        each.id: _suggested(each) for each in about.dimensions if each.codes and not _is_area(each)
    }
    content = {
        "id": source_id,
        "kind": "indicator",
        "title": f"{about.title} ({terms.publisher}, {dataset})",
        "publisher": terms.publisher,
        "licence": terms.licence,
        "attribution": f"{terms.publisher}, {dataset}; {terms.licence}.",
        "owner": "indicator-desk",
        "expected_every_days": _days(about),
        "format": format_name,
        "fetch": {
            "api": api,
            **({"base_url": fetch.base_url} if fetch.base_url else {}),
            "hosts": fetch.hosts,
            **({"filter": chosen} if chosen and about.names_occurring else {}),
        },
        "indicator": {
            "provider": api,
            "dataset": dataset,
            "area_scheme": terms.area_scheme,
            "basis": "modelled" if _is_modelled(dataset, about) else "reported",
            "series": [],
        },
    }
    lines = [
        one_line(f"# Drafted from what {terms.publisher} says, last updated {about.updated}."),
        "# A dimension that is not in 'filter' comes whole; its codes stand at the end.",
        *(f"# {one_line(note)}" for note in about.notes),
        yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=100).rstrip(),
        *_series(chosen),
        *(line for dimension in about.dimensions for line in _codes(dimension)),
    ]
    return "\n".join(lines) + "\n"


def _suggested(dimension: Dimension) -> list[str]:
    """All codes of a dimension that has few to choose from, or the one that stands for all."""
    if len(dimension.codes) == 1 or dimension.id.lower() == "sex":
        return list(dimension.codes)
    return [next(code for code in (*TOTALS, *dimension.codes) if code in dimension.codes)]


def _series(chosen: dict[str, list[str]]) -> Iterator[str]:
    """A series to fill in: its slice names every dimension but area and time."""
    codes = ", ".join(f"{name.lower()}: {codes[0]}" for name, codes in chosen.items())
    yield "  # - concept: CONCEPT_ID # of sources/concepts; take the [] above away"
    yield f"  #   value: {{{codes}}}"


def _codes(dimension: Dimension) -> Iterator[str]:
    yield one_line(f"# {dimension.id}: {dimension.name}, {len(dimension.codes)} codes")
    for code, label in list(dimension.codes.items())[:MOST_CODES_SHOWN]:
        yield one_line(f"#   {code}  {label}")
    if len(dimension.codes) > MOST_CODES_SHOWN:
        yield f"#   and {len(dimension.codes) - MOST_CODES_SHOWN} more"


def one_line(text: str) -> str:
    """A comment ends with its line, whatever a provider writes into its labels."""
    return re.sub(r"\s*[\r\n\x85\u2028\u2029]\s*", " ", text).rstrip()


def _days(about: Described) -> int:
    frequency = next((each for each in about.dimensions if each.id.lower() == "freq"), None)
    known = [DAYS_OF_FREQUENCY.get(code, 400) for code in (frequency.codes if frequency else ())]
    return min(known, default=400)


def _is_area(dimension: Dimension) -> bool:
    return dimension.id.lower() in AREAS


def _is_modelled(dataset: str, about: Described) -> bool:
    """The World Bank says it in the title, ILOSTAT by a 2 that begins the id's second part."""
    is_said = any(word in about.title.lower() for word in ("modeled", "modelled"))
    return is_said or dataset.partition("_")[2].startswith("2")
