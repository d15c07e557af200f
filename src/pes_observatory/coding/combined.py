"""The combined coder: what the rules found and what the model believes, weighed together.

Its score of a code is the model's belief plus the rules' confidence; a code that the model has
no example of, such as a new theme's, is the rules' alone to judge. The words it names are those
of the rules.
"""

from __future__ import annotations

from pes_observatory.coding.codebook import UNCODABLE, Codebook
from pes_observatory.coding.lexicon import Found
from pes_observatory.coding.model import Model
from pes_observatory.coding.rules import Code, RuleCoder, shares, words

TRUST_IN_RULES = 0.3
LEAST_BELIEF = 0.005
LEAST_PRIMARY = 0.1


class ModelCoder:
    """The statistical coder alone."""

    name = "model-1"

    def __init__(self, codebook: Codebook, model: Model) -> None:
        self.codebook = codebook
        self._model = model

    def scores(self, text: str, lang: str | None, question_id: str | None) -> dict[str, float]:
        """Per code that is believed in at all, how much; nothing of a text without known words."""
        beliefs = self._model.beliefs(text, lang, question_id)
        if beliefs is None:
            return {}
        return {
            code: float(belief)
            for code, belief in zip(self._model.codes, beliefs, strict=True)
            if belief > LEAST_BELIEF and code in self.codebook.themes
        }

    def has_learnt(self, code: str) -> bool:
        """Whether the model has seen examples of a code."""
        return code in self._model.codes

    def codes(self, text: str, lang: str | None, question_id: str | None) -> list[Code]:
        """The codes of one unit: one primary, up to two more that are believed in enough."""
        scores = self.scores(text, lang, question_id)
        return _codes(self.codebook, scores, question_id, text, [])


class CombinedCoder:
    """Both coders together; a code that only one of them sees can still win."""

    name = "combined-1"

    def __init__(self, rules: RuleCoder, model: ModelCoder) -> None:
        self.codebook = rules.codebook
        self._rules = rules
        self._model = model

    def codes(self, text: str, lang: str | None, question_id: str | None) -> list[Code]:
        """The codes of one unit: exactly one primary, up to two more; ZZ2 if nobody knows."""
        found = self._rules.found(text, lang)
        share_of_rules = shares(found)
        beliefs = self._model.scores(text, lang, question_id)
        both = dict.fromkeys([*share_of_rules, *beliefs], 0.0)
        scores = {
            code: (beliefs.get(code, 0.0) + TRUST_IN_RULES * share_of_rules.get(code, 0.0))
            / (1 + TRUST_IN_RULES)
            if self._model.has_learnt(code)
            else share_of_rules[code]
            for code in both
        }
        return _codes(self.codebook, scores, question_id, text, found)


def _codes(
    codebook: Codebook,
    scores: dict[str, float],
    question_id: str | None,
    text: str,
    found: list[Found],
) -> list[Code]:
    ranked = codebook.ranked(scores, question_id) if scores else []
    if not ranked or scores[ranked[0]] < LEAST_PRIMARY:
        return [Code(UNCODABLE, True, 0.0, ())]
    return [
        Code(code, number == 0, round(min(scores[code], 1.0), 3), words(text, found, code))
        for number, code in enumerate(ranked)
    ]
