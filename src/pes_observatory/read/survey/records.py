"""One record of an export as its column map reads it: a field by our name, a text made clean.

A record knows its file's sheet: the map, and what the source asks for in matters of privacy.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from re import Pattern

from pes_observatory.read.privacy import own_words, without_persons
from pes_observatory.read.survey.column_map import WaveMap
from pes_observatory.read.survey.neutrality import AskedForNeutrality
from pes_observatory.read.survey.pseudonyms import Pseudonyms
from pes_observatory.read.truth import truth
from pes_observatory.sources.registry import Declared
from pes_observatory.sources.surveys import Survey

Cell = str | None


@dataclass
class Sheet:
    """One export file: its map, and what its source asks for."""

    declared: Declared
    survey: Survey
    item_name: str
    mapped: WaveMap
    neutrality: AskedForNeutrality = field(init=False)
    pseudonyms: Pseudonyms = field(init=False)

    def __post_init__(self) -> None:
        self.neutrality = AskedForNeutrality(self.survey.withheld)
        self.pseudonyms = Pseudonyms(self.where, self.survey, self.mapped)

    @property
    def where(self) -> str:
        return f"Source {self.declared.id}, file {self.item_name}"


@dataclass
class Record:
    """A row of a sheet, ``row_no`` counted from 1 after the headers."""

    sheet: Sheet
    row_no: int
    row: list[Cell]

    @property
    def where(self) -> str:
        return f"{self.sheet.where}, record {self.row_no}"

    def raw(self, ours: str) -> Cell:
        """The cell under one of our names, as it stands in the file."""
        return self.row[self.sheet.mapped.position_of[ours]]

    def header(self, ours: str) -> str:
        """The printed header under one of our names, ``""`` where the map has none."""
        return self.sheet.mapped.header_of.get(ours, "")

    def field(self, ours: str) -> str | None:
        """What a field says, as a pseudonym where it has those; None where it says nothing."""
        printed = (self.raw(ours) or "").strip() if self.header(ours) else ""
        return self.sheet.pseudonyms.instead_of(ours, printed) or None

    def says(self, ours: str) -> bool | None:
        """What a yes/no field says, None where it says nothing."""
        survey = self.sheet.survey
        said = self.field(ours) or ""
        return truth(self.where, self.header(ours), said, survey.yes_words, survey.no_words)

    def clean(self, text: str) -> str:
        """A text of the record without what identifies a person, its personal cells included."""
        return without_persons(text, self._own_words)

    @cached_property
    def _own_words(self) -> Pattern[str] | None:
        mapped = self.sheet.mapped
        return own_words(self.row[n] or "" for n in sorted(mapped.personal | mapped.pseudonymised))
