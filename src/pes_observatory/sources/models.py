"""What a source YAML may say: one strict model per kind, published as a JSON Schema."""

from __future__ import annotations

import os
import re
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    RootModel,
    field_validator,
    model_validator,
)

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
DocumentFormat = Literal["markdown", "text", "html", "pdf"]
IndicatorFormat = Literal["eurostat_tsv", "sdmx_csv", "ilostat_csv", "worldbank_json"]
CodingFormat = Literal["coding_csv", "coding_xlsx"]


ISO = "iso"
VARIABLE = re.compile(r"\$\{([A-Z][A-Z0-9_]*)\}")


def filled_in(text: str) -> str:
    """The text with the environment's value for each ``${NAME}``; one not set stays as written."""
    return VARIABLE.sub(lambda match: os.environ.get(match[1], match[0]), text)


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"expected a regular expression ({error})") from None
    return pattern


def _is_timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        raise ValueError("expected a timezone such as UTC or Europe/Brussels") from None
    return name


def _has_one_group(pattern: str) -> str:
    if re.compile(pattern).groups != 1:
        raise ValueError("expected a regular expression with exactly one group")
    return pattern


Pattern = Annotated[str, AfterValidator(_compiles)]
OneGroupPattern = Annotated[Pattern, AfterValidator(_has_one_group)]
Timezone = Annotated[str, AfterValidator(_is_timezone)]
Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{2,62}$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ChangeStamp(_Strict):
    """A small page on which the provider says when the data last changed."""

    url: str
    pattern: OneGroupPattern = Field(description="regular expression; its group is the stamp")

    def address(self) -> str:
        """The url with its variables filled in: for the request alone, never to be printed."""
        return filled_in(self.url)


class Fetch(_Strict):
    """Where the bytes are: `https:`, `http:`, or `file:` with a glob, relative to the YAML."""

    url: str
    hosts: list[str] = Field(default=[], description="hosts that may answer, redirects included")
    max_megabytes: float = Field(default=200, gt=0)
    timeout_seconds: float = Field(default=60, gt=0)
    change_stamp: ChangeStamp | None = None

    @field_validator("url")
    @classmethod
    def _has_known_scheme(cls, url: str) -> str:
        address = filled_in(url)
        is_known = urlsplit(address).scheme in ("https", "http", "file")
        if not is_known and not VARIABLE.search(address):
            raise ValueError("expected an address that starts with https:, http: or file:")
        return url

    @model_validator(mode="after")
    def _hosts_are_named(self) -> Fetch:
        if self.is_folder:
            return self
        for asked in (self, self.change_stamp) if self.change_stamp else (self,):
            address = asked.address()
            host = urlsplit(address).hostname
            if host not in self.hosts and not VARIABLE.search(address):
                raise ValueError(f"expected 'hosts' to list {host!r}, the host that is asked")
        return self

    @property
    def is_folder(self) -> bool:
        return self.address().startswith("file:")

    @property
    def max_bytes(self) -> int:
        return int(self.max_megabytes * 1_000_000)

    def address(self) -> str:
        """The url with its variables filled in: for the request alone, never to be printed."""
        return filled_in(self.url)


class Read(_Strict):
    """The dialect of the file; nothing of it is guessed."""

    encoding: Literal["utf-8", "utf-8-sig", "latin-1", "windows-1252", "utf-16"] = "utf-8"
    delimiter: str = Field(default=",", min_length=1, max_length=1)
    header_rows: Literal[1, 2] | None = Field(
        default=None, description="of a survey export; by default as many as its tool writes"
    )
    sheet: str | None = Field(
        default=None, description="of a survey's workbook; by default the one that its tool writes"
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


class DeclaredList(_Strict):
    """A list in a document that is worth finding again, item by item."""

    list_id: Identifier
    heading: str = Field(description="words of the heading that the list stands under")
    expected_count: int = Field(gt=0)
    after: str | None = Field(default=None, description="words of the paragraph before the list")
    label_pattern: Pattern | None = Field(
        default=None, description="regular expression of an item's label; parts merged bullets"
    )


class DocumentItem(_Strict):
    file: str
    document_id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{2,80}$")]
    title: str = Field(min_length=1)
    lang: str
    published_on: str | None = Field(default=None, pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")
    url: str | None = None
    lists: list[DeclaredList] = []


class Document(_Strict):
    network: Identifier
    items: list[DocumentItem] = Field(min_length=1)


class DocumentSource(_Source):
    kind: Literal["document"]
    format: DocumentFormat
    document: Document


class Label(_Strict):
    fr: str = Field(min_length=1)
    en: str = Field(min_length=1)
    es: str = Field(min_length=1)


class Indicator(_Strict):
    indicator_id: Identifier
    provider: Literal["eurostat", "ilostat", "oecd", "worldbank"]
    dataset: str
    label: Label
    unit: str
    definition: str
    themes: list[str] = []
    headline: dict[str, str] = Field(
        default={}, description="dimension codes of the slice that stands for the concept"
    )
    area_scheme: Literal["eurostat", "iso3", "iso2", "label_en"]
    basis: Literal["reported", "modelled", "projected"] = "reported"


class IndicatorSource(_Source):
    kind: Literal["indicator"]
    format: IndicatorFormat
    indicator: Indicator


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


class SourceFile(RootModel[Annotated[Source, Field(discriminator="kind")]]):
    """The content of one source YAML, of any kind."""
