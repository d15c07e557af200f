"""The lexicon: terms per language and code, and finding them in a text.

A term is one or more words, compared by their stems; function words between them do not
count. ``word*`` takes any ending, ``a + b`` wants both parts anywhere in the unit, in any
order. ``unless`` names terms, parted by ``|``, whose presence takes the term back. Where a
word belongs to several terms the one with more words keeps it.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Container
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from pes_observatory.coding.phrases import Phrases, Place
from pes_observatory.coding.words import LANGUAGES
from pes_observatory.errors import WrongUse
from pes_observatory.settings import project_root

_COLUMNS = ["code", "term", "unless", "weight"]


@dataclass(frozen=True)
class Term:
    """One row of the lexicon."""

    code: str
    term: str
    unless: str = ""
    weight: float = 1.0


class Found(NamedTuple):
    """A term found in a text: its code, its weight, and the places of its parts."""

    code: str
    weight: float
    spans: tuple[tuple[int, int], ...]


class _Rule(NamedTuple):
    code: str
    weight: float
    parts: tuple[int, ...]
    unless: frozenset[int]


class _RulesOfPhrase(NamedTuple):
    """The rules that a phrase is the rarest part of: alone, and by their second rarest part."""

    alone: list[_Rule]
    together: defaultdict[int, list[_Rule]]


class Lexicon:
    """All terms of one language."""

    def __init__(self, lang: str, terms: list[Term]) -> None:
        self.lang = lang
        self._phrases = Phrases(lang)
        rules = [self._rule(term) for term in terms]
        self._rules = [_RulesOfPhrase([], defaultdict(list)) for _ in range(len(self._phrases))]
        terms_with = Counter(part for rule in rules for part in rule.parts)
        for rule in rules:
            rarest, *others = sorted(rule.parts, key=terms_with.__getitem__)
            alone, together = self._rules[rarest]
            (together[others[0]] if others else alone).append(rule)

    def find(self, text: str) -> list[Found]:
        """All terms in a unit; of those that share a word the one with most words keeps it."""
        words, places = self._phrases.in_text(text)
        held = self._held(places)
        longest = [0] * len(words)
        for _, spots, length in held:
            for first, last in spots:
                for spot in range(first, last):
                    if length > longest[spot]:  # noqa: PLR1730 - a call of max() is a tenth of all
                        longest[spot] = length
        found = []
        for rule, spots, length in held:
            for first, last in spots:
                if length in longest[first:last]:
                    spans = [(words[at].start(), words[end - 1].end()) for at, end in spots]
                    found.append(Found(rule.code, rule.weight * length, tuple(spans)))
                    break
        return found

    def _held(self, places: dict[int, Place]) -> list[tuple[_Rule, tuple[Place, ...], int]]:
        """The terms whose parts are all there and nothing that takes them back; their words."""
        held: list[tuple[_Rule, tuple[Place, ...], int]] = []
        for phrase, place in places.items():
            alone, together = self._rules[phrase]
            for rule in alone:
                if not rule.unless or rule.unless.isdisjoint(places):
                    held.append((rule, (place,), place[1] - place[0]))  # noqa: PERF401
            if not together or together.keys().isdisjoint(places):
                continue
            for partner in places:
                for rule in together.get(partner, ()):
                    if rule.unless.isdisjoint(places) and places.keys() >= set(rule.parts):
                        spots = tuple(sorted([places[part] for part in rule.parts]))
                        held.append((rule, spots, sum([last - first for first, last in spots])))
        return held

    def _rule(self, term: Term) -> _Rule:
        parts = tuple(dict.fromkeys(self._phrases.add(part) for part in term.term.split("+")))
        unless = frozenset(self._phrases.add(part) for part in term.unless.split("|") if part)
        return _Rule(term.code, term.weight, parts, unless)


def lexicon_folder() -> Path:
    """Where the terms are: one CSV per language, beside the codebook's seeds."""
    return project_root() / "dbt_project" / "lexicon"


def load_lexicons(codes: Container[str], folder: Path | None = None) -> dict[str, Lexicon]:
    """The lexicon of each language, from ``<lang>.csv`` with code, term, unless and weight.

    Raises:
        WrongUse: a row names a code that is not among ``codes``, or no term.
    """
    folder = folder or lexicon_folder()
    return {lang: _load(lang, folder / f"{lang}.csv", codes) for lang in LANGUAGES}


def _load(lang: str, path: Path, codes: Container[str]) -> Lexicon:
    with path.open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream)
        if rows.fieldnames != _COLUMNS:
            raise WrongUse(
                f"{path}: has the columns {', '.join(rows.fieldnames or ['none'])}, expected "
                f"{', '.join(_COLUMNS)}; write them as its first line."
            )
        terms = [_term(f"{path}, record {no}", row, codes) for no, row in enumerate(rows, start=1)]
    try:
        return Lexicon(lang, terms)
    except ValueError as error:
        raise WrongUse(f"{path}: {error}; write a word that means something.") from None


def _term(where: str, row: dict[str, str], codes: Container[str]) -> Term:
    if row["code"] not in codes:
        raise WrongUse(
            f"{where}: the codebook has no code {row['code']!r}; give the term to one that it has, "
            "or take the record out."
        )
    try:
        weight = float(row["weight"] or 1)
    except ValueError:
        raise WrongUse(
            f"{where}: weight {row['weight']!r} is no number; write one such as 1.5, or nothing."
        ) from None
    return Term(row["code"], row["term"], row["unless"] or "", weight)
