"""Phrases: finding many of them in a text at once, word by word along a tree.

A phrase is one or more words, compared by their stems; function words between them do not
count. ``word*`` takes any ending. What a word is looked up by is remembered.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from pes_observatory.coding.words import WORD, plain_word, stem_and_plain, words_of

_REMEMBERED = 200_000

Place = tuple[int, int]


@dataclass(slots=True)
class _Node:
    """One step along the phrases; ``phrase`` is the number of the one that ends here."""

    next: dict[str, _Node] = field(default_factory=dict)
    phrase: int | None = None


class _Known(NamedTuple):
    """A word that means something: what it is looked up by, what it is alone, what it begins.

    ``after`` holds what the next word is looked up by, where the two begin a phrase.
    """

    keys: tuple[str, ...]
    phrases: list[int]
    begun: list[_Node]
    after: Set[str]


class Phrases:
    """All phrases of one language, numbered; all are added before the first is looked for."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._root = _Node()
        self._count = 0
        self._prefixes: set[str] = set()
        self._known = _KnownWords(lang, self._root, self._prefixes)

    def __len__(self) -> int:
        return self._count

    def add(self, printed: str) -> int:
        """The number of a phrase, the one that it had if it was there before.

        Raises:
            ValueError: it has function words only.
        """
        step = self._root
        for key in self._keys_of(printed):
            step = step.next.setdefault(key, _Node())
        if step is self._root:
            raise ValueError(f"term {printed!r} ({self._lang}) has function words only")
        if step.phrase is None:
            step.phrase = self._count
            self._count += 1
        return step.phrase

    def in_text(self, text: str) -> tuple[list[re.Match[str]], dict[int, Place]]:
        """The words of a text that mean something, and the phrases among them.

        A phrase is given with its first place: from its first word up to the one behind.
        """
        matches, words = [], []
        for match in WORD.finditer(text):
            known = self._known[match[0]]
            if known is not None:
                matches.append(match)
                words.append(known)
        return matches, _places(words)

    def _keys_of(self, printed: str) -> list[str]:
        keys: list[str] = []
        for word in printed.split():
            if word.endswith("*"):
                prefix = plain_word(word.removesuffix("*").replace("'", "").replace("-", ""))
                self._prefixes.add(prefix)
                keys.append(f"{prefix}*")
            else:
                keys += [found.stem for found in words_of(word, self._lang)]
        return keys


def _places(words: Sequence[_Known]) -> dict[int, Place]:
    places: dict[int, Place] = {}
    ahead = [known.keys for known in words[1:]]
    ahead.append(())
    for first, (_, phrases, begun, after) in enumerate(words):
        for phrase in phrases:
            if phrase not in places:
                places[phrase] = (first, first + 1)
        for key in ahead[first]:
            if key in after:
                _follow(begun, first, ahead, places)
                break
    return places


def _follow(
    steps: list[_Node],
    first: int,
    ahead: Sequence[tuple[str, ...]],
    places: dict[int, Place],
) -> None:
    """Add the phrases of two words or more that begin with the word at ``first``."""
    position = first
    while steps:
        steps = [step.next[key] for step in steps for key in ahead[position] if key in step.next]
        position += 1
        for step in steps:
            if step.phrase is not None and step.phrase not in places:
                places[step.phrase] = (first, position + 1)


class _KnownWords(dict[str, _Known | None]):
    """What is known of each word met so far; forgotten when there are too many."""

    def __init__(self, lang: str, root: _Node, prefixes: set[str]) -> None:
        super().__init__()
        self._lang, self._root, self._prefixes = lang, root, prefixes

    def __missing__(self, word: str) -> _Known | None:
        if len(self) >= _REMEMBERED:
            self.clear()
        self[word] = known = self._look_up(word)
        return known

    def _look_up(self, word: str) -> _Known | None:
        found = stem_and_plain(word, self._lang)
        if found is None:
            return None
        stem, plain = found
        beginnings = accumulate(plain)
        keys = (stem, *(f"{begin}*" for begin in beginnings if begin in self._prefixes))
        steps = [self._root.next[key] for key in keys if key in self._root.next]
        phrases = [step.phrase for step in steps if step.phrase is not None]
        begun = [step for step in steps if step.next]
        after: Set[str] = begun[0].next.keys() if begun else frozenset()
        for step in begun[1:]:
            after = after | step.next.keys()
        return _Known(keys, phrases, begun, after)
