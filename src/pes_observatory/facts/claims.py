"""Claims: the numbers that a passage states, found by rules and proposed to a person.

"Près d'un million de visiteurs par mois" is 1,000,000 visitors a month, nearly. A number counts
where a known unit follows it, or where it is written with its scale; years, articles, pages and
identifiers do not. The words that the rules know are in ``words.csv``.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from pes_observatory.facts.countries import country_named
from pes_observatory.facts.sentences import sentence_span

LANGUAGES = ("en", "es", "fr")
_OF = {"fr": r"(?:d['’]|de\s)?", "en": r"(?:of\s)?", "es": r"(?:de\s)?"}
_DECIMAL = {"fr": ",", "en": ".", "es": ","}
_GROUP = {"fr": r"[ .\u00a0\u202f]", "en": r"[,\u00a0\u202f]", "es": r"[ .\u00a0\u202f]"}
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True)
class Claim:
    """One stated number, with the words that state it and where they stand in the passage."""

    quote: str
    start: int
    end: int
    sentence: str
    value: Decimal
    unit: str | None
    per: str | None
    qualifier: str | None
    subject_iso3: str | None
    stated_year: int | None


def claims_in(text: str, lang: str | None) -> list[Claim]:
    """The numbers that a passage in ``lang`` states, in order of place."""
    if lang not in LANGUAGES:
        return []
    pattern, words = _pattern(lang), _words(lang)
    return [
        _claim(text, lang, match, words) for match in pattern.finditer(text) if _is_stated(match)
    ]


def _claim(text: str, lang: str, match: re.Match[str], words: dict[str, dict[str, str]]) -> Claim:
    start, end = sentence_span(text, match.start(), match.end())
    years = [int(year) for year in _YEAR.findall(text[start:end]) if year not in match[0]]
    value, unit = _quantity(match, lang, words)
    qualifier = "half" if match["half"] else "qualifier"
    return Claim(
        quote=match[0].strip(),
        start=match.start(),
        end=match.start() + len(match[0].strip()),
        sentence=text[start:end].strip(),
        value=value.normalize(),
        unit=unit,
        per=words["per"][_plain(match["per"])] if match["per"] else None,
        qualifier=words[qualifier][_plain(match[qualifier])] if match[qualifier] else None,
        subject_iso3=country_named(text, lang, before=match.start(), until=end),
        stated_year=years[0] if len(set(years)) == 1 else None,
    )


def _quantity(
    match: re.Match[str], lang: str, words: dict[str, dict[str, str]]
) -> tuple[Decimal, str | None]:
    if match["half"]:
        return Decimal(50), "percent"
    scale = Decimal(words["scale"][_plain(match["scale"])] if match["scale"] else 1)
    unit = words["unit"][_plain(match["unit"])] if match["unit"] else None
    return _number(match["number"], lang, words["number"]) * scale, unit


def _is_stated(match: re.Match[str]) -> bool:
    """Whether it is more than a bare number: with a unit or a scale; words of number with both."""
    if match["half"]:
        return True
    is_digits = match["number"][0].isdigit()
    return bool(match["scale"]) or (is_digits and bool(match["unit"]))


def _number(printed: str, lang: str, numbers: dict[str, str]) -> Decimal:
    if not printed[0].isdigit():
        return Decimal(numbers[_plain(printed)])
    digits = re.sub(_GROUP[lang] + r"(?=\d{3})", "", printed)
    return Decimal(digits.replace(_DECIMAL[lang], "."))


@cache
def _pattern(lang: str) -> re.Pattern[str]:
    words = _words(lang)
    group, decimal = _GROUP[lang], re.escape(_DECIMAL[lang])
    digits = rf"\d{{1,3}}(?:{group}\d{{3}})+(?:{decimal}\d+)?|\d+(?:{decimal}\d+)?"
    return re.compile(
        rf"""(?<![\w/.,°-]) (?:
          (?P<half>{_any(words["half"])}) \b
        | (?:(?P<qualifier>{_any(words["qualifier"])}) \s*)?
          (?P<number>{digits}|(?:{_any(words["number"])})(?=\s)) (?![\w/]|[-–.,]\d)
          (?:\s*(?P<scale>{_any(words["scale"])})\b)?
          (?:\s*{_OF[lang]} (?P<unit>{_any(words["unit"])}) (?!\w))?
          (?:\s+(?P<per>{_any(words["per"])})\b)?
        )""",
        re.VERBOSE | re.IGNORECASE,
    )


def _any(words: dict[str, str]) -> str:
    """An alternative of all words, the longest first, with any space and either apostrophe."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s+").replace("'", "['’]") for word in ordered)


def _plain(printed: str) -> str:
    return " ".join(printed.replace("’", "'").lower().split())


@cache
def _words(lang: str) -> dict[str, dict[str, str]]:
    """Per kind the printed words in lower case, and what each means."""
    found: dict[str, dict[str, str]] = {}
    for kind, printed, meaning in _rows(lang):
        found.setdefault(kind, {})[printed.lower()] = meaning
    return found


def _rows(lang: str) -> Iterator[tuple[str, str, str]]:
    with (Path(__file__).parent / "words.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["lang"] == lang:
                yield row["kind"], row["printed"], row["meaning"]
