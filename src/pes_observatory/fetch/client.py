"""One source's way to its provider: from listed hosts, within its limits, in turn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from pes_observatory.fetch import http
from pes_observatory.fetch.rates import turns
from pes_observatory.settings import Home
from pes_observatory.snapshots import Item
from pes_observatory.sources.base import filled_in
from pes_observatory.sources.fetch import Fetch


class Came(NamedTuple):
    """What a fetch brought, how it was noticed whether it changed, and what is odd about that."""

    items: list[Item]
    noticed_by: str
    warning: str = ""


@dataclass(frozen=True)
class Client:
    """What every request of one source has in common; ``run_id`` names the night."""

    home: Home
    source_id: str
    fetch: Fetch
    run_id: str

    def asked(
        self,
        url: str,
        *,
        last: Item | None = None,
        max_bytes: int | None = None,
    ) -> http.Asked:
        """A request for ``url``, whose variables are filled in for the request alone."""
        return http.Asked(
            self.source_id,
            filled_in(url),
            url,
            tuple(self.fetch.hosts),
            self.fetch.max_bytes if max_bytes is None else max_bytes,
            self.fetch.timeout_seconds,
            turns(self.home, self.fetch.seconds_between_requests),
            last,
            self.fetch.backoff_seconds,
        )

    def read(self, url: str, *, max_bytes: int) -> bytes:
        """The whole body of a small page."""
        asked = self.asked(url, max_bytes=max_bytes)
        with http.answered(asked) as response:
            assert response is not None
            return b"".join(http.body(asked, response))
