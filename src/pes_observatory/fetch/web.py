"""Fetching one file from an address that a source names itself."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from pes_observatory.errors import FetchFailed
from pes_observatory.fetch import http
from pes_observatory.fetch.client import Came, Client
from pes_observatory.fetch.look import look_at
from pes_observatory.settings import Home
from pes_observatory.snapshots import Item, keep_bytes, object_path
from pes_observatory.sources.registry import Declared

MOST_STAMP_BYTES = 20_000_000


def from_web(home: Home, declared: Declared, run_id: str, last: tuple[Item, ...]) -> Came:
    """The file as the only item, and how it was noticed whether it changed.

    Raises:
        FetchFailed: it did not come, or is not the kind of file that is due.
    """
    declaration = declared.source.fetch
    client = Client(home, declared.id, declaration, run_id)
    before = _known(home, declaration.url, last)
    asked = client.asked(declaration.url, last=before)
    stamp = _change_stamp(client)
    if before and stamp and stamp == before.change_stamp:
        return Came([before], "change stamp")
    with http.answered(asked) as response:
        if response is None:
            assert before is not None
            noticed_by = "etag" if before.etag else "last-modified"
            return Came([replace(before, change_stamp=stamp)], noticed_by)
        sha256, size = keep_bytes(home, http.body(asked, response))
        name = PurePosixPath(urlsplit(declaration.url).path).name or declared.id
        path = object_path(home, sha256)
        look_at(declared.id, name, declared.source.format, path, declaration.max_bytes)
        item = Item(
            name,
            sha256,
            size,
            origin=declaration.url,
            etag=response.headers.get("ETag"),
            last_modified=response.headers.get("Last-Modified"),
            change_stamp=stamp,
        )
        return Came([item], "sha256")


def _known(home: Home, url: str, last: tuple[Item, ...]) -> Item | None:
    """What came from this very address last time, if its bytes are still there."""
    kept = (i for i in last if i.origin == url and object_path(home, i.sha256).exists())
    return next(kept, None)


def _change_stamp(client: Client) -> str | None:
    """What the provider's page of changes says of this source, where one is declared."""
    declaration = client.fetch.change_stamp
    if declaration is None:
        return None
    text = client.read(declaration.url, max_bytes=MOST_STAMP_BYTES).decode(errors="replace")
    found = re.search(declaration.pattern, text)
    if found is None:
        raise FetchFailed(
            f"Source {client.source_id}: fetch.change_stamp.pattern finds nothing on "
            f"{declaration.url}; the page has changed, correct the pattern."
        )
    return found[1]
