"""What a survey source may say: its wave, its columns, and what of it may be told."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from pes_observatory.sources.base import Identifier, OneGroupPattern, Strict


class Survey(Strict):
    """What the exports of one survey hold, wave by wave."""

    survey_id: Identifier
    wave: int | None = Field(default=None, ge=1988, le=2100)
    wave_from_name: OneGroupPattern | None = Field(
        default=None, description="regular expression on the file name; its group is the wave"
    )
    column_map: str = Field(description="CSV beside the YAML: a row per wave, cells are headers")
    ignored: list[str] = Field(default=[], description="headers known and not needed")
    personal: list[str] = Field(
        default=[], description="headers about persons: dropped, and their words blotted out"
    )
    pseudonymised: list[str] = Field(
        default=[],
        description="headers of the map whose values land as a keyed hash (PES_PSEUDONYM_KEY)",
    )
    withheld: list[str] = Field(
        default=[], description="PES that asked for neutrality: pes_id, or the name as printed"
    )
    redacted: list[str] = Field(
        default=[], description="cells that stand for an answer taken out before the export"
    )
    yes_words: list[str] = Field(default=[], description="further cells that mean yes")
    no_words: list[str] = Field(default=[], description="further cells that mean no")
    publish_verbatims: Literal["all", "with_consent", "none"] = "none"
    is_translated: bool = False

    @model_validator(mode="after")
    def _wave_is_known_once(self) -> Survey:
        if (self.wave is None) == (self.wave_from_name is None):
            raise ValueError("expected exactly one of 'wave' and 'wave_from_name'")
        return self
