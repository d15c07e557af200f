"""Fetching a source through its provider's API: the change signal first, then what is needed.

A table comes as one answer, as several pages, or, where the provider gives no more, as the
answers to smaller questions. All of them together are one snapshot: a part that fails fails the
whole, and parts of different editions of the table do too.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

from pes_observatory.fetch import http, queue
from pes_observatory.fetch.client import Came, Client
from pes_observatory.fetch.look import look_at
from pes_observatory.fetch.providers import adapter_of
from pes_observatory.fetch.providers.adapter import (
    HEAD_BYTES,
    Adapter,
    Head,
    Question,
    Queued,
    TooLarge,
)
from pes_observatory.fetch.splitting import smaller
from pes_observatory.settings import Home
from pes_observatory.snapshots import Item, keep_bytes, object_path
from pes_observatory.sources.models import IndicatorSource
from pes_observatory.sources.registry import Declared

MOST_TIMES_SUBMITTED = 2


def from_api(home: Home, declared: Declared, run_id: str, last: tuple[Item, ...]) -> Came:
    """The items of the source's table, and how it was noticed whether they changed.

    ``last`` are the items that the last fetch left, if it asked the same.

    Raises:
        FetchFailed: the table did not come whole.
    """
    assert isinstance(declared.source, IndicatorSource)
    source = declared.source
    client = Client(home, declared.id, source.fetch, run_id)
    adapter = adapter_of(client, source)
    stamp = adapter.signal()
    before = {item.origin: item for item in last if object_path(home, item.sha256).exists()}
    is_whole = bool(last) and len(before) == len(last)
    if stamp and is_whole and all(item.change_stamp == stamp for item in last):
        return Came(list(last), adapter.signal_name)
    table = _Table(adapter, before)
    items = [replace(item, change_stamp=stamp) for item in table.answers(adapter.question())]
    if table.noticed_by:
        return Came(items, table.noticed_by, adapter.warning)
    is_same = {item.sha256 for item in items} == {item.sha256 for item in last}
    noticed_by = "sha256" if is_same or not stamp else adapter.signal_name
    return Came(items, noticed_by, adapter.warning)


class _Table:
    """One table being fetched; ``before`` is what came last time, by the address asked."""

    def __init__(self, adapter: Adapter, before: dict[str, Item]) -> None:
        self.adapter, self.client, self.before = adapter, adapter.client, before
        self.noticed_by = ""
        self._said: dict[str, str] = {}

    def answers(self, question: Question) -> Iterator[Item]:
        """The items that answer ``question``, in parts where it is too large."""
        try:
            yield from self._pages(question)
        except TooLarge as refusal:
            for part in smaller(self.adapter, question, refusal):
                yield from self.answers(part)

    def _pages(self, question: Question) -> Iterator[Item]:
        item, head = self._answer(question)
        yield item
        for page in self.adapter.further(head, question) if head else ():
            yield self._answer(page)[0]

    def _answer(self, question: Question) -> tuple[Item, Head | None]:
        """One answer, waited for where the provider prepares it."""
        url = self.adapter.url(question)
        with queue.alone_at_its_host(self.adapter):
            return self._answer_at(url, question, queue.Patience(self.adapter))

    def _answer_at(
        self, url: str, question: Question, patience: queue.Patience
    ) -> tuple[Item, Head | None]:
        address, given_up = url, 0
        while given_up < MOST_TIMES_SUBMITTED:
            try:
                return self._download(question, url, address)
            except Queued as queued:
                if queued.key is None:
                    patience.rest()
                elif queue.is_ready(self.adapter, queued.key, patience):
                    address = self.adapter.queued_url(queued.key)
                else:
                    address, given_up = url, given_up + 1
        raise self.adapter.failed(
            f"{url} was queued {given_up} times and given up by the provider; it is tried again "
            "next night",
            is_retryable=True,
        )

    def _download(self, question: Question, origin: str, address: str) -> tuple[Item, Head | None]:
        """The answer at ``address``, kept as it came; without a head where it has not changed."""
        known = self.before.get(origin) if len(self.before) == 1 and address == origin else None
        asked = self.client.asked(address, last=known)
        try:
            with http.answered(asked) as response:
                if response is None:
                    assert known is not None
                    self.noticed_by = "etag" if known.etag else "last-modified"
                    return known, None
                chunks = http.body(asked, response)
                head = _head(chunks)
                self.adapter.judge(head, address)
                self._check_edition(head, question, address)
                sha256, size = keep_bytes(self.client.home, itertools.chain([head.raw], chunks))
        except http.Refused as refused:
            self.adapter.judge_refusal(refused)
            raise
        name, path = self.adapter.item_name(question), object_path(self.client.home, sha256)
        look_at(self.client.source_id, name, self.adapter.format, path, asked.max_bytes)
        headers = response.headers if address == origin else {}
        validators = headers.get("ETag"), headers.get("Last-Modified")
        return Item(name, sha256, size, origin, *validators), head

    def _check_edition(self, head: Head, question: Question, address: str) -> None:
        for name, said in self.adapter.edition(head, question).items():
            before = self._said.setdefault(name, said)
            if said != before:
                raise self.adapter.failed(
                    f"{address} says {name} {said}, the part before it said {before}: the table "
                    "changed while it was fetched, nothing of it counts, it is tried again next "
                    "night",
                    is_retryable=True,
                )


def _head(chunks: Iterator[bytes]) -> Head:
    """Take the beginning off a body, enough to judge it."""
    taken = b""
    for chunk in chunks:
        taken += chunk
        if len(taken) >= HEAD_BYTES:
            return Head.of(taken, is_whole=False)
    return Head.of(taken, is_whole=True)
