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
from urllib3.util.retry import Retry

from pes_observatory import __version__
from pes_observatory.errors import FetchFailed
from pes_observatory.files import CHUNK_BYTES
from pes_observatory.snapshots import Item

USER_AGENT = f"pes-observatory/{__version__} (nightly statistics reader; python-requests)"
MOST_REDIRECTS = 5
RETRIES = Retry(
    total=4,
    redirect=False,
    status_forcelist=(429, 500, 502, 503, 504),
    allowed_methods=("GET",),
    backoff_factor=0.5,
    backoff_max=30,
    retry_after_max=60,
    raise_on_status=False,
)


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
    last: Item | None = None


@contextmanager
def answered(asked: Asked) -> Iterator[requests.Response | None]:
    """The server's answer, its body not read yet; None when it says nothing has changed.

    Raises:
        FetchFailed: no connection, a status other than 200 or 304, or a host not listed.
    """
    headers = {"User-Agent": USER_AGENT, "Accept-Encoding": "identity"}
    if asked.last and asked.last.etag:
        headers["If-None-Match"] = asked.last.etag
    if asked.last and asked.last.last_modified:
        headers["If-Modified-Since"] = asked.last.last_modified
    with requests.Session() as session:
        session.mount("https://", HTTPAdapter(max_retries=RETRIES))
        session.mount("http://", HTTPAdapter(max_retries=RETRIES))
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
            raise FetchFailed(
                f"Source {asked.source_id}: {asked.shown} answered {response.status_code}, "
                "expected 200; check the address, or wait if the provider is down.",
                is_retryable=response.status_code >= 500 or response.status_code == 429,
            )


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
        if host not in asked.hosts:
            raise FetchFailed(
                f"Source {asked.source_id}: {asked.shown} leads to host {host!r}, "
                "which fetch.hosts does not list; add it if you trust it."
            )
        if asked.url.startswith("https:") and not url.startswith("https:"):
            raise FetchFailed(
                f"Source {asked.source_id}: {asked.shown} leads from https to http at host "
                f"{host!r}; expected https throughout."
            )
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
