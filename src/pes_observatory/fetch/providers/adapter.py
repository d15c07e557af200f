"""What an adapter is: it knows how one provider is asked, and what its answers mean.

It turns a source's ``fetch`` block, its dataset and its format into a change signal and into
requests; ``fetch.api`` does the asking. An answer under status 200 may still be an error, a
place in a queue or the advice to ask for less: ``judge`` tells, from the answer's beginning.
"""

from __future__ import annotations

import re
import zlib
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar
from urllib.parse import quote
from zoneinfo import ZoneInfo

from pes_observatory.errors import FetchFailed
from pes_observatory.fetch.client import Client
from pes_observatory.fetch.gist import gist
from pes_observatory.fetch.http import Refused
from pes_observatory.snapshots import SO_FAR
from pes_observatory.sources.base import filled_in

HEAD_BYTES = 65_536
_UNFIT = re.compile(r"[^\w.@$-]+")
_DAY = re.compile(r"(?P<d>\d\d)[./](?P<m>\d\d)[./](?P<y>\d{4})")
_GZIP = 16 + zlib.MAX_WBITS


class TooLarge(FetchFailed):
    """More than the provider gives in one answer; it may fit into so many ``pieces``."""

    def __init__(self, sentence: str, pieces: int = 2) -> None:
        super().__init__(sentence)
        self.pieces = max(2, pieces)


class Queued(Exception):
    """The answer is being prepared: to be looked for under ``key``, or asked again if None."""

    def __init__(self, key: str | None) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True)
class Question:
    """What is asked of a table: codes of some dimensions, and periods; all else comes whole."""

    filter: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    start: str | None = None
    end: str | None = None
    part: str = ""
    page: int = 1


@dataclass(frozen=True)
class Head:
    """The beginning of an answer, unpacked; ``is_whole`` when there is no more of it."""

    raw: bytes
    text: str
    is_whole: bool

    @classmethod
    def of(cls, raw: bytes, *, is_whole: bool) -> Head:
        if raw.startswith(b"\x1f\x8b"):
            unpacker = zlib.decompressobj(_GZIP)
            try:
                text = unpacker.decompress(raw, HEAD_BYTES)
            except zlib.error:
                text = b""
            is_whole = is_whole and unpacker.eof
        else:
            text = raw
        return cls(raw, text.decode("utf-8", errors="replace").lstrip("\ufeff \t\r\n"), is_whole)

    @property
    def is_html(self) -> bool:
        return self.text[:15].lower().startswith(("<!doctype html", "<html"))


class Adapter(ABC):
    """One source as its provider knows it."""

    signal_name: ClassVar[str]
    suffixes: ClassVar[Mapping[str, str]]
    has_queue: ClassVar[bool] = False
    zone: ClassVar[ZoneInfo] = ZoneInfo("Europe/Brussels")

    def __init__(self, client: Client, dataset: str, format_name: str) -> None:
        self.client, self.dataset, self.format = client, dataset, format_name
        self.fetch, self.base = client.fetch, client.fetch.base()
        self.warning = ""

    def unreadable(self, what: str) -> None:
        """Go on without a change signal: its page is there, and is not what the adapter knows."""
        self.warning = f"{what}; a change is told by ETag or hash until the adapter follows"

    def believed(self, stamp: str) -> str | None:
        """A stamp as it counts: where it names today alone, more of today may still come."""
        found = _DAY.fullmatch(stamp)
        day = "{y}-{m}-{d}".format(**found.groupdict()) if found else stamp
        is_today = day == datetime.now(self.zone).strftime("%Y-%m-%d")
        return stamp + SO_FAR if is_today else stamp or None

    @abstractmethod
    def signal(self) -> str | None:
        """What the provider says of the table's last change; None where it says nothing."""

    @abstractmethod
    def url(self, question: Question) -> str:
        """The address of the answer, its variables as written.

        Raises:
            TooLarge: the address itself would be too long for the provider.
        """

    def item_name(self, question: Question) -> str:
        """What the answer is called among the items of a snapshot."""
        page = f"page-{question.page}" if question.page > 1 else ""
        parts = [_UNFIT.sub("_", self.dataset), question.part, page]
        return "--".join(filter(None, parts)) + self.suffixes[self.format]

    def judge(self, head: Head, shown: str) -> None:
        """Refuse what is no data. This much holds for every table in CSV or TSV.

        Raises:
            FetchFailed: an error in place of the table, or a header without rows.
        """
        if head.text.startswith(("<", "{", "[")) and not head.is_html:
            raise self.failed(f"{shown} answers an error in place of the table", head.raw)
        if head.is_whole and len(head.text.splitlines()) == 1:
            raise self.failed(
                f"{shown} gives a header and no row; a code or period of 'fetch' is not in the "
                "table, correct it"
            )

    def judge_refusal(self, refused: Refused) -> None:
        """Raise TooLarge for a refusal that advises to ask for less."""
        if refused.status in (413, 414, 416):
            raise self.too_large(f"{refused.shown} answered {refused.status}", refused.said)

    def edition(self, head: Head, question: Question) -> Mapping[str, str]:
        """What the answer says of the table, and what every other part of it must say too."""
        return {}

    def further(self, head: Head, question: Question) -> list[Question]:
        """What is still to be asked after the first of several pages."""
        return []

    def first_period(self) -> str | None:
        """The earliest period of the table, where the provider tells."""
        return None

    def queue_state(self, key: str) -> str:
        """What has become of a queued request: its state in the provider's words."""
        raise NotImplementedError

    def queued_url(self, key: str) -> str:
        """Where the answer to a queued request is."""
        raise NotImplementedError

    def question(self) -> Question:
        """The whole of what the source declares."""
        codes = {name: tuple(codes) for name, codes in self.fetch.filter.items()}
        return Question(codes, self.fetch.start_period, self.fetch.end_period)

    def too_large(self, what: str, said: bytes = b"", pieces: int = 2) -> TooLarge:
        """That less must be asked for."""
        sentence = self.failed(f"{what}, it is too large to be given at once", said)
        return TooLarge(str(sentence), pieces)

    def failed(self, what: str, said: bytes = b"", *, is_retryable: bool = False) -> FetchFailed:
        """An error of this source, as one sentence, with what the provider said."""
        has_secrets = filled_in(self.base) != self.base
        told = "" if has_secrets else gist(said)
        reason = f" ({told})" if told else ""
        return FetchFailed(
            f"Source {self.client.source_id}: {what}{reason}.", is_retryable=is_retryable
        )


def query(**parameters: str | None) -> str:
    """A query string without the parameters that have no value: to some, blank means all."""
    given = {name: value for name, value in parameters.items() if value}
    return "&".join(f"{name}={quote(value, safe=',+:@.;*')}" for name, value in given.items())
