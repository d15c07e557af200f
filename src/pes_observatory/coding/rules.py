"""The rule coder: terms found, weighed by length and by what the question may be about."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from pes_observatory.coding.codebook import UNCODABLE, Codebook
from pes_observatory.coding.lexicon import Found, Lexicon

MOST_CODES = 3
NOT_ALLOWED_WEIGHT = 0.5


@dataclass(frozen=True)
class Code:
    """One code of a unit; the first of a unit's codes is its primary one.

    ``confidence`` is the code's part of all weight found, between 0 and 1.
    """

    code: str
    is_primary: bool
    confidence: float
    terms: tuple[str, ...]


class RuleCoder:
    """Codes texts with a codebook and a lexicon per language. Same text, same codes."""

    name = "rules-1"

    def __init__(self, codebook: Codebook, lexicons: dict[str, Lexicon]) -> None:
        self.codebook = codebook
        self._lexicons = lexicons

    def codes(self, text: str, lang: str | None, question_id: str | None) -> list[Code]:
        """The codes of one unit: exactly one primary, up to two more; ZZ2 if nothing is found.

        A text in a language without a lexicon is searched with all of them.
        """
        own = self._lexicons.get(lang or "")
        lexicons = [own] if own else list(self._lexicons.values())
        found_by_code: dict[str, list[Found]] = defaultdict(list)
        for lexicon in lexicons:
            for found in lexicon.find(text):
                for code in found.codes:
                    found_by_code[code].append(found)
        if not found_by_code:
            return [Code(UNCODABLE, True, 0.0, ())]
        weight = {
            code: sum(found.words for found in all_found)
            * (1 if self.codebook.may_be_primary(code, question_id) else NOT_ALLOWED_WEIGHT)
            for code, all_found in found_by_code.items()
        }
        ranked = sorted(
            found_by_code,
            key=lambda code: (
                not self.codebook.may_be_primary(code, question_id),
                -weight[code],
                found_by_code[code][0].start,
                code,
            ),
        )
        total = sum(weight.values())
        return [
            Code(
                code,
                is_primary=number == 0,
                confidence=round(weight[code] / total, 3),
                terms=tuple(text[f.start : f.end] for f in found_by_code[code]),
            )
            for number, code in enumerate(ranked[:MOST_CODES])
        ]
