"""The raw store: bytes of a source as they came, kept under their sha256, never rewritten.

``raw/objects/<aa>/<sha256>`` holds bytes, read-only. ``raw/snapshots/<source>/<sha256>.json``
says which items a snapshot has, from where and when they came, and how the change was
noticed. A snapshot's own sha256 is that of its only item, or of the sorted listing
``<item sha256>  <item name>`` of several. Objects are written before the snapshot that names
them, so a kill leaves at most bytes that nothing names yet.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from pes_observatory.errors import LoadRejected
from pes_observatory.files import read_json, sha256_of_file, sha256_of_text, sync, write_json
from pes_observatory.settings import Home

SO_FAR = " so far"  # ends a change stamp that may not be the last of its day


@dataclass(frozen=True)
class Item:
    """One file of a snapshot."""

    name: str
    sha256: str
    size_bytes: int
    origin: str
    etag: str | None = None
    last_modified: str | None = None
    change_stamp: str | None = None


@dataclass(frozen=True)
class Snapshot:
    """All items of a source as retrieved at one time."""

    source_id: str
    sha256: str
    retrieved_at: str
    noticed_by: str
    items: tuple[Item, ...]

    @property
    def size_bytes(self) -> int:
        return sum(item.size_bytes for item in self.items)


def keep_bytes(home: Home, chunks: Iterable[bytes]) -> tuple[str, int]:
    """Store a stream of bytes; return its sha256 and size. Equal bytes are stored once."""
    objects = home.raw / "objects"
    objects.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=objects, prefix=".incoming-")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            size = sum(stream.write(chunk) for chunk in chunks)
        sha256 = sha256_of_file(part)
        kept = object_path(home, sha256)
        if not kept.exists():
            kept.parent.mkdir(exist_ok=True)
            part.chmod(0o444)
            sync(part)
            part.replace(kept)
            sync(kept.parent)
    finally:
        part.unlink(missing_ok=True)
    return sha256, size


def keep_snapshot(
    home: Home, source_id: str, items: Iterable[Item], *, noticed_by: str
) -> Snapshot:
    """Record a snapshot of ``items``; one already recorded is returned as it stands.

    Raises:
        LoadRejected: two items have one name.
    """
    ordered = tuple(sorted(items, key=lambda item: item.name))
    for item, following in pairwise(ordered):
        if item.name == following.name:
            raise LoadRejected(
                f"Source {source_id}: two files of one snapshot are named {item.name}, expected a "
                "name for each; nothing of it counts, tell the developers."
            )
    listing = "".join(f"{item.sha256}  {item.name}\n" for item in ordered)
    sha256 = ordered[0].sha256 if len(ordered) == 1 else sha256_of_text(listing)
    path = _manifest(home, source_id, sha256)
    if not path.exists():
        now = datetime.now(UTC).isoformat(timespec="seconds")
        snapshot = Snapshot(source_id, sha256, now, noticed_by, ordered)
        write_json(path, asdict(snapshot), mode=0o444)
    return load_snapshot(home, source_id, sha256)


def load_snapshot(home: Home, source_id: str, sha256: str) -> Snapshot:
    """The recorded snapshot of a source with this sha256."""
    stored = read_json(_manifest(home, source_id, sha256))
    if stored is None:
        raise LoadRejected(
            f"Source {source_id}: snapshot {sha256[:12]} is not in {home.raw}; "
            f"fetch the source again with 'pes run --source {source_id}'."
        )
    return Snapshot(**{**stored, "items": tuple(Item(**item) for item in stored["items"])})


def object_path(home: Home, sha256: str) -> Path:
    """Where the bytes with this sha256 stand."""
    return home.raw / "objects" / sha256[:2] / sha256


def verified_path(home: Home, source_id: str, item: Item) -> Path:
    """The path of an item's bytes, after checking that they are still what came.

    Raises:
        LoadRejected: the bytes are gone or were altered since.
    """
    path = object_path(home, item.sha256)
    if not path.exists() or sha256_of_file(path) != item.sha256:
        raise LoadRejected(
            f"Source {source_id}: the stored bytes of {item.name} are gone or altered "
            f"(expected sha256 {item.sha256[:12]}); delete {path.name} from raw/objects and "
            "run the source again."
        )
    return path


def _manifest(home: Home, source_id: str, sha256: str) -> Path:
    return home.raw / "snapshots" / source_id / f"{sha256}.json"
