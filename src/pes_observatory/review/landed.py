"""The answers of a survey as they stand tonight, landed and coded, before any release."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pyarrow.parquet as pq

from pes_observatory.agreement.units import CodedUnit, coded_units
from pes_observatory.errors import WrongUse
from pes_observatory.files import sha256_of_text
from pes_observatory.landing import Load, last_good
from pes_observatory.settings import Folders, Home
from pes_observatory.sources.models import CodingSource, SurveySource
from pes_observatory.sources.registry import Declared, find_sources
from pes_observatory.warehouse.inputs import counting_loads


@dataclass(frozen=True)
class Answer:
    """One answered slot, its text scrubbed as it landed."""

    answer_id: str
    wave: int
    question_id: str
    lang: str | None
    text: str

    def words(self, span: tuple[int, int] | None) -> str:
        """The words of a unit of the answer, all of them where it has no span."""
        return self.text[span[0] : span[1]] if span else self.text

    def seal(self, span: tuple[int, int]) -> str:
        """The sha256 of a unit's words, by which a coding knows that they are still the same."""
        return sha256_of_text(self.words(span))


@dataclass(frozen=True)
class LandedSurvey:
    """A survey's loads that count, with the codings that people made of it."""

    source: SurveySource
    loads: list[Load]

    @property
    def survey_id(self) -> str:
        return self.source.survey.survey_id

    @cached_property
    def answers(self) -> dict[str, Answer]:
        """Every answered slot, by its answer_id."""
        columns = ["answer_id", "wave", "question_id", "lang", "answer_text", "value_state"]
        rows = pq.read_table(self.loads[0].accepted_path, columns=columns).to_pylist()
        return {
            row["answer_id"]: Answer(*(row[column] for column in columns[:-1]))
            for row in rows
            if row["value_state"] == "answered" and row["answer_text"]
        }

    @cached_property
    def coded(self) -> list[CodedUnit]:
        """What each coder said of each unit, machines and people."""
        return coded_units(self.loads)


def landed_survey(home: Home, sources: Folders, named: str) -> LandedSurvey:
    """The survey that ``named`` names, by its survey_id or the id of its source.

    Raises:
        WrongUse: there is no such survey, or it was never landed and coded.
    """
    found, _ = find_sources(sources)
    surveys = [each for each in found if isinstance(each.source, SurveySource)]
    chosen = next((each for each in surveys if named in _names(each)), None)
    if chosen is None or not isinstance(chosen.source, SurveySource):
        known = ", ".join(sorted(_names(each)[0] for each in surveys)) or "none"
        raise WrongUse(f"There is no survey {named!r}; surveys with a valid source: {known}.")
    loads = counting_loads(home, chosen)
    if not loads:
        raise WrongUse(
            f"Survey {named} has no answers that were landed and coded; "
            f"run 'pes run --source {chosen.id}' first."
        )
    survey_id = chosen.source.survey.survey_id
    for each in found:
        if isinstance(each.source, CodingSource) and each.source.coding.survey_id == survey_id:
            load = last_good(home, "codings", each.id)
            loads += [load] if load else []
    return LandedSurvey(chosen.source, loads)


def _names(declared: Declared) -> tuple[str, str]:
    assert isinstance(declared.source, SurveySource)
    return declared.source.survey.survey_id, declared.id
