"""Listing pages: the links to documents, each with the words that stand around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from pes_observatory.discover.entries import Dates, dates_beside
from pes_observatory.discover.found import Candidate, address_of, candidate, canonical

# one entry of a list of publications stands in one of these
_ENTRIES = frozenset({"li", "article", "tr", "dd", "p", "section"})


@dataclass
class _Link:
    url: str
    words: list[str] = field(default_factory=list)
    around: list[str] = field(default_factory=list)


class _Links(HTMLParser):
    """Every link of a page with its words and those of the entry that it stands in."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[_Link] = []
        self.base: str | None = None
        self.words: list[str] = []
        self._entry: list[str] = []
        self._of_entry: list[_Link] = []
        self._open: _Link | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        href = dict(attrs).get("href")
        if tag == "base" and href and self.base is None:
            self.base = href
        if tag in _ENTRIES:
            self._end_entry()
        if tag == "a" and href:
            self._open = _Link(href)
            self._of_entry.append(self._open)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._open = None
        if tag in _ENTRIES:
            self._end_entry()

    def handle_data(self, data: str) -> None:
        self._entry.append(data)
        self.words.append(data)
        if self._open is not None:
            self._open.words.append(data)

    def close(self) -> None:
        super().close()
        self._end_entry()

    def _end_entry(self) -> None:
        for link in self._of_entry:
            link.around = self._entry
        self.links += self._of_entry
        self._entry, self._of_entry = [], []


def documents_on(page: str, address: str, link_pattern: str) -> Iterator[Candidate]:
    """The documents that a page links to: addresses in which ``link_pattern`` is found."""
    dates = dates_beside(page, address, link_pattern)
    for url, link in _addresses(page, address):
        if re.search(link_pattern, url):
            said = dates.get(canonical(url), Dates())
            words = _joined(link.around)
            yield candidate(url, _joined(link.words) or url, words, **said._asdict())


def pages_after(page: str, address: str, next_pattern: str) -> list[str]:
    """The addresses of further listing pages that a page links to."""
    return [url for url, _ in _addresses(page, address) if re.search(next_pattern, url)]


def words_of(page: str) -> str:
    """All words of a page."""
    parser = _Links()
    parser.feed(page)
    parser.close()
    return _joined(parser.words)


def _addresses(page: str, address: str) -> Iterator[tuple[str, _Link]]:
    parser = _Links()
    parser.feed(page)
    parser.close()
    base = address_of(address, parser.base or "") or address
    for link in parser.links:
        if url := address_of(base, link.url):
            yield url, link


def _joined(words: list[str]) -> str:
    return " ".join(" ".join(words).split())
