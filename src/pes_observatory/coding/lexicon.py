"""The lexicon: terms per language and code, and finding them in a text.

A term is one or more words, compared by their stems; function words between them do not
count. ``word*`` takes any ending, ``a + b`` wants both parts anywhere in the unit, in any
order. ``unless`` names terms, parted by ``|``, whose presence takes the term back. Where a
word belongs to several terms the one with more words keeps it.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Container
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

from pes_observatory.coding.words import LANGUAGES, Word, plain_word, words_of
from pes_observatory.errors import WrongUse
from pes_observatory.settings import project_root

_REMEMBERED = 200_000


@dataclass(frozen=True)
class Term:
    """One row of the lexicon."""

    code: str
    term: str
    unless: str = ""
    weight: float = 1.0


@dataclass(frozen=True)
class Found:
    """A term found in a text: its code, its weight, and the places of its parts."""

    code: str
    weight: float
    spans: tuple[tuple[int, int], ...]


@dataclass(slots=True)
class _Node:
    """One step along the phrases of the lexicon; ``phrase`` is set where one ends."""

    next: dict[str, _Node] = field(default_factory=dict)
    phrase: int | None = None


@dataclass(frozen=True, slots=True)
class _Rule:
    code: str
    weight: float
    parts: frozenset[int]
    unless: frozenset[int]


class Lexicon:
    """All terms of one language."""

    def __init__(self, lang: str, terms: list[Term]) -> None:
        self.lang = lang
        self._root = _Node()
        self._phrases: dict[tuple[str, ...], int] = {}
        self._prefixes: set[str] = set()
        self._rules_of: dict[int, list[_Rule]] = defaultdict(list)
        for term in terms:
            parts = tuple(self._phrase(part) for part in term.term.split("+"))
            unless = frozenset(self._phrase(part) for part in term.unless.split("|") if part)
            rule = _Rule(term.code, term.weight, frozenset(parts), unless)
            self._rules_of[parts[0]].append(rule)
        self._keys = lru_cache(maxsize=_REMEMBERED)(self._keys_of)

    def find(self, words: list[Word]) -> list[Found]:
        """All terms in the words of a unit, in order of place."""
        places = self._places(words)
        longest: dict[int, int] = defaultdict(int)
        sized = []
        for phrase in places:
            for rule in self._rules_of.get(phrase, ()):
                if not (rule.parts <= places.keys() and rule.unless.isdisjoint(places)):
                    continue
                spots = [places[part] for part in rule.parts]
                covered = {spot for first, last in spots for spot in range(first, last)}
                sized.append((rule, spots, covered))
                for spot in covered:
                    longest[spot] = max(longest[spot], len(covered))
        return [
            Found(
                rule.code,
                rule.weight * len(covered),
                tuple(sorted((words[first].start, words[last - 1].end) for first, last in spots)),
            )
            for rule, spots, covered in sized
            if any(longest[spot] == len(covered) for spot in covered)
        ]

    def _places(self, words: list[Word]) -> dict[int, tuple[int, int]]:
        """Per phrase in the words, its first place: from the first word up to the one behind."""
        places: dict[int, tuple[int, int]] = {}
        keys = [self._keys(word.stem, word.plain) for word in words]
        begin = self._root.next
        for start, own in enumerate(keys):
            steps = [begin[key] for key in own if key in begin]
            position = start
            while steps:
                position += 1
                for step in steps:
                    if step.phrase is not None:
                        places.setdefault(step.phrase, (start, position))
                if position == len(keys):
                    break
                ahead = keys[position]
                steps = [step.next[key] for step in steps for key in ahead if key in step.next]
        return places

    def _phrase(self, printed: str) -> int:
        """The number of a phrase, laid into the tree when it is new."""
        keys: list[str] = []
        for word in printed.split():
            if word.endswith("*"):
                prefix = plain_word(word.removesuffix("*").replace("'", "").replace("-", ""))
                self._prefixes.add(prefix)
                keys.append(f"{prefix}*")
            else:
                keys += [found.stem for found in words_of(word, self.lang)]
        if not keys:
            raise ValueError(f"term {printed!r} ({self.lang}) has function words only")
        step = self._root
        for key in keys:
            step = step.next.setdefault(key, _Node())
        if step.phrase is None:
            step.phrase = len(self._phrases)
            self._phrases[tuple(keys)] = step.phrase
        return step.phrase

    def _keys_of(self, stem: str, plain: str) -> tuple[str, ...]:
        beginnings = accumulate(plain)
        return (stem, *(f"{begin}*" for begin in beginnings if begin in self._prefixes))


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
    terms = []
    with path.open(encoding="utf-8", newline="") as stream:
        for row_no, row in enumerate(csv.DictReader(stream), start=1):
            if row["code"] not in codes:
                raise WrongUse(
                    f"{path}, record {row_no}: the codebook has no code {row['code']!r}; give the "
                    "term to one that it has, or take the record out."
                )
            weight = float(row["weight"] or 1)
            terms.append(Term(row["code"], row["term"], row["unless"] or "", weight))
    try:
        return Lexicon(lang, terms)
    except ValueError as error:
        raise WrongUse(f"{path}: {error}; write a word that means something.") from None
