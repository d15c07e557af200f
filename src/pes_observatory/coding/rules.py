"""The rule coder: terms found, weighed by their words and by what the question is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pes_observatory.coding.codebook import UNCODABLE, Codebook
from pes_observatory.coding.lexicon import Found, Lexicon


class Code(NamedTuple):
    """One code of a unit; the first of a unit's codes is its primary one.

    ``confidence`` is between 0 and 1: of the rule coder the code's part of all weight found.
    """

    code: str
    is_primary: bool
    confidence: float
    terms: tuple[str, ...]


class RuleCoder:
    """Codes texts with a codebook and a lexicon per language. Same text, same codes."""

    name = "rules-2"

    def __init__(self, codebook: Codebook, lexicons: Mapping[str, Lexicon]) -> None:
        self.codebook = codebook
        self._lexicons = lexicons

    def codes(self, text: str, lang: str | None, question_id: str | None) -> list[Code]:
        """The codes of one unit: exactly one primary, up to two more; ZZ2 if nothing is found.

        A text in a language without a lexicon is searched with all of them.
        """
        found = self.found(text, lang)
        if not found:
            return [Code(UNCODABLE, True, 0.0, ())]
        share = shares(found)
        ranked = self.codebook.ranked(share, question_id)
        return [
            Code(code, code == ranked[0], round(share[code], 3), words(text, found, code))
            for code in ranked
        ]

    def found(self, text: str, lang: str | None) -> list[Found]:
        """The terms found in a text."""
        own = self._lexicons.get(lang or "")
        if own:
            return own.find(text)
        return [found for lexicon in self._lexicons.values() for found in lexicon.find(text)]


def shares(found: Iterable[Found]) -> dict[str, float]:
    """Per code the weight of its terms, as a part of all weight found."""
    weight: dict[str, float] = {}
    total = 0.0
    for code, own, _ in found:
        weight[code] = weight.get(code, 0.0) + own
        total += own
    return {code: own / total for code, own in weight.items()}


def words(text: str, found: Iterable[Found], code: str) -> tuple[str, ...]:
    """The words of a text that made a code be found, as written, in order, each place once."""
    spans = {span for each in found if each.code == code for span in each.spans}
    return tuple([text[start:end] for start, end in sorted(spans)])
