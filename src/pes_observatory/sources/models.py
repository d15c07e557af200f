"""What a source YAML may say: one strict model per kind, published as a JSON Schema."""

from __future__ import annotations

import json
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, RootModel, model_validator

from pes_observatory.sources.base import Identifier, Strict
from pes_observatory.sources.documents import Document
from pes_observatory.sources.fetch import FORMATS_OF_API, WHAT_IS_ASKED, Fetch
from pes_observatory.sources.indicators import Indicator
from pes_observatory.sources.surveys import Survey

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


class Read(Strict):
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


class Gate(Strict):
    """The limits of one source, on top of the suites in `expectations/`."""

    min_rows: int = Field(default=1, ge=0)
    max_refused_share: float = Field(default=0.05, ge=0, le=1)
    max_change_share: float = Field(
        default=0.5, gt=0, description="how far rows and bytes may lie off the last good load"
    )


class _Source(Strict):
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


class Coding(Strict):
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
