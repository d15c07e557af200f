"""Words of a text as the coders see them: folded, stemmed, without function words.

Stems are those of Snowball (M. F. Porter, https://snowballstem.org) per language. A word is
stemmed once and remembered, so that long runs cost one look-up a word.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import snowballstemmer

LANGUAGES = ("en", "es", "fr")
_ALGORITHMS = {"en": "english", "es": "spanish", "fr": "french"}
WORD = re.compile(r"\[[a-z-]+\]|[\w\u0300-\u036f]+")
_SPELLED_OUT = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ı": "i"})
_LOST_ACCENT = re.compile(r"(?<=[cs])ion$")
_REMEMBERED = 200_000
_SHORTEST_PLURAL = 3


class Word(NamedTuple):
    """A word that carries meaning: its stem, folded form, and place in the text."""

    stem: str
    plain: str
    start: int
    end: int


def words_of(text: str, lang: str) -> list[Word]:
    """The words of ``text`` in order, function words left out; ``lang`` is one of LANGUAGES."""
    found = []
    for match in WORD.finditer(text):
        known = stem_and_plain(match[0], lang)
        if known is not None:
            found.append(Word._make((*known, *match.span())))
    return found


def plain_word(word: str) -> str:
    """A word in lower case and without accents."""
    decomposed = unicodedata.normalize("NFKD", word.lower().translate(_SPELLED_OUT))
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


@lru_cache(maxsize=_REMEMBERED)
def stem_and_plain(word: str, lang: str) -> tuple[str, str] | None:
    """A word's stem and folded form, None of a function word and of a mark such as [phone]."""
    if word.startswith("["):
        return None
    plain = plain_word(word)
    if plain in _function_words(lang):
        return None
    kept = _stem_exceptions(lang).get(plain)
    stem = kept or plain_word(_stemmer(lang).stemWord(_as_stemmer_wants(plain, lang)))
    return stem, plain


def _as_stemmer_wants(plain: str, lang: str) -> str:
    """Spanish stems rest on an accent that folding took, French ones on number and gender."""
    if lang == "es":
        return _LOST_ACCENT.sub("ión", plain)
    if lang == "fr" and len(plain) > _SHORTEST_PLURAL:
        singular = plain[:-1] if plain[-1] in "sx" else plain
        return singular[:-1] if singular.endswith("ere") else singular
    return plain


@cache
def _function_words(lang: str) -> frozenset[str]:
    return frozenset(row["word"] for row in _rows_of("function_words.csv", lang))


@cache
def _stem_exceptions(lang: str) -> dict[str, str]:
    """Words that the stemmer would take for one another: employer and employment, say."""
    return {row["word"]: row["stem"] for row in _rows_of("stem_exceptions.csv", lang)}


def _rows_of(name: str, lang: str) -> list[dict[str, str]]:
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as stream:
        return [row for row in csv.DictReader(stream) if row["lang"] == lang]


@cache
def _stemmer(lang: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(_ALGORITHMS[lang])
