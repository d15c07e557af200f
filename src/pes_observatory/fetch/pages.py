"""Pages that several sources need, such as a provider's table of contents: asked for once.

``state/pages/`` keeps each page with what its server said of it. Whoever needs it first in a
run asks, conditionally; the others of that run, in whatever process, read what came. A page
that did not come is not asked for again for a while either: a provider in trouble is left in
peace. A page that is absent, or not what is due, counts for its run alone, whatever the edition.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from filelock import FileLock

from pes_observatory.errors import FetchFailed
from pes_observatory.fetch import http
from pes_observatory.fetch.client import Client
from pes_observatory.files import read_json, sha256_of_text, write_json, written_whole
from pes_observatory.snapshots import Item

MOST_PAGE_BYTES = 50_000_000
TROUBLE_SECONDS = 120


def shared_page(
    client: Client,
    url: str,
    *,
    edition: str | None = None,
    check: Callable[[bytes], bool] | None = None,
) -> bytes | None:
    """The body of a page; None where the provider has no such page (404).

    It is asked for once per ``edition``, by default once per run; what ``check`` does not know for
    such a page is handed over and asked for anew in the next run.

    Raises:
        FetchFailed: it did not come, now or a moment ago.
    """
    edition = edition or client.run_id
    folder = client.home.state / "pages"
    folder.mkdir(parents=True, exist_ok=True)
    name = sha256_of_text(url)[:16]
    body, about_path = folder / f"{name}.body", folder / f"{name}.json"
    with FileLock(folder / f"{name}.lock"):
        about: dict[str, Any] = read_json(about_path) or {}
        is_trouble_over = "trouble" in about and time.time() > about["until"]
        counts = about.get("is_fit") or about.get("run_id") == client.run_id
        if about.get("edition") != edition or not counts or is_trouble_over:
            told = _asked(client, url, body, about)
            if not _is_fit(told, body, check):
                told = {**told, "is_fit": False, "etag": None, "last_modified": None}
            about = {
                "url": url,
                "edition": edition,
                "run_id": client.run_id,
                "is_fit": True,
                **told,
            }
            write_json(about_path, about)
        if "trouble" in about:
            sentence = f"Source {client.source_id}: {about['trouble']}"
            raise FetchFailed(sentence, is_retryable=about["is_retryable"])
        return None if about.get("is_absent") else body.read_bytes()


def _is_fit(told: dict[str, Any], body: Path, check: Callable[[bytes], bool] | None) -> bool:
    if told.get("is_absent"):
        return False
    return check is None or "trouble" in told or check(body.read_bytes())


def _asked(client: Client, url: str, body: Path, before: dict[str, Any]) -> dict[str, Any]:
    """Ask for the page, store its body, and return what there is to know of the answer."""
    validators = {name: before.get(name) for name in ("etag", "last_modified")}
    last = Item(url, "", 0, url, **validators) if body.exists() else None
    asked = client.asked(url, last=last, max_bytes=MOST_PAGE_BYTES)
    try:
        with http.answered(asked) as response:
            if response is None:
                return validators
            with written_whole(body) as part:
                part.write_bytes(b"".join(http.body(asked, response)))
            headers = response.headers
            return {
                "etag": headers.get("ETag"),
                "last_modified": headers.get("Last-Modified"),
            }
    except FetchFailed as failure:
        if isinstance(failure, http.Refused) and failure.status == 404:
            return {"is_absent": True}
        return {
            "trouble": str(failure).removeprefix(f"Source {client.source_id}: "),
            "is_retryable": failure.is_retryable,
            "until": time.time() + TROUBLE_SECONDS,
        }
