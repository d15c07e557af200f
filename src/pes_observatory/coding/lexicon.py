"""The lexicon: terms per language and code, and finding them in a text.

A term is lower case or not, with or without accents. ``term*`` matches any ending, ``a + b``
both parts anywhere in the text. Terms match whole words; where two overlap the one
that begins first wins, and of two that begin together the longer.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from pes_observatory.settings import project_root

_SPELLED_OUT = {"œ": "oe", "æ": "ae", "ß": "ss", "ı": "i", "’": "'", "‘": "'", "‐": "-", "‑": "-"}


@dataclass(frozen=True)
class Found:
    """A term found in a text: its codes, how many words it has, and where it stands."""

    codes: tuple[str, ...]
    words: int
    start: int
    end: int


class Lexicon:
    """All terms of one language."""

    def __init__(self, terms: list[tuple[str, str]]) -> None:
        """``terms`` are (code, term) pairs."""
        codes_of: dict[str, list[str]] = defaultdict(list)
        for code, term in terms:
            codes_of[folded_with_places(term)[0].strip()].append(code)
        simple = sorted((t for t in codes_of if "+" not in t), key=lambda t: (-len(t), t))
        self._codes = [tuple(codes_of[term]) for term in simple]
        self._words = [len(term.split()) for term in simple]
        alternatives = "|".join(f"({_pattern(term)})" for term in simple)
        self._any = re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)") if simple else None
        self._together = [
            (tuple(codes_of[term]), [_whole(part.strip()) for part in term.split("+")])
            for term in codes_of
            if "+" in term
        ]

    def find(self, text: str) -> list[Found]:
        """All terms in ``text``; places are offsets into it as given."""
        plain, places = folded_with_places(text)
        found = []
        for match in self._any.finditer(plain) if self._any else ():
            number = (match.lastindex or 1) - 1
            span = places[match.start()], places[match.end() - 1] + 1
            found.append(Found(self._codes[number], self._words[number], *span))
        for codes, patterns in self._together:
            matches = [pattern.search(plain) for pattern in patterns]
            present = [match for match in matches if match]
            if len(present) == len(patterns):
                start = min(match.start() for match in present)
                end = max(match.end() for match in present)
                found.append(Found(codes, len(patterns) + 1, places[start], places[end - 1] + 1))
        return found


def load_lexicons(path: Path | None = None) -> dict[str, Lexicon]:
    """The lexicon of each language in dbt's seed ``codebook_terms``."""
    path = path or project_root() / "dbt_project" / "seeds" / "codebook_terms.csv"
    terms: dict[str, list[tuple[str, str]]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            terms[row["lang"]].append((row["code"], row["term"]))
    return {lang: Lexicon(pairs) for lang, pairs in sorted(terms.items())}


def folded_with_places(text: str) -> tuple[str, list[int]]:
    """The text in lower case without accents, and for each sign its place in ``text``."""
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        for part in unicodedata.normalize("NFKD", sign).lower():
            if not unicodedata.combining(part):
                plain = _SPELLED_OUT.get(part, part)
                signs += plain
                places += [place] * len(plain)
    return "".join(signs), places


def _pattern(term: str) -> str:
    stem = re.escape(term.removesuffix("*")).replace(r"\ ", r"\s+")
    return stem + (r"\w*" if term.endswith("*") else "s?")


def _whole(term: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){_pattern(term)}(?!\w)")
