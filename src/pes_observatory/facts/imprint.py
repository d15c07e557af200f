"""What a document says of itself: its identifiers, its licence, and who contributed to it.

Identifiers are checked, licences are known by name, contributors stand after the words of
``roles.csv`` (chaired by, financé par): names with a capital letter, up to the end of the clause,
which may come in a passage after it (``running_on.py``). All three are proposed to a person: a
document names the numbers and authors of others, too.
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
_LONGEST = 160
# behind a comma stands another clause, unless names follow up to an "and"
_NAME = r"\s(?:[^\W\d]{1,3}\s|[dl]['’])?(?-i:[A-ZÀ-Þ])[^,.;:()\d\n]{1,60}?"
_NAMED = (
    rf"\s*:?\s*(?P<names>[^:\n]{{1,{_LONGEST}}}?"
    rf"(?:(?:,{_NAME}){{1,20}},?\s(?:et|and|y|e|ainsi que|as well as|así como){_NAME})?){_END}"
)
_LISTED = r"[^.:]*:\s*(?P<names>[^.:;]+)"
_ANNOUNCED = r"(?:(?<=:)|[^.:;]{0,80}:)\s*$"
# "and" parts two names, not two words of one: a capital letter follows soon
_AND = re.compile(
    r",?\s(?:ainsi que|as well as|así como"
    r"|(?:et|and|y|e)(?=\s(?:\S+\s){0,2}(?:[dl]['’])?[A-ZÀ-Þ]))\s(?:d[eu]s?\s|d['’])?|,\s*"
)
_ARTICLE = re.compile(
    r"^(?:(?:le|la|les|un|une|leur|du|des|de|the|an?|its|their|el|los|las|su|del?)\s|[ld]['’])+",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"\b[^\W\d_a-zà-öø-ÿ]")


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
    """What a text says of its document, each once."""
    contributors = (statement for _, statement in contributors_at(text, lang))
    return each_once([*_identifiers(text), *_licences(text), *contributors])


def each_once(found: list[Statement]) -> list[Statement]:
    """Statements without those that say again what an earlier one says."""
    said = {(each.kind, each.role, each.name): each for each in reversed(found)}
    return list(said.values())[::-1]


def contributors_at(text: str, lang: str | None) -> Iterator[tuple[int, Statement]]:
    """Who contributed, each with the place of the name."""
    for role, words in _roles(lang or "").items():
        for match in words.finditer(text):
            sentence = sentence_around(text, match.start(), match.end())
            for start, part in _parts(match["names"]):
                if name := name_in(part):
                    yield match.start("names") + start, contributor(role, name, sentence)


def contributor(role: str, name: str, sentence: str) -> Statement:
    """Who did what, in the words of a sentence."""
    return Statement("contributor", role, name, name, sentence)


def name_in(words: str) -> str | None:
    """The name that words are, without its article; None where they are no name."""
    name = _ARTICLE.sub("", words.strip())
    return name if _CAPITAL.search(name) and len(name) <= _LONGEST else None


def announced_role(text: str, lang: str | None) -> str | None:
    """The role of those whom a text announces with a colon at its end, such as "Written by:"."""
    roles = _roles(lang or "", is_announced=True)
    return next((role for role, words in roles.items() if words.search(text)), None)


def _parts(names: str) -> Iterator[tuple[int, str]]:
    """What stands between commas and conjunctions, each with its place."""
    at = 0
    for between in _AND.finditer(names):
        yield at, names[at : between.start()]
        at = between.end()
    yield at, names[at:]


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


@cache
def _roles(lang: str, *, is_announced: bool = False) -> dict[str, re.Pattern[str]]:
    """Per role what its contributors stand after, or what announces them at the end of a text.

    Members are a list after a colon.
    """
    said: dict[str, list[str]] = {}
    with (Path(__file__).parent / "roles.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["lang"] == lang:
                said.setdefault(row["role"], []).append(row["pattern"])
    return {
        role: re.compile(
            rf"\b(?:{'|'.join(patterns)})"
            + (_ANNOUNCED if is_announced else _LISTED if role == "member" else _NAMED),
            re.IGNORECASE,
        )
        for role, patterns in said.items()
    }
