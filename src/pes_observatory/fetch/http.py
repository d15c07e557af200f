"""Asking a web server: conditional, polite, bounded in time and size, from listed hosts only."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError

from pes_observatory import __version__
from pes_observatory.errors import FetchFailed
from pes_observatory.fetch.gist import gist
from pes_observatory.fetch.rates import Turns
from pes_observatory.fetch.retries import RETRIES
from pes_observatory.files import CHUNK_BYTES
from pes_observatory.snapshots import Item

USER_AGENT = f"pes-observatory/{__version__} (nightly statistics reader; python-requests)"
MOST_REDIRECTS = 5
MOST_SAID_BYTES = 10_000


@dataclass(frozen=True)
class Asked:
    """One request as the source declares it, with what is known from last time.

    ``url`` is asked and may hold secrets; ``shown`` is the url as written, for sentences.
    """

    source_id: str
    url: str
    shown: str
    hosts: tuple[str, ...]
    max_bytes: int
    timeout_seconds: float
    turns: Turns
    last: Item | None = None
    backoff_seconds: float | None = None


class Refused(FetchFailed):
    """An answer with another status than 200; ``said`` is the beginning of its body."""

    def __init__(self, asked: Asked, status: int, said: bytes) -> None:
        self.shown, self.status, self.said = asked.shown, status, said
        reason = gist(said) if asked.url == asked.shown else ""  # or it might tell a secret
        super().__init__(
            f"Source {asked.source_id}: {asked.shown} answered {status}"
            f"{f' ({reason})' if reason else ''}, expected 200; check the address, or wait if "
            "the provider is down.",
            is_retryable=status >= 500 or status == 429,
        )


@contextmanager
def answered(asked: Asked) -> Iterator[requests.Response | None]:
    """The server's answer, its body not read yet; None when it says nothing has changed.

    Raises:
        Refused: a status other than 200 or 304.
        FetchFailed: no connection, or a host not listed.
    """
    headers = {"User-Agent": USER_AGENT, "Accept-Encoding": "identity"}
    if asked.last and asked.last.etag:
        headers["If-None-Match"] = asked.last.etag
    if asked.last and asked.last.last_modified:
        headers["If-Modified-Since"] = asked.last.last_modified
    with requests.Session() as session:
        try:
            response = _follow(session, asked, headers)
        except requests.RequestException as error:
            raise FetchFailed(
                f"Source {asked.source_id}: {asked.shown} could not be reached "
                f"({type(error).__name__}); it is tried again next night.",
                is_retryable=True,
            ) from None
        if response.status_code == 304 and asked.last:
            yield None
        elif response.status_code == 200:
            yield response
        else:
            raise Refused(asked, response.status_code, _said(asked, response))


def body(asked: Asked, response: requests.Response) -> Iterator[bytes]:
    """The answer's bytes, chunk by chunk.

    Raises:
        FetchFailed: more bytes than allowed, fewer than announced, or too slow in all.
    """
    deadline = time.monotonic() + asked.timeout_seconds
    size = 0
    try:
        while chunk := response.raw.read1(CHUNK_BYTES, decode_content=False):
            size += len(chunk)
            if size > asked.max_bytes:
                raise FetchFailed(
                    f"Source {asked.source_id}: {asked.shown} sends more than "
                    f"{asked.max_bytes} bytes; raise fetch.max_megabytes if that is right."
                )
            if time.monotonic() > deadline:
                raise FetchFailed(
                    f"Source {asked.source_id}: {asked.shown} took longer than "
                    f"{asked.timeout_seconds:g} s; raise fetch.timeout_seconds if it must.",
                    is_retryable=True,
                )
            yield chunk
    except (requests.RequestException, OSError, HTTPError):
        raise FetchFailed(
            f"Source {asked.source_id}: {asked.shown} broke off after {size} bytes; "
            "a partial fetch counts as none, it is tried again next night.",
            is_retryable=True,
        ) from None


def _follow(session: requests.Session, asked: Asked, headers: dict[str, str]) -> requests.Response:
    url = asked.url
    for _ in range(MOST_REDIRECTS + 1):
        host = urlsplit(url).hostname
        if host is None or host not in asked.hosts:
            raise FetchFailed(
                f"Source {asked.source_id}: {asked.shown} leads to host {host!r}, "
                "which fetch.hosts does not list; add it if you trust it."
            )
        if asked.url.startswith("https:") and not url.startswith("https:"):
            raise FetchFailed(
                f"Source {asked.source_id}: {asked.shown} leads from https to http at host "
                f"{host!r}; expected https throughout."
            )
        retries = RETRIES.of(asked.turns, host, asked.source_id, asked.backoff_seconds)
        session.mount(urljoin(url, "/"), HTTPAdapter(max_retries=retries))
        asked.turns.take(host, asked.source_id)
        response = session.get(
            url,
            headers=headers,
            timeout=min(asked.timeout_seconds, 30),
            stream=True,
            allow_redirects=False,
        )
        if not response.is_redirect:
            return response
        url = urljoin(url, response.headers["location"])
        response.close()
    raise FetchFailed(
        f"Source {asked.source_id}: {asked.shown} redirects more than {MOST_REDIRECTS} times; "
        "give the final address."
    )


def _said(asked: Asked, response: requests.Response) -> bytes:
    """The beginning of a refusal, as far as it comes in time."""
    deadline = time.monotonic() + asked.timeout_seconds
    said = b""
    try:
        while len(said) < MOST_SAID_BYTES and time.monotonic() < deadline:
            chunk = response.raw.read1(MOST_SAID_BYTES - len(said), decode_content=False)
            if not chunk:
                break
            said += chunk
    except (OSError, HTTPError):
        pass
    finally:
        response.close()
    return said
