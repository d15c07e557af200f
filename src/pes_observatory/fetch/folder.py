"""Reading a drop folder: every file that the source's glob names, and none outside of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pes_observatory.errors import FetchFailed
from pes_observatory.files import CHUNK_BYTES
from pes_observatory.sources.fetch import Fetch

_GLOB_SIGNS = frozenset("*?[")


def dropped_files(source_id: str, asked: Fetch, base: Path) -> dict[str, Path]:
    """The files that ``file:PATH`` names, by their name below the first folder without a glob.

    ``asked.url`` is this ``file:PATH``; PATH is relative to ``base``.

    Raises:
        FetchFailed: no file matches, or a link leads elsewhere.
    """
    parts = Path(_without_scheme(asked.address())).parts
    fixed = next((n for n, part in enumerate(parts) if _GLOB_SIGNS & set(part)), len(parts) - 1)
    folder = (base / Path(*parts[:fixed])).resolve()
    files = sorted(path for path in folder.glob(str(Path(*parts[fixed:]))) if path.is_file())
    if not files:
        raise FetchFailed(
            f"Source {source_id}: no file matches {_without_scheme(asked.url)}; "
            "put the file there or correct fetch.url."
        )
    for path in files:
        if not path.resolve().is_relative_to(folder):
            raise FetchFailed(
                f"Source {source_id}: {path.name} is a link that leads out of its folder; "
                "put the file itself there."
            )
    return {path.relative_to(folder).as_posix(): path for path in files}


def chunks(source_id: str, path: Path, max_bytes: int) -> Iterator[bytes]:
    """The bytes of a file, chunk by chunk.

    Raises:
        FetchFailed: it is too large.
    """
    size = path.stat().st_size
    if size > max_bytes:
        raise FetchFailed(
            f"Source {source_id}: {path.name} has {size} bytes, more than {max_bytes}; "
            "raise fetch.max_megabytes if that is right."
        )
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK_BYTES):
            yield chunk


def _without_scheme(url: str) -> str:
    return url.removeprefix("file:").removeprefix("//")
