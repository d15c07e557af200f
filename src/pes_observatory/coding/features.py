"""What the statistical coder sees of a unit: words, beginnings of words, neighbours, question."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from pes_observatory.coding.words import LANGUAGES, words_of

_BEGINNING = 5


def features_of(text: str, lang: str | None, question_id: str | None) -> list[str]:
    """The features of one unit, its question first, the others as often as they occur.

    Stems (``s:``), the first letters of words (``b:``, alike in related languages), pairs of
    neighbours (``p:``), pairs with one word between (``g:``) and the question (``q:``). A text in
    a language without a stemmer is stemmed as each of those that have one.
    """
    own = [lang] if lang in LANGUAGES else LANGUAGES
    return [f"q:{question_id}", *(found for each in own for found in _of_words(text, str(each)))]


def _of_words(text: str, lang: str) -> Iterator[str]:
    found = words_of(text, lang)
    stems = [word.stem for word in found]
    for word in found:
        yield f"s:{word.stem}"
        if len(word.plain) > _BEGINNING:
            yield f"b:{word.plain[:_BEGINNING]}"
    for first, second in pairwise(stems):
        yield f"p:{first} {second}"
    for first, second in zip(stems, stems[2:], strict=False):
        yield f"g:{first} {second}"
