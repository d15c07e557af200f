"""Waiting for an answer that the provider prepares: looked for at leisure, one at a time.

Fair use of Eurostat asks for one extraction after the other. Whether a table is queued shows
only once it is asked for. So whoever asks a provider with a queue holds the lock of its host in
``state/rates`` from the request to the end of the download; nobody looks more often than
``fetch.poll_seconds``.
"""

from __future__ import annotations

import time
from contextlib import AbstractContextManager, nullcontext
from urllib.parse import urlsplit

from filelock import FileLock

from pes_observatory.fetch.providers.adapter import Adapter
from pes_observatory.sources.base import filled_in

WAITING = frozenset({"SUBMITTED", "PROCESSING"})
READY = "AVAILABLE"


def alone_at_its_host(adapter: Adapter) -> AbstractContextManager[object]:
    """Hold the host's queue; nothing is held where the provider has none."""
    if not adapter.has_queue:
        return nullcontext()
    host = urlsplit(filled_in(adapter.base)).hostname
    folder = adapter.client.home.state / "rates"
    folder.mkdir(parents=True, exist_ok=True)
    return FileLock(folder / f"{host}.queue.lock")


class Patience:
    """How long one answer is waited for, from now on."""

    def __init__(self, adapter: Adapter) -> None:
        self.adapter, self.has_rested = adapter, False
        self.deadline = time.monotonic() + adapter.fetch.most_wait_seconds

    def rest(self) -> None:
        """Sleep until the next look; the first comes in any case.

        Raises:
            FetchFailed: the next look would be too late.
        """
        fetch, left = self.adapter.fetch, self.deadline - time.monotonic()
        if self.has_rested and fetch.poll_seconds > left:
            raise self.adapter.failed(
                f"the answer was not ready within {fetch.most_wait_seconds:g} s; raise "
                "fetch.most_wait_seconds or ask for less, it is tried again next night",
                is_retryable=True,
            )
        self.has_rested = True
        time.sleep(max(0.0, min(fetch.poll_seconds, left)))


def is_ready(adapter: Adapter, key: str, patience: Patience) -> bool:
    """Wait until the answer is there; False when the provider has given it up.

    Raises:
        FetchFailed: it is not there within ``fetch.most_wait_seconds``.
    """
    while True:
        patience.rest()
        state = adapter.queue_state(key)
        if state not in WAITING:
            return state == READY
