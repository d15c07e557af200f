"""RSS and Atom feeds: the documents that their entries name, with dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from pes_observatory.discover.found import Candidate, candidate
from pes_observatory.errors import FetchFailed


def documents_in(source_id: str, feed: bytes, address: str) -> Iterator[Candidate]:
    """The documents of a feed, RSS 2.0 or Atom.

    Raises:
        FetchFailed: it is no XML, no feed, or XML that attacks its reader.
    """
    try:
        root = fromstring(feed)
    except (ParseError, DefusedXmlException, ValueError):
        raise FetchFailed(
            f"Source {source_id}: {address} is no feed that can be read, expected RSS or Atom; "
            "open it in a browser, it may be an error page."
        ) from None
    if _name(root) not in ("rss", "feed", "RDF"):
        raise FetchFailed(
            f"Source {source_id}: {address} begins with <{_name(root)}>, expected a feed; correct "
            "collection.feed."
        )
    for entry in root.iter():
        if _name(entry) in ("item", "entry"):
            link = _link(entry)
            if link:
                url = urljoin(address, link)
                words = " ".join(" ".join(entry.itertext()).split())
                yield candidate(
                    url,
                    _text(entry, "title") or url,
                    words,
                    published_on=_day(_text(entry, "pubDate", "published", "date")),
                    updated_on=_day(_text(entry, "updated")),
                )


def _link(entry: Element) -> str | None:
    """The address of an entry: Atom's rel=alternate, RSS's text, else a permanent guid."""
    for child in entry:
        if _name(child) == "link" and child.get("rel", "alternate") == "alternate":
            return child.get("href") or (child.text or "").strip() or None
    for child in entry:
        if _name(child) == "guid" and child.get("isPermaLink", "true") == "true":
            return (child.text or "").strip() or None
    return None


def _text(entry: Element, *names: str) -> str | None:
    found = (child for name in names for child in entry if _name(child) == name)
    return next((" ".join(text.split()) for child in found if (text := child.text)), None)


def _day(written: str | None) -> str | None:
    """The day of an ISO 8601 or RFC 822 date, None of anything else."""
    if not written:
        return None
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return read(written).date().isoformat()
        except ValueError:
            continue
    return None


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
