"""The discover step: which documents a collection lists today, by listing pages, feeds or folder.

It only notes what there is; the fetch step brings the bytes. A listing on which no document is
found counts as failed: a changed page must not let a whole collection vanish.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import PurePosixPath

from pes_observatory.discover.catalog import Catalog, load_catalog, save_catalog
from pes_observatory.discover.feeds import documents_in
from pes_observatory.discover.found import (
    Candidate,
    canonical,
    distinguished,
    identifiers_in,
    language_of,
)
from pes_observatory.discover.listing import documents_on, pages_after
from pes_observatory.errors import FetchFailed
from pes_observatory.fetch.client import Client
from pes_observatory.fetch.folder import dropped_files
from pes_observatory.outcomes import StepOutcome
from pes_observatory.settings import Home
from pes_observatory.sources.documents import Collection, Listing
from pes_observatory.sources.models import DocumentSource
from pes_observatory.sources.registry import Declared

MOST_PAGE_BYTES = 20_000_000
_ORDER = ("new", "changed", "returned", "unchanged", "vanished")


def discover(home: Home, declared: Declared, outcome: StepOutcome) -> Catalog:
    """Note what a collection lists; ``landed`` when anything came, changed, went or returned.

    Raises:
        FetchFailed: a page or feed did not come, or names no document.
    """
    assert isinstance(declared.source, DocumentSource)
    collection = declared.source.document.collection
    assert collection is not None
    if collection.folder:
        candidates = _in_folder(declared)
    else:
        client = Client(home, declared.id, declared.source.fetch, outcome.run_id)
        candidates = _on_the_web(client, collection)
    listed = distinguished(candidates)
    if not listed:
        raise FetchFailed(
            f"Source {declared.id}: no document is found on the pages of document.collection; "
            "open them in a browser and correct link_pattern, nothing is taken for vanished."
        )
    if len(listed) > collection.most_items:
        raise FetchFailed(
            f"Source {declared.id}: {len(listed)} documents are listed, more than "
            f"{collection.most_items}; narrow link_pattern, or raise collection.most_items."
        )
    catalog = load_catalog(home, declared.id)
    already_gone = {each.item_id for each in catalog.items.values() if each.state == "vanished"}
    counts = catalog.take(declared.id, listed, datetime.now(UTC).date().isoformat())
    save_catalog(home, declared.id, catalog)
    gone = {each.item_id for each in catalog.items.values() if each.state == "vanished"}
    has_news = counts["new"] or counts["changed"] or counts["returned"] or gone - already_gone
    outcome.outcome = "landed" if has_news else "unchanged"
    outcome.rows_out = len(catalog.present())
    outcome.detail = ", ".join(f"{counts[state]} {state}" for state in _ORDER if counts[state])
    return catalog


def _in_folder(declared: Declared) -> Iterator[Candidate]:
    for name in dropped_files(declared.id, declared.source.fetch, declared.path.parent):
        title = " ".join(re.split(r"[\W_]+", PurePosixPath(name).stem)).strip()
        found = identifiers_in(name)
        yield Candidate(f"file:{name}", title or name, found, language_of(f"/{name}", found))


def _on_the_web(client: Client, collection: Collection) -> Iterator[Candidate]:
    if collection.listing:
        yield from _listed(client, collection.listing)
    if collection.feed:
        feed = client.read(collection.feed.url, max_bytes=MOST_PAGE_BYTES)
        yield from documents_in(client.source_id, feed, collection.feed.url)


def _listed(client: Client, listing: Listing) -> Iterator[Candidate]:
    """The documents of the first page and of those that it leads on to, each page once."""
    waiting, asked = [listing.url], set[str]()
    while waiting and len(asked) < listing.most_pages:
        address = waiting.pop(0)
        if canonical(address) in asked:
            continue
        asked.add(canonical(address))
        page = client.read(address, max_bytes=MOST_PAGE_BYTES).decode("utf-8", errors="replace")
        yield from documents_on(page, address, listing.link_pattern)
        if listing.next_pattern:
            waiting += pages_after(page, address, listing.next_pattern)
