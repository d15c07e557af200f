"""What an indicator source may say of its table, and the concepts that slices of it stand for."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, field_validator, model_validator

from pes_observatory.sources.base import Identifier, Strict

Provider = Literal["eurostat", "empl", "ilostat", "oecd", "worldbank"]


def _is_a_slice(codes: dict[str, str]) -> dict[str, str]:
    odd = [name for name in codes if not re.fullmatch(r"[a-z][a-z0-9_.]*", name)]
    if odd:
        raise ValueError(f"expected dimension names in lower case such as sex, not {odd[0]!r}")
    return codes


Slice = Annotated[
    dict[str, str],
    Field(min_length=1, description="a code, as the format prints it, for each dimension"),
    AfterValidator(_is_a_slice),
]


class Series(Strict):
    """The slice of a table that stands for a concept, alone or set against a second one."""

    concept: Identifier
    value: Slice
    minus: Slice | None = Field(default=None, description="the concept is value - minus")
    over: Slice | None = Field(default=None, description="the concept is 100 * value / over")

    @model_validator(mode="after")
    def _is_one_figure(self) -> Series:
        if self.minus and self.over:
            raise ValueError("expected 'minus' or 'over', not both")
        return self

    def slices(self) -> dict[str, dict[str, str]]:
        """The slices by the role that each has in the figure."""
        parts = {"value": self.value, "minus": self.minus, "over": self.over}
        return {role: codes for role, codes in parts.items() if codes}


class Indicator(Strict):
    """A provider's table, and which of its slices stand for concepts of the catalogue."""

    provider: Provider
    dataset: str = Field(min_length=1)
    area_scheme: Literal["eurostat", "iso3", "iso2", "label_en"]
    basis: Literal["reported", "modelled", "projected"] = "reported"
    series: list[Series] = Field(default=[])


class Label(Strict):
    """A concept's name in the three languages of the page."""

    fr: str = Field(min_length=1)
    en: str = Field(min_length=1)
    es: str = Field(min_length=1)


class Concept(Strict):
    """What is measured, whoever publishes it: one YAML in the catalogue."""

    concept_id: Identifier
    label: Label
    unit: str = Field(min_length=1)
    age_base: str = Field(min_length=1, description="the ages counted, such as 15-24 or 15+")
    definition: str = Field(min_length=1)
    comparability: str = Field(min_length=1, description="what to beware of when comparing")
    themes: list[str] = Field(min_length=1, description="codes of the codebook that it bears on")
    prefer: list[Provider] = Field(
        min_length=1, description="whose value counts for a country and period: the first with one"
    )

    @field_validator("themes", "prefer")
    @classmethod
    def _names_each_once(cls, names: list[str]) -> list[str]:
        if len(set(names)) < len(names):
            raise ValueError("expected each name once")
        return names
