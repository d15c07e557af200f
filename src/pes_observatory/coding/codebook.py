"""The codebook: families, themes and sub-themes, and the questions each theme may answer."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path

from pes_observatory.errors import WrongUse
from pes_observatory.settings import project_root

UNCODABLE = "ZZ2"
FACET_FAMILY = "PU"
NETWORK_FAMILY = "RX"
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

    def family(self, code: str) -> str:
        """The family that a code stands under."""
        theme = self.themes[code]
        return theme.code if not theme.parent else self.family(theme.parent)

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
