"""A first look at fetched bytes: is this at all the kind of file that is due?"""

from __future__ import annotations

import gzip
import zipfile
import zlib
from pathlib import Path

from pes_observatory.errors import FetchFailed
from pes_observatory.files import CHUNK_BYTES

_HTML_STARTS = (b"<!doctype html", b"<html")
_GZIP_MAGIC = b"\x1f\x8b"
MOST_TIMES_UNPACKED = 50


def look_at(source_id: str, item_name: str, format_name: str, path: Path, max_bytes: int) -> None:
    """Refuse an empty file, an HTML page where data is due, and an archive that is cut or a bomb.

    Raises:
        FetchFailed: it is one of these.
    """
    with path.open("rb") as stream:
        start = stream.read(512).lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not start:
        raise FetchFailed(
            f"Source {source_id}: {item_name} came empty, expected {format_name}; "
            "ask the provider, it is tried again next night."
        )
    if format_name != "html" and start.startswith(_HTML_STARTS):
        raise FetchFailed(
            f"Source {source_id}: {item_name} is an HTML page, expected {format_name}; "
            "open the address in a browser, it may be an error page or a login."
        )
    if start.startswith(_GZIP_MAGIC):
        _unpack_all(source_id, item_name, path, max_bytes * MOST_TIMES_UNPACKED)
    if format_name == "worldbank_zip":
        _check_zip(source_id, item_name, path)


def _unpack_all(source_id: str, item_name: str, path: Path, max_bytes: int) -> None:
    try:
        with gzip.open(path) as stream:
            size = 0
            while chunk := stream.read(CHUNK_BYTES):
                size += len(chunk)
                if size > max_bytes:
                    raise FetchFailed(
                        f"Source {source_id}: {item_name} unpacks to more than {max_bytes} bytes; "
                        "raise fetch.max_megabytes if that is right."
                    )
    except (EOFError, OSError, zlib.error):
        raise FetchFailed(
            f"Source {source_id}: {item_name} is a gzip file that ends early or is damaged; "
            "a partial fetch counts as none, fetch it again.",
            is_retryable=True,
        ) from None


def _check_zip(source_id: str, item_name: str, path: Path) -> None:
    """The list of a zip stands at its end: where that is there, the rest came before it."""
    if not zipfile.is_zipfile(path):
        raise FetchFailed(
            f"Source {source_id}: {item_name} is a zip file that ends early or is damaged; "
            "a partial fetch counts as none, fetch it again.",
            is_retryable=True,
        )
