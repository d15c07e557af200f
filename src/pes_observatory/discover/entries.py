"""The dates that a listing page prints beside or above a link, in the entry that the link is of.

An entry is a list item, a table row, an article, or a card: one of several elements of a kind, side
by side, with other documents in the others. A date has to stand by itself there, or behind a label
that says what it is of; the words of links and headings name the document, and a date in them is
of what it is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

from lxml import etree, html

from pes_observatory.discover.dates import meaning_of, printed_date
from pes_observatory.discover.found import address_of, canonical

_OF_ONE_TEXT = ("li", "tr")  # its links are languages and media of one text
_CARDS = ("div", "section", "p")
_NAMES = ("a", "h1", "h2", "h3", "h4", "h5", "h6", "script", "style")
_ENTRIES = (*_OF_ONE_TEXT, "article")
_INLINE = ("time", "span", "b", "strong", "em", "i", "small", "font")
_LABELS = ("dt", "th", "label")
_BETWEEN = re.compile(r"[|·•()\[\]]|\s[–—-]\s")

_Held = dict[Any, set[str]]  # the documents below an element, or below all those of a kind


class Dates(NamedTuple):
    """When a document was published and updated, as far as its entry says."""

    published_on: str | None = None
    updated_on: str | None = None


def dates_beside(page: str, address: str, link_pattern: str) -> dict[str, Dates]:
    """By canonical address the dates of those links in which ``link_pattern`` is found."""
    try:
        parser = html.HTMLParser(encoding="utf-8")
        tree = html.document_fromstring(page.replace("\0", "").encode(), parser=parser)
    except etree.ParserError:
        return {}
    base = address_of(address, next(iter(tree.xpath("//base/@href")), "")) or address
    links = [
        (link, canonical(url))
        for link in tree.xpath("//a[@href]")
        if (url := address_of(base, link.get("href"))) and re.search(link_pattern, url)
    ]
    held: _Held = {}
    for link, url in links:
        for above in link.iterancestors():
            held.setdefault(above, set()).add(url)
            held.setdefault(_kind(above), set()).add(url)
    lang = (tree.get("lang") or "")[:2].lower() or None
    found: dict[str, set[Dates]] = {}
    for link, url in links:
        said = (_dates_in(entry, lang) for entry in _entries_of(link, held))
        found.setdefault(url, set()).add(next(filter(any, said), Dates()))
    # a picture and a title may lead to one document; that two entries contradict is for nobody
    told = {url: {dates for dates in of if any(dates)} for url, of in found.items()}
    return {url: dates.pop() for url, dates in told.items() if len(dates) == 1}


def _entries_of(link: Any, held: _Held) -> Iterator[Any]:
    """The entries that a link stands in, from the inside, as long as they have no more links."""
    inner: set[str] | None = None
    for above in link.iterancestors():
        is_of_one = above.tag in _OF_ONE_TEXT or (
            len(held[above]) == 1 and (above.tag == "article" or _is_card(above, held))
        )
        if is_of_one:
            inner = inner or held[above]
            if held[above] != inner:
                return
            yield above


def _is_card(element: Any, held: _Held) -> bool:
    return element.tag in _CARDS and held[_kind(element)] > held[element]


def _kind(element: Any) -> tuple[Any, ...]:
    """What an element has in common with those of its kind beside it."""
    return element.getparent(), element.tag, element.get("class")


def _dates_in(entry: Any, lang: str | None) -> Dates:
    """The one day of each meaning; of two that differ neither is taken, unless one has a label."""
    days: dict[str | None, set[str]] = {"published": set(), "updated": set(), None: set()}
    today = datetime.now(UTC).date().isoformat()
    cells = list(entry.iterchildren("td", "th")) if entry.tag == "tr" else [entry]
    for number, cell in enumerate(cells):
        label = _header(entry, number, len(cells)) if entry.tag == "tr" else ""
        for words, tag in _runs(cell):
            printed = printed_date(words, lang)
            if printed and printed.day <= today[: len(printed.day)]:
                meaning = printed.meaning or meaning_of(label)
                if meaning or not label:
                    days[meaning].add(printed.day)
            label = words if tag in _LABELS or words.endswith(":") else ""
    published = days["published"] or days[None]
    return Dates(_only(published), _only(days["updated"]))


def _header(row: Any, number: int, cells: int) -> str:
    """What stands at the head of a column; empty where the table has no such head."""
    table = next(row.iterancestors("table"), None)
    heads = table.xpath("(.//tr)[1]/th") if table is not None else []
    return " ".join(heads[number].itertext()).strip() if len(heads) == cells else ""


def _runs(element: Any) -> Iterator[tuple[str, str]]:
    """Words that stand by themselves, in order, with their element's tag.

    What is set off in a sentence belongs to it, and a date there is none by itself.
    """
    if element.tag == "time" and element.get("datetime"):
        yield element.get("datetime").strip(), "time"
        return
    own = [element.text or "", *(child.tail or "" for child in element)]
    is_sentence = any(_BETWEEN.sub("", words).strip(" :,\n\t") for words in own)
    words = element.text or ""
    for child in element:
        if is_sentence and child.tag in _INLINE:
            words += child.get("datetime") or "".join(child.itertext())
        else:
            yield from _parts(words, element.tag)
            words = ""
            if isinstance(child.tag, str) and child.tag not in (*_NAMES, *_ENTRIES):
                yield from _runs(child)
        words += child.tail or ""
    yield from _parts(words, element.tag)


def _parts(words: str, tag: str) -> Iterator[tuple[str, str]]:
    for part in _BETWEEN.split(words):
        if part.strip():
            yield " ".join(part.split()).strip(","), tag


def _only(days: set[str]) -> str | None:
    return next(iter(days)) if len(days) == 1 else None
