"""A document as a listing or feed names it: address, words, and the identifiers in both."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, unquote, urlencode, urljoin, urlsplit, urlunsplit

from pes_observatory.sources.identifiers import parts_of, printed_in

_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|jsessionid|phpsessid|sid", re.IGNORECASE)
_LANGUAGES = (
    "ar|bg|cs|da|de|el|en|es|et|fi|fr|ga|hr|hu|is|it|lt|lv|mt|nl|no|pl|pt|ro|ru|sk|sl|sv|tr|uk"
)
_LANGUAGE = re.compile(rf"[_.-]({_LANGUAGES})(?=\.[a-z]{{2,5}}$|$)|/({_LANGUAGES})(?=/|$)")
_LANGUAGE_KEYS = ("langid", "lang", "language", "locale")


@dataclass(frozen=True)
class Candidate:
    """One link to a document; ``identifiers`` are of the form scheme:value."""

    url: str
    title: str
    identifiers: tuple[str, ...]
    lang: str | None = None
    published_on: str | None = None
    updated_on: str | None = None


def candidate(url: str, title: str, words: str, **dates: str | None) -> Candidate:
    """A link with all that its address and the words around it tell."""
    found = identifiers_in(f"{unquote(url)} {words}")
    return Candidate(canonical(url), title, found, language_of(url, found), **dates)


def canonical(url: str) -> str:
    """The one way of writing an address: no fragment, no tracking, parameters in order."""
    parts = urlsplit(url.strip())
    asked = sorted(
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _TRACKING.fullmatch(name)
    )
    host = (parts.hostname or "") + (f":{parts.port}" if parts.port else "")
    path = re.sub(r";jsessionid=[^/]*", "", parts.path, flags=re.IGNORECASE) or "/"
    return urlunsplit((parts.scheme.lower(), host, path, urlencode(asked), ""))


def address_of(base: str, href: str) -> str | None:
    """The web address that a link on a page leads to; none where it is no such address."""
    try:
        url = urljoin(base, href.strip())
        urlsplit(url).port  # noqa: B018 (a port that is no number is found out here alone)
    except ValueError:
        return None
    return url if url.startswith(("https://", "http://")) else None


def identifiers_in(text: str) -> tuple[str, ...]:
    """The identifiers in a text, the strongest first; what only looks like one is none."""
    printed = (f"{each.scheme}:{each.value}" for each in printed_in(text))
    return tuple(dict.fromkeys(printed))


def language_of(url: str, identifiers: Iterable[str] = ()) -> str | None:
    """The language that a catalogue number or else the address tells, None where neither does."""
    for identifier in identifiers:
        scheme, _, value = identifier.partition(":")
        if scheme == "catalogue_no":
            return parts_of(value).lang
    parts = urlsplit(url)
    for name, value in parse_qsl(parts.query):
        if name.lower() in _LANGUAGE_KEYS and re.fullmatch(r"[A-Za-z]{2}", value):
            return value.lower()
    match = _LANGUAGE.search(parts.path)
    return (match[1] or match[2]) if match else None


def keys_of(identifiers: Iterable[str], lang: str | None) -> set[str]:
    """What two sightings of one document share; a CELEX number is of all its languages."""
    return {
        f"{identifier}:{lang}" if identifier.startswith("celex:") and lang else identifier
        for identifier in identifiers
    }


def distinguished(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Candidates, one per address, with only those identifiers that no other one has.

    What stands beside the links to a text in two languages, or names the law that several texts
    cite, tells none of them from the others.
    """
    listed = {each.url: each for each in candidates}
    times = Counter(key for each in listed.values() for key in keys_of(each.identifiers, each.lang))
    return [
        replace(
            each,
            identifiers=tuple(
                identifier
                for identifier in each.identifiers
                if all(times[key] == 1 for key in keys_of([identifier], each.lang))
            ),
        )
        for each in listed.values()
    ]
