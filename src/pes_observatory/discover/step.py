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
from pes_observatory.discover.found import (
    Candidate,
    distinguished,
    identifiers_in,
    language_of,
)
from pes_observatory.discover.web import Listed
from pes_observatory.errors import FetchFailed
from pes_observatory.fetch.client import Client
from pes_observatory.fetch.folder import dropped_files
from pes_observatory.outcomes import StepOutcome
from pes_observatory.settings import Home
from pes_observatory.sources.models import DocumentSource
from pes_observatory.sources.registry import Declared

_ORDER = ("new", "changed", "returned", "unchanged", "vanished")


def discover(home: Home, declared: Declared, outcome: StepOutcome) -> Catalog:
    """Note what a collection lists; ``landed`` when anything came, changed, went or returned.

    Raises:
        FetchFailed: a page or feed did not come, or names no document.
    """
    assert isinstance(declared.source, DocumentSource)
    collection = declared.source.document.collection
    assert collection is not None
    web = Listed(Client(home, declared.id, declared.source.fetch, outcome.run_id), collection)
    listed = distinguished(_in_folder(declared) if collection.folder else web.documents())
    if web.missing and not listed:
        raise web.missing[0]
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
    today = datetime.now(UTC).date().isoformat()
    counts = catalog.take(declared.id, listed, today, is_whole=not web.missing)
    save_catalog(home, declared.id, catalog)
    gone = {each.item_id for each in catalog.items.values() if each.state == "vanished"}
    has_news = counts["new"] or counts["changed"] or counts["returned"] or gone - already_gone
    outcome.outcome = "landed" if has_news else "unchanged"
    outcome.rows_out = len(catalog.present())
    outcome.detail = ", ".join(f"{counts[state]} {state}" for state in _ORDER if counts[state])
    if web.missing:
        number = len(web.missing)
        outcome.detail += f"; {number} pages of publications did not come: {web.missing[0]}"
    return catalog


def _in_folder(declared: Declared) -> Iterator[Candidate]:
    for name in dropped_files(declared.id, declared.source.fetch, declared.path.parent):
        title = " ".join(re.split(r"[\W_]+", PurePosixPath(name).stem)).strip()
        found = identifiers_in(name)
        yield Candidate(f"file:{name}", title or name, found, language_of(f"/{name}", found))
