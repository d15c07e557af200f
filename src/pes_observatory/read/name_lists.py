"""Folded words that names of persons are made of, and words that are none or not only names.

First names and surnames are those of faker's locales in Latin script and of ``more_names``.
Ordinary are the words of our own seeds (PES and their names, codebook) and of faker's word
lists in our three languages; places are the countries.
"""

from __future__ import annotations

import csv
import importlib
import pkgutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from faker.providers import person
from faker.providers.lorem import en_US, es_ES, fr_FR

from pes_observatory.read.more_names import (
    ALSO_ORDINARY,
    FIRST_NAMES,
    FIRST_OF_ALL,
    PLACE_WORDS,
    SURNAMES,
)
from pes_observatory.read.text import folded
from pes_observatory.settings import project_root

_SEEDS = ("pes.csv", "pes_alias.csv", "codebook.csv")
_LEXICONS = ("en.csv", "es.csv", "fr.csv")
_COUNTRIES = "country.csv"
_COUNTRY_NAMES = ("name_fr", "name_en", "name_es")
_SHORTEST_FIRST_NAME = 3


@dataclass(frozen=True)
class NameWords:
    """Folded words, by what they are."""

    first_names: frozenset[str]
    surnames: frozenset[str]
    ordinary: frozenset[str]
    places: frozenset[str]

    def is_ordinary(self, word: str) -> bool:
        return word in self.ordinary or word.removesuffix("s") in self.ordinary

    def are_a_person(self, first: str, second: str) -> bool:
        """Whether two folded words in this order are a first name and a surname."""
        if first not in self.first_names or {first, second} & self.places:
            return False
        if self.is_ordinary(first):
            return second in self.surnames and not self.is_ordinary(second)
        return second in self.surnames or not self.is_ordinary(second)

    def is_in_a_place(self, name: str) -> bool:
        """Whether a folded name is a part of a country's, as in San Marino."""
        return any(f" {name} " in f" {place} " for place in self.places)

    def are_turned(self, first: str, second: str) -> bool:
        """Whether they are a surname and a first name, both without doubt."""
        is_ordinary = self.is_ordinary(first) or self.is_ordinary(second)
        return first in self.surnames and second in self.first_names and not is_ordinary


@cache
def name_words() -> NameWords:
    """The words of this checkout's seeds and terms, and of the installed faker."""
    first_names, surnames = set(FIRST_NAMES), set(SURNAMES)
    for module in pkgutil.iter_modules(person.__path__):
        if module.name != "en":  # every name ever given in the US, "Europe" among them
            provider = importlib.import_module(f"{person.__name__}.{module.name}").Provider
            first_names |= _listed(provider, "first_name")
            surnames |= _listed(provider, "last_name")
    ordinary = {folded(word) for each in (fr_FR, en_US, es_ES) for word in each.Provider.word_list}
    for path in _word_files():
        ordinary |= {word for row in _rows(path) for cell in row.values() for word in _words(cell)}
    countries = list(_rows(_dbt_project() / "seeds" / _COUNTRIES))
    places = {folded(row[column]) for row in countries for column in _COUNTRY_NAMES}
    return NameWords(
        frozenset(name for name in first_names if len(name) >= _SHORTEST_FIRST_NAME),
        frozenset(surnames),
        frozenset((ordinary - set(FIRST_OF_ALL)) | places | {*ALSO_ORDINARY, *PLACE_WORDS}),
        frozenset(places),
    )


def deciding_files() -> list[Path]:
    """The seeds and terms that decide which words are taken for names."""
    return [*_word_files(), _dbt_project() / "seeds" / _COUNTRIES]


def _word_files() -> list[Path]:
    lexicons = [_dbt_project() / "lexicon" / name for name in _LEXICONS]
    return [*(_dbt_project() / "seeds" / name for name in _SEEDS), *lexicons]


def _dbt_project() -> Path:
    return project_root() / "dbt_project"


def _rows(path: Path) -> Iterable[Mapping[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def _words(cell: str | None) -> list[str]:
    return folded(cell or "").split()


def _listed(provider: type, prefix: str) -> set[str]:
    """The folded names in a faker provider's lists of a kind: of one word, in Latin script."""
    lists = [getattr(provider, each) for each in dir(provider) if each.startswith(prefix)]
    names = {name for each in lists if isinstance(each, Mapping | tuple | list) for name in each}
    latin = {name for name in names if isinstance(name, str) and name[:1] < "\u0250"}
    return {folded(name) for name in latin if " " not in name}
