"""What a document says of itself: its identifiers, its licence, and who contributed to it.

Identifiers are checked, licences are known by name, contributors stand after the words of
``roles.csv`` (chaired by, financé par): names with a capital letter, up to the end of the clause.
All three are proposed to a person: a document names the numbers and authors of others, too.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pes_observatory.facts.sentences import sentence_around
from pes_observatory.sources.identifiers import printed_in

_KIND, _VERSION = r"(?P<kind>BY(?:[ -](?:NC|ND|SA))*|0)", r"(?P<version>\d\.\d)"
_CREATIVE_COMMONS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\bCC[ -]?{_KIND}(?:[ -]{_VERSION})?(?![\w-])",
        rf"\bcreativecommons\.org/licenses/{_KIND}/{_VERSION}",
        rf"\bCreative Commons (?P<kind>Attribution|Paternité|Reconocimiento|Atribución) {_VERSION}",
    )
)
_OTHER_LICENCES = {
    "CC0-1.0": r"\bcreativecommons\.org/publicdomain/zero/1\.0",
    "etalab-2.0": r"\b(?:Licence Ouverte|Open Licence|Etalab)\b(?: / Open Licence)?(?: v?2\.0)?",
    "EC reuse, 2011/833/EU": r"\bd[ée]cisi[oó]n 2011/833/(?:EU|UE)\b",
    "all rights reserved": r"\b(?:all rights reserved|tous droits réservés|"
    r"reservados todos los derechos|todos los derechos reservados)\b",
}
_END = (
    r"(?=[.,;:()\[\]\"«»\n]|\s(?:qui|que|dans|afin|that|which|who|in|within|to|en|para|quien)\s|$)"
)
_NAMED, _LISTED = rf"\s*(?P<names>.+?){_END}", r"[^.:]*:\s*(?P<names>[^.:;]+)"
# "and" parts two names, not two words of one: a capital letter follows soon
_AND = re.compile(
    r",\s*|\s(?:ainsi que|as well as|así como"
    r"|(?:et|and|y|e)(?=\s(?:\S+\s){0,2}(?:[dl]['’])?[A-ZÀ-Þ]))\s(?:d[eu]s?\s|d['’])?"
)
_ARTICLE = re.compile(
    r"^(?:(?:le|la|les|un|une|leur|du|des|de|the|an?|its|their|el|los|las|su|del?)\s|[ld]['’])+",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"\b[^\W\d_a-zà-öø-ÿ]")
_LONGEST = 160


class Statement(NamedTuple):
    """One thing that a document says of itself, with the words that say it.

    ``kind`` is identifier, licence or contributor; ``role`` the scheme of an identifier or what a
    contributor did; ``name`` the fact in one way of writing.
    """

    kind: str
    role: str | None
    name: str
    quote: str
    sentence: str


def imprint_in(text: str, lang: str | None) -> list[Statement]:
    """What a passage says of its document, each once."""
    found = [*_identifiers(text), *_licences(text), *_contributors(text, lang)]
    return list({(each.kind, each.role, each.name): each for each in reversed(found)}.values())[
        ::-1
    ]


def _identifiers(text: str) -> Iterator[Statement]:
    for each in printed_in(text):
        sentence = sentence_around(text, each.start, each.start + len(each.words))
        yield Statement("identifier", each.scheme, each.value, each.words, sentence)


def _licences(text: str) -> Iterator[Statement]:
    for pattern in _CREATIVE_COMMONS:
        for match in pattern.finditer(text):
            yield _licence(text, _creative_commons(match), match)
    for name, printed in _OTHER_LICENCES.items():
        for match in re.finditer(printed, text, re.IGNORECASE):
            yield _licence(text, name, match)


def _licence(text: str, name: str, match: re.Match[str]) -> Statement:
    return Statement("licence", None, name, match[0], sentence_around(text, *match.span()))


def _creative_commons(match: re.Match[str]) -> str:
    """``CC-BY-SA-4.0`` as SPDX writes it; without its version where none is printed."""
    kind = match["kind"].upper().replace(" ", "-")
    if kind == "0":
        return "CC0-1.0"
    kind = kind if kind.startswith("BY") else "BY"
    return "-".join(filter(None, ("CC", kind, match["version"])))


def _contributors(text: str, lang: str | None) -> Iterator[Statement]:
    for role, words in _roles(lang or "").items():
        for match in words.finditer(text):
            sentence = sentence_around(text, match.start(), match.end())
            for part in _AND.split(match["names"]):
                name = _ARTICLE.sub("", part.strip())
                if _CAPITAL.search(name) and len(name) <= _LONGEST:
                    yield Statement("contributor", role, name, name, sentence)


@cache
def _roles(lang: str) -> dict[str, re.Pattern[str]]:
    """Per role what its contributors stand after; ``members`` are a list after a colon."""
    said: dict[str, list[str]] = {}
    with (Path(__file__).parent / "roles.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["lang"] == lang:
                said.setdefault(row["role"], []).append(row["pattern"])
    return {
        role: re.compile(
            rf"\b(?:{'|'.join(patterns)})"
            + (
                r"[^.:]*:\s*(?P<names>[^.:;]+)" if role == "member" else rf"\s*(?P<names>.+?){_END}"
            ),
            re.IGNORECASE,
        )
        for role, patterns in said.items()
    }
