"""What a source YAML may say: one strict model per kind, published as a JSON Schema."""

from __future__ import annotations

import json
import re
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, Field, RootModel, field_validator, model_validator

from pes_observatory.sources.base import STRICT, Identifier, OneGroupPattern
from pes_observatory.sources.documents import Document
from pes_observatory.sources.fetch import FORMATS_OF_API, WHAT_IS_ASKED, Fetch

SurveyFormat = Literal[
    "limesurvey_csv",
    "limesurvey_vv",
    "limesurvey_xlsx",
    "eusurvey_xls",
    "eusurvey_xml",
    "surveymonkey_csv",
    "surveymonkey_xlsx",
    "microsoft_forms_xlsx",
    "google_forms_csv",
    "answers_csv",
]
DocumentFormat = Literal["markdown", "text", "html", "pdf", "docx"]
IndicatorFormat = Literal[
    "eurostat_tsv",
    "sdmx_csv",
    "sdmx_ml",
    "jsonstat",
    "ilostat_csv",
    "worldbank_json",
    "worldbank_zip",
]
CodingFormat = Literal["coding_csv", "coding_xlsx"]


ISO = "iso"


def _is_timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        raise ValueError("expected a timezone such as UTC or Europe/Brussels") from None
    return name


Timezone = Annotated[str, AfterValidator(_is_timezone)]


class _Strict(BaseModel):
    model_config = STRICT


class Read(_Strict):
    """The dialect of the file; nothing of it is guessed."""

    encoding: Literal["utf-8", "utf-8-sig", "latin-1", "windows-1252", "utf-16"] = "utf-8"
    delimiter: str = Field(default=",", min_length=1, max_length=1)
    header_rows: Literal[1, 2] | None = Field(
        default=None, description="of a survey export; by default as many as its tool writes"
    )
    sheet: str | None = Field(
        default=None,
        description="of a survey's workbook, by default the one that its tool writes; or the data "
        "set of a JSON-stat bundle",
    )
    timestamp_format: str = Field(
        default=ISO, description="'iso', or a pattern of strptime; %Z at its end for a zone"
    )
    timezone: Timezone = Field(default="UTC", description="of times that print no zone")


class Gate(_Strict):
    """The limits of one source, on top of the suites in `expectations/`."""

    min_rows: int = Field(default=1, ge=0)
    max_refused_share: float = Field(default=0.05, ge=0, le=1)
    max_change_share: float = Field(
        default=0.5, gt=0, description="how far rows and bytes may lie off the last good load"
    )


class _Source(_Strict):
    id: Identifier
    title: str
    publisher: str
    licence: str
    attribution: str
    owner: str
    is_synthetic: bool = False
    expected_every_days: int = Field(default=400, gt=0)
    fetch: Fetch
    read: Read = Read()
    gate: Gate = Gate()

    @model_validator(mode="after")
    def _apis_give_indicators(self) -> Self:
        if self.fetch.api and not isinstance(self, IndicatorSource):
            raise ValueError("expected 'fetch.url': only indicators are asked of an 'api'")
        return self


class Survey(_Strict):
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


class SurveySource(_Source):
    kind: Literal["survey"]
    format: SurveyFormat
    survey: Survey


class DocumentSource(_Source):
    kind: Literal["document"]
    format: DocumentFormat
    document: Document

    @model_validator(mode="after")
    def _collection_is_where_it_is_fetched(self) -> DocumentSource:
        collection = self.document.collection
        if collection and collection.folder != self.fetch.is_folder:
            raise ValueError(
                "expected fetch.url to be a file: where, and only where, it is a folder"
            )
        for page in (collection.listing, collection.feed) if collection else ():
            host = urlsplit(page.url).hostname if page else None
            if page and host not in self.fetch.hosts:
                raise ValueError(f"expected 'fetch.hosts' to list {host!r}, the host that is asked")
        return self


class Label(_Strict):
    fr: str = Field(min_length=1)
    en: str = Field(min_length=1)
    es: str = Field(min_length=1)


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


class Series(_Strict):
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


class Indicator(_Strict):
    """A provider's table, and which of its slices stand for concepts of the catalogue."""

    provider: Provider
    dataset: str = Field(min_length=1)
    area_scheme: Literal["eurostat", "iso3", "iso2", "label_en"]
    basis: Literal["reported", "modelled", "projected"] = "reported"
    series: list[Series] = []


class IndicatorSource(_Source):
    kind: Literal["indicator"]
    format: IndicatorFormat
    indicator: Indicator

    @model_validator(mode="after")
    def _api_gives_the_format(self) -> IndicatorSource:
        api = self.fetch.api
        if api and self.format not in FORMATS_OF_API[api]:
            known = ", ".join(FORMATS_OF_API[api])
            raise ValueError(f"expected a format that api {api} gives ({known}), not {self.format}")
        return self


CoderName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,30}$")]


class Coding(_Strict):
    coder: CoderName = Field(description="a name for the person that may be published")
    role: Literal["coder", "adjudicator"] = Field(
        default="coder", description="an adjudicator decides where two people disagree"
    )
    codebook_version: str
    survey_id: Identifier


class CodingSource(_Source):
    kind: Literal["coding"]
    format: CodingFormat
    coding: Coding


Source = SurveySource | DocumentSource | IndicatorSource | CodingSource


def asked_for(source: Source) -> str:
    """What a source asks for, as JSON: the table and the part of it, not where or how politely."""
    asked = source.model_dump(mode="json", include={"format": True, "fetch": WHAT_IS_ASKED})
    dataset = source.indicator.dataset if isinstance(source, IndicatorSource) else None
    return json.dumps({**asked, "dataset": dataset}, sort_keys=True)


class SourceFile(RootModel[Annotated[Source, Field(discriminator="kind")]]):
    """The content of one source YAML, of any kind."""


class Concept(_Strict):
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
