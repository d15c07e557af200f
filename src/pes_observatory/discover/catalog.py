"""What a collection is known to hold: ``state/discovered/<source>.json``.

A document is one as long as it shares an identifier with what was known, or else an address.
Every address that it was seen at stays, with first and last day; a document that is no longer
listed has vanished and stays as well: nothing here is ever taken away.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from pes_observatory.discover.found import Candidate, keys_of
from pes_observatory.files import read_json, sha256_of_text, write_json
from pes_observatory.settings import Home

_LONGEST_SLUG = 40


@dataclass
class Seen:
    """An address that a document was found at; days are ISO 8601."""

    url: str
    first_seen: str
    last_seen: str


@dataclass
class Known:
    """One document of a collection. ``state``: new, unchanged, changed, vanished or returned."""

    item_id: str
    identifiers: list[str]
    title: str
    url: str
    lang: str | None
    published_on: str | None
    updated_on: str | None
    first_seen: str
    last_seen: str
    state: str = "new"
    sha256: str | None = None
    urls: list[Seen] = field(default_factory=list)

    def at(self, url: str, day: str) -> None:
        """Note that the document was seen at an address."""
        for seen in self.urls:
            if seen.url == url:
                seen.last_seen = day
                return
        self.urls.append(Seen(url, day, day))


class Catalog:
    """The documents of one source, by item_id."""

    def __init__(self, known: Iterable[Known] = ()) -> None:
        self.items = {item.item_id: item for item in known}

    def take(
        self, source_id: str, candidates: Iterable[Candidate], day: str, *, is_whole: bool = True
    ) -> Counter[str]:
        """Match what is listed today with what is known; how many are new, changed and so on.

        Where the listing is not whole, what is not in it is unchanged and has not vanished.
        """
        seen: set[str] = set()
        for each in candidates:
            item = self._same(each)
            if item is None:
                item = _new(source_id, each, day)
                self.items[item.item_id] = item
            elif item.item_id not in seen:
                _update(item, each)
            item.identifiers = list(dict.fromkeys([*item.identifiers, *each.identifiers]))
            item.at(each.url, day)
            item.last_seen = day
            seen.add(item.item_id)
        for item in self.items.values():
            if item.item_id not in seen and item.state != "vanished":
                item.state = "vanished" if is_whole else "unchanged"
        return Counter(item.state for item in self.items.values())

    def present(self) -> list[Known]:
        """The documents that are listed today."""
        return [item for item in self.items.values() if item.state != "vanished"]

    def merge_moved(self, item: Known) -> Known:
        """Where a new document has the bytes of one that vanished, it is that one, moved.

        Two that have identifiers of their own are two, whatever their bytes.
        """
        if item.state != "new" or item.sha256 is None:
            return item
        for other in self.items.values():
            is_other = bool(item.identifiers and other.identifiers)
            if other.state == "vanished" and other.sha256 == item.sha256 and not is_other:
                del self.items[item.item_id]
                other.state, other.url, other.last_seen = "changed", item.url, item.last_seen
                other.urls += item.urls
                return other
        return item

    def _same(self, each: Candidate) -> Known | None:
        keys = keys_of(each.identifiers, each.lang)
        for item in self.items.values():
            if keys & keys_of(item.identifiers, item.lang):
                return item
        at = (item for item in self.items.values() if any(s.url == each.url for s in item.urls))
        # an address that now names another identified document has been given away
        return next((item for item in at if not (keys and item.identifiers)), None)


def load_catalog(home: Home, source_id: str) -> Catalog:
    """What is known of a collection, nothing before its first discovery."""
    stored = read_json(_path(home, source_id)) or {"items": []}
    return Catalog(
        Known(**{**item, "urls": [Seen(**url) for url in item["urls"]]}) for item in stored["items"]
    )


def vanished(home: Home, source_id: str) -> dict[str, str]:
    """The documents of a collection that are no longer listed, with the last day they were."""
    items = load_catalog(home, source_id).items.values()
    return {item.item_id: item.last_seen for item in items if item.state == "vanished"}


def save_catalog(home: Home, source_id: str, catalog: Catalog) -> None:
    """Keep what is known, whole or not at all."""
    items = [asdict(item) for _, item in sorted(catalog.items.items())]
    write_json(_path(home, source_id), {"items": items})


def _new(source_id: str, each: Candidate, day: str) -> Known:
    scheme, _, value = (each.identifiers or (f"url:{sha256_of_text(each.url)[:12]}",))[0].partition(
        ":"
    )
    lang = f"-{each.lang}" if scheme == "celex" and each.lang else ""
    slug = re.sub(r"[^a-z0-9.]+", "-", f"{scheme}-{value}{lang}".lower()).strip("-.")
    if len(slug) > _LONGEST_SLUG:
        slug = f"{slug[: _LONGEST_SLUG - 13]}-{sha256_of_text(slug)[:12]}"
    owner = source_id.replace("_", "-")[: 79 - _LONGEST_SLUG]
    return Known(
        item_id=f"{owner}-{slug}",
        identifiers=list(each.identifiers),
        title=each.title,
        url=each.url,
        lang=each.lang,
        published_on=each.published_on,
        updated_on=each.updated_on,
        first_seen=day,
        last_seen=day,
    )


def _update(item: Known, each: Candidate) -> None:
    """Note what a listing says now; what it no longer says stays as it was known."""
    said = {
        "title": each.title,
        "url": each.url,
        "lang": each.lang or item.lang,
        "published_on": each.published_on or item.published_on,
        "updated_on": each.updated_on or item.updated_on,
    }
    has_changed = any(getattr(item, name) != value for name, value in said.items())
    was_gone = item.state == "vanished"
    item.state = "returned" if was_gone else "changed" if has_changed else "unchanged"
    for name, value in said.items():
        setattr(item, name, value)


def _path(home: Home, source_id: str) -> Path:
    return home.state / "discovered" / f"{source_id}.json"
