"""Fetching a collection: each found document by itself, the bytes of those that went are kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pes_observatory.discover.catalog import Catalog, Known, load_catalog, save_catalog
from pes_observatory.discover.found import canonical
from pes_observatory.discover.items import item_name
from pes_observatory.errors import FetchFailed
from pes_observatory.fetch import folder, http
from pes_observatory.fetch.client import Came, Client
from pes_observatory.fetch.look import look_at
from pes_observatory.settings import Home
from pes_observatory.snapshots import Item, keep_bytes, object_path
from pes_observatory.sources.registry import Declared


def from_collection(home: Home, declared: Declared, run_id: str, last: tuple[Item, ...]) -> Came:
    """The items of all documents found so far, and how it was noticed whether they changed.

    A document that does not come keeps its last bytes, and one that never came is left for the
    next night; the outcome says how many and why.

    Raises:
        FetchFailed: nothing was discovered yet, or no listed document came.
    """
    catalog = load_catalog(home, declared.id)
    if not catalog.items:
        raise FetchFailed(
            f"Source {declared.id}: nothing was discovered yet; run its step 'discover' first."
        )
    client = Client(home, declared.id, declared.source.fetch, run_id)
    bring = _from_folder if declared.source.fetch.is_folder else _from_web
    kept = {item.name: item for item in last if object_path(home, item.sha256).exists()}
    failures: list[FetchFailed] = []
    for known in catalog.present():
        name = item_name(known, declared.source.format)
        try:
            item = bring(client, declared, known, kept.get(name), name)
        except FetchFailed as error:
            failures.append(error)
            continue
        kept.pop(name, None)
        _note(catalog, known, item, declared.source.format, kept)
    if failures and len(failures) == len(catalog.present()):
        raise failures[0]
    save_catalog(home, declared.id, catalog)
    named = {item_name(known, declared.source.format) for known in catalog.items.values()}
    came = [item for name, item in sorted(kept.items()) if name in named]
    missing = f"{len(failures)} did not come: {failures[0]}" if failures else ""
    return Came(came, "etag or sha256", missing)


def _from_web(
    client: Client, declared: Declared, known: Known, before: Item | None, name: str
) -> Item:
    last = before if before and before.origin == known.url else None
    with http.answered(client.asked(known.url, last=last)) as response:
        if response is None:
            assert last is not None
            return last
        chunks = http.body(client.asked(known.url), response)
        item = _kept(client, declared, known, name, chunks)
        # where a redirect led is an address of the document too
        known.at(canonical(response.url), known.last_seen)
        etag, modified = response.headers.get("ETag"), response.headers.get("Last-Modified")
        return replace(item, etag=etag, last_modified=modified)


def _from_folder(
    client: Client, declared: Declared, known: Known, before: Item | None, name: str
) -> Item:
    files = folder.dropped_files(declared.id, declared.source.fetch, declared.path.parent)
    path = files.get(known.url.removeprefix("file:"))
    if path is None:
        raise FetchFailed(
            f"Source {declared.id}: {known.url} was found and is gone; discover it again."
        )
    chunks = folder.chunks(declared.id, path, declared.source.fetch.max_bytes)
    return _kept(client, declared, known, name, chunks)


def _kept(
    client: Client, declared: Declared, known: Known, name: str, chunks: Iterator[bytes]
) -> Item:
    sha256, size = keep_bytes(client.home, chunks)
    path, most = object_path(client.home, sha256), declared.source.fetch.max_bytes
    look_at(declared.id, known.url.removeprefix("file:"), declared.source.format, path, most)
    return Item(name, sha256, size, origin=known.url)


def _note(
    catalog: Catalog, known: Known, item: Item, format_name: str, kept: dict[str, Item]
) -> None:
    """Keep the bytes under the document that they are of: one that moved has its old name."""
    if known.sha256 and known.sha256 != item.sha256:
        known.state = "changed"
    known.sha256 = item.sha256
    owner = catalog.merge_moved(known)
    name = item_name(owner, format_name)
    kept[name] = replace(item, name=name)
