"""The fetch step: bring a source's bytes into ``raw/`` and say whether they changed.

Change is noticed in this order: the provider's own stamp, ETag or Last-Modified, sha256.
``state/fetched/<source>.json`` remembers the latest snapshot and what the server said of it.
"""

from __future__ import annotations

import re
from dataclasses import asdict, replace
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from pes_observatory.errors import FetchFailed, LoadRejected
from pes_observatory.fetch import folder, http
from pes_observatory.fetch.look import look_at
from pes_observatory.files import read_json, write_json
from pes_observatory.outcomes import StepOutcome
from pes_observatory.settings import Home
from pes_observatory.snapshots import (
    Item,
    Snapshot,
    keep_bytes,
    keep_snapshot,
    load_snapshot,
    object_path,
)
from pes_observatory.sources.registry import Declared

MOST_STAMP_BYTES = 20_000_000


def fetch(home: Home, declared: Declared, outcome: StepOutcome) -> Snapshot:
    """Fetch one source whole; outcome ``landed`` when there are new bytes, else ``unchanged``."""
    last = _latest(home, declared.id)
    items, noticed_by = (
        _from_folder(home, declared)
        if declared.source.fetch.is_folder
        else _from_web(home, declared, last)
    )
    snapshot = keep_snapshot(home, declared.id, items, noticed_by=noticed_by)
    _remember(home, snapshot, items)
    is_unchanged = last is not None and last.sha256 == snapshot.sha256
    outcome.outcome = "unchanged" if is_unchanged else "landed"
    outcome.snapshot_sha256 = snapshot.sha256
    outcome.detail = f"{len(items)} file(s), {snapshot.size_bytes} bytes, by {noticed_by}"
    return snapshot


def latest_snapshot(home: Home, source_id: str) -> Snapshot:
    """The snapshot that the last successful fetch of a source left.

    Raises:
        LoadRejected: the source was never fetched.
    """
    snapshot = _latest(home, source_id)
    if snapshot is None:
        raise LoadRejected(
            f"Source {source_id} was never fetched; run 'pes run --source {source_id}' first."
        )
    return snapshot


def _from_folder(home: Home, declared: Declared) -> tuple[list[Item], str]:
    declaration = declared.source.fetch
    files = folder.dropped_files(declared.id, declaration, declared.path.parent)
    items = []
    for name, path in files.items():
        look_at(declared.id, name, declared.source.format, path, declaration.max_bytes)
        sha256, size = keep_bytes(home, folder.chunks(path))
        items.append(Item(name, sha256, size, origin=f"file:{name}"))
    return items, "sha256"


def _from_web(home: Home, declared: Declared, last: Snapshot | None) -> tuple[list[Item], str]:
    declaration = declared.source.fetch
    before = _known(home, declaration.url, last)
    asked = http.Asked(
        declared.id,
        declaration.address(),
        declaration.url,
        tuple(declaration.hosts),
        declaration.max_bytes,
        declaration.timeout_seconds,
        before,
    )
    stamp = _change_stamp(declared, asked)
    if before and stamp and stamp == before.change_stamp:
        return [before], "change stamp"
    with http.answered(asked) as response:
        if response is None:
            assert before is not None
            noticed_by = "etag" if before.etag else "last-modified"
            return [replace(before, change_stamp=stamp)], noticed_by
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
        return [item], "sha256"


def _known(home: Home, url: str, last: Snapshot | None) -> Item | None:
    """What came from this very address last time, if its bytes are still there."""
    items = last.items if last else ()
    kept = (i for i in items if i.origin == url and object_path(home, i.sha256).exists())
    return next(kept, None)


def _change_stamp(declared: Declared, asked: http.Asked) -> str | None:
    """What the provider's page of changes says of this source, where one is declared."""
    declaration = declared.source.fetch.change_stamp
    if declaration is None:
        return None
    page = replace(
        asked,
        url=declaration.address(),
        shown=declaration.url,
        last=None,
        max_bytes=MOST_STAMP_BYTES,
    )
    with http.answered(page) as response:
        assert response is not None
        text = b"".join(http.body(page, response)).decode("utf-8", errors="replace")
    found = re.search(declaration.pattern, text)
    if found is None:
        raise FetchFailed(
            f"Source {declared.id}: fetch.change_stamp.pattern finds nothing on "
            f"{declaration.url}; the page has changed, correct the pattern."
        )
    return found[1]


def _latest(home: Home, source_id: str) -> Snapshot | None:
    stored: dict[str, Any] | None = read_json(home.state / "fetched" / f"{source_id}.json")
    if stored is None:
        return None
    items = tuple(Item(**item) for item in stored["items"])
    return replace(load_snapshot(home, source_id, stored["sha256"]), items=items)


def _remember(home: Home, snapshot: Snapshot, items: list[Item]) -> None:
    state = {"sha256": snapshot.sha256, "items": [asdict(item) for item in items]}
    write_json(home.state / "fetched" / f"{snapshot.source_id}.json", state)
