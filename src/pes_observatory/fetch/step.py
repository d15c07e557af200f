"""The fetch step: bring a source's bytes into ``raw/`` and say whether they changed.

Change is noticed in this order: the provider's own stamp, ETag or Last-Modified, sha256.
``state/fetched/<source>.json`` remembers the latest snapshot, what was asked, and what the
server said of it.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from pes_observatory.errors import LoadRejected
from pes_observatory.fetch import folder
from pes_observatory.fetch.api import from_api
from pes_observatory.fetch.client import Came
from pes_observatory.fetch.collection import from_collection
from pes_observatory.fetch.look import look_at
from pes_observatory.fetch.web import from_web
from pes_observatory.files import read_json, sha256_of_text, write_json
from pes_observatory.outcomes import StepOutcome
from pes_observatory.settings import Home
from pes_observatory.snapshots import Item, Snapshot, keep_bytes, keep_snapshot, load_snapshot
from pes_observatory.sources.models import DocumentSource, IndicatorSource, asked_for
from pes_observatory.sources.registry import Declared


def fetch(home: Home, declared: Declared, outcome: StepOutcome) -> Snapshot:
    """Fetch one source whole; outcome ``landed`` when there are new bytes, else ``unchanged``."""
    last = _latest(home, declared.id)
    items, noticed_by, warning = _fetched(home, declared, outcome.run_id, last)
    snapshot = keep_snapshot(home, declared.id, items, noticed_by=noticed_by)
    _remember(home, declared, snapshot, items)
    is_unchanged = last is not None and last.sha256 == snapshot.sha256
    outcome.outcome = "unchanged" if is_unchanged else "landed"
    outcome.snapshot_sha256 = snapshot.sha256
    told = f"{len(items)} file(s), {snapshot.size_bytes} bytes, by {noticed_by}"
    outcome.detail = f"{told}; {warning}" if warning else told
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


def _fetched(home: Home, declared: Declared, run_id: str, last: Snapshot | None) -> Came:
    """The items of a source as they are now, and how it was noticed whether they changed."""
    if isinstance(declared.source, DocumentSource) and declared.source.document.collection:
        return from_collection(home, declared, run_id, last.items if last else ())
    if declared.source.fetch.is_folder:
        return _from_folder(home, declared)
    stored = read_json(_state_path(home, declared.id)) or {}
    asks_the_same = stored.get("question") == _question(declared)
    known = last.items if last and asks_the_same else ()
    fetched = from_api if declared.source.fetch.api else from_web
    return fetched(home, declared, run_id, known)


def _from_folder(home: Home, declared: Declared) -> Came:
    """Every file of a drop folder. Of documents the bad ones come too: read refuses each by itself.

    Raises:
        FetchFailed: a file is missing, too large, or plainly not what was due.
    """
    source, most = declared.source, declared.source.fetch.max_bytes
    items = []
    for name, path in folder.dropped_files(declared.id, source.fetch, declared.path.parent).items():
        if not isinstance(source, DocumentSource):
            look_at(declared.id, name, source.format, path, most)
        sha256, size = keep_bytes(home, folder.chunks(declared.id, path, most))
        items.append(Item(name, sha256, size, origin=f"file:{name}"))
    return Came(items, "sha256")


def _latest(home: Home, source_id: str) -> Snapshot | None:
    stored: dict[str, Any] | None = read_json(_state_path(home, source_id))
    if stored is None:
        return None
    items = tuple(Item(**item) for item in stored["items"])
    return replace(load_snapshot(home, source_id, stored["sha256"]), items=items)


def _remember(home: Home, declared: Declared, snapshot: Snapshot, items: list[Item]) -> None:
    state = {
        "sha256": snapshot.sha256,
        "question": _question(declared),
        "items": [asdict(item) for item in items],
    }
    write_json(_state_path(home, declared.id), state)


def _question(declared: Declared) -> str | None:
    """A hash of what is asked of an API: another question cannot be unchanged."""
    source = declared.source
    if not isinstance(source, IndicatorSource) or not source.fetch.api:
        return None
    return sha256_of_text(f"{source.fetch.base_url} {asked_for(source)}")


def _state_path(home: Home, source_id: str) -> Path:
    return home.state / "fetched" / f"{source_id}.json"
