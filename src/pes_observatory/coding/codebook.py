"""The codebook: families, themes and sub-themes, and the questions each theme may answer."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from pes_observatory.errors import WrongUse
from pes_observatory.settings import project_root

UNCODABLE = "ZZ2"
FACET_FAMILY = "PU"
NETWORK_FAMILY = "RX"
OFF_NETWORK = 0.02
AS_FACET = 0.3
UNEXPECTED = 0.5
MOST_SECONDARY = 2
LEAST_SECONDARY = 0.2
_SECONDARY_ONLY = re.compile(r"\(([^)]*)\)")
_QUESTION = re.compile(r"Q[1-9]")


@dataclass(frozen=True)
class Theme:
    """One row of the codebook; a sub-theme takes the questions of its theme."""

    code: str
    level: str
    parent: str
    primary_questions: frozenset[str]


@dataclass(frozen=True)
class Codebook:
    """One version of the codebook, by code."""

    version: str
    themes: dict[str, Theme]
    _priors: dict[tuple[str, str | None], float] = field(default_factory=dict, repr=False)

    def family(self, code: str) -> str:
        """The family that a code stands under."""
        return self._family_of[code]

    def ranked(self, share_of: Mapping[str, float], question_id: str | None) -> list[str]:
        """The primary code of a unit, then up to two of other themes, best first.

        The primary one is best by its share times how well it fits the question. The others
        say what else the unit is about: they need a share of ``LEAST_SECONDARY``, and what is
        asked of the network is no second meaning of an answer to another question. Among equals
        the one named earlier goes first.
        """
        if len(share_of) == 1:
            return list(share_of)
        primary, best = "", -1.0
        for code, share in share_of.items():
            fitting = share * self.prior(code, question_id)
            if fitting > best:
                primary, best = code, fitting
        ranked, themes = [primary], {self.theme(primary)}
        enough = [code for code, share in share_of.items() if share >= LEAST_SECONDARY]
        for code in sorted(enough, key=share_of.__getitem__, reverse=True):
            is_asked = question_id == "Q9" or self.family(code) != NETWORK_FAMILY
            if is_asked and self.theme(code) not in themes and len(ranked) <= MOST_SECONDARY:
                ranked.append(code)
                themes.add(self.theme(code))
        return ranked

    def theme(self, code: str) -> str:
        """The theme of a code: its own, or for a family the family itself."""
        return self._theme_of[code]

    def may_be_primary(self, code: str, question_id: str | None) -> bool:
        """Whether the codebook allows a code as the main one of an answer to a question.

        Q8 takes any theme of labour market, services, organisation and target groups; Q9 takes
        what is expected of the network. Without a question, as in documents, all are allowed.
        """
        family = self.family(code)
        if question_id is None:
            return True
        if question_id == "Q8":
            return family != NETWORK_FAMILY
        if question_id == "Q9":
            return family == NETWORK_FAMILY
        return question_id in self.themes[code].primary_questions

    def prior(self, code: str, question_id: str | None) -> float:
        """How readily a code is the main one of an answer to a question, between 0 and 1.

        What is expected of the network is the main thing on Q9 and next to never elsewhere; a
        group of persons is the main thing on Q4, elsewhere mostly beside an action (tie-break
        rule 8 of the codebook). Other themes are welcome everywhere, less so where the codebook
        does not expect them.
        """
        known = self._priors.get((code, question_id))
        if known is None:
            known = self._priors[code, question_id] = self._prior(code, question_id)
        return known

    @cached_property
    def _theme_of(self) -> dict[str, str]:
        return {
            code: theme.parent if theme.level == "subtheme" else code
            for code, theme in self.themes.items()
        }

    @cached_property
    def _family_of(self) -> dict[str, str]:
        return {code: self.themes[theme].parent or theme for code, theme in self._theme_of.items()}

    def _prior(self, code: str, question_id: str | None) -> float:
        family = self.family(code)
        if question_id == "Q9" or family == NETWORK_FAMILY:
            return 1.0 if (question_id == "Q9") == (family == NETWORK_FAMILY) else OFF_NETWORK
        if family == FACET_FAMILY and question_id not in (None, "Q4"):
            return AS_FACET
        return 1.0 if self.may_be_primary(code, question_id) else UNEXPECTED


def load_codebook(path: Path | None = None) -> Codebook:
    """The codebook in dbt's seed, the only place where it is written.

    Raises:
        WrongUse: the seed has no rows or more than one version.
    """
    path = path or project_root() / "dbt_project" / "seeds" / "codebook.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    versions = {row["codebook_version"] for row in rows}
    if len(versions) != 1:
        raise WrongUse(f"{path}: has {len(versions)} codebook versions, expected one.")
    questions = {row["code"]: _questions(row["questions"]) for row in rows}
    themes = {
        row["code"]: Theme(
            row["code"],
            row["level"],
            row["parent"],
            questions[row["code"]] or questions.get(row["parent"], frozenset()),
        )
        for row in rows
    }
    return Codebook(versions.pop(), themes)


def _questions(printed: str) -> frozenset[str]:
    return frozenset(_QUESTION.findall(_SECONDARY_ONLY.sub("", printed)))
