"""The ``fetch`` block of a source YAML: an address, a drop folder, or a provider's API."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, field_validator, model_validator

from pes_observatory.sources.base import STRICT, VARIABLE, OneGroupPattern, Strict, filled_in

Api = Literal["eurostat", "empl", "ilostat", "oecd", "worldbank"]

BASE_URL: dict[str, str] = {
    "eurostat": "https://ec.europa.eu/eurostat/api/dissemination",
    "empl": "https://webgate.ec.europa.eu/empl/redisstat/api/dissemination",
    "ilostat": "https://rplumber.ilo.org",
    "oecd": "https://sdmx.oecd.org/public/rest",
    "worldbank": "https://api.worldbank.org/v2",
}
FORMATS_OF_API: dict[str, tuple[str, ...]] = {
    "eurostat": ("sdmx_csv", "eurostat_tsv", "jsonstat"),
    "empl": ("sdmx_csv",),
    "ilostat": ("ilostat_csv",),
    "oecd": ("sdmx_csv",),
    "worldbank": ("worldbank_json", "worldbank_zip"),
}
# OECD allows 60 downloads an hour; the others publish no limit, so these are what is prudent.
REQUESTS_PER_MINUTE = {"eurostat": 30, "empl": 30, "ilostat": 30, "oecd": 1, "worldbank": 60}
_PART_OF_A_TABLE = {"filter", "start_period", "end_period", "sdmx_version"}
WHAT_IS_ASKED = {"api", "url", *_PART_OF_A_TABLE}
_OF_AN_API = _PART_OF_A_TABLE | {"base_url", "split_by", "poll_seconds", "most_wait_seconds"}
_OF_AN_URL = {"url", "change_stamp"}
_DIMENSION = re.compile(r"[A-Za-z]\w*")
_CODE = re.compile(r"[\w$@-]+")


def _is_text(code: Any) -> Any:
    if not isinstance(code, str):
        raise ValueError("expected a code between quotes: to YAML, NO and 1 are no texts")
    return code


def _year_as_text(period: Any) -> Any:
    return str(period) if isinstance(period, int) and not isinstance(period, bool) else period


Code = Annotated[str, BeforeValidator(_is_text)]
Period = Annotated[
    str, BeforeValidator(_year_as_text), Field(pattern=r"^\d{4}(-?[SQMW]?\d{1,2})?$")
]


class ChangeStamp(Strict):
    """A small page on which the provider says when the data last changed."""

    url: str
    pattern: OneGroupPattern = Field(description="regular expression; its group is the stamp")

    def address(self) -> str:
        """The url with its variables filled in: for the request alone, never to be printed."""
        return filled_in(self.url)


class Fetch(Strict):
    """Where the bytes are: ``api`` of a known provider, or a ``url``.

    A ``url`` starts with `https:` or `http:`, or is `file:` with a glob, relative to the YAML.
    """

    model_config = {
        **STRICT,
        "json_schema_extra": {"oneOf": [{"required": ["url"]}, {"required": ["api"]}]},
    }

    url: str = ""
    api: Api | None = Field(default=None, description="asks indicator.dataset of this provider")
    base_url: str | None = Field(default=None, description="of the api, where it is not the usual")
    filter: dict[str, list[Code]] = Field(
        default={}, description="dimension to codes; a dimension that is not here comes whole"
    )
    start_period: Period | None = Field(default=None, description="such as '2015' or '2015-Q1'")
    end_period: Period | None = None
    split_by: str | None = Field(
        default=None,
        description="'time' or a dimension of filter: how a table too large for one request is "
        "asked in parts; by default the dimension with most codes, else time",
    )
    sdmx_version: Literal["2.1", "3.0"] = Field(
        default="3.0", description="of Eurostat's API: 3.0 needs no order of dimensions"
    )
    hosts: list[str] = Field(default=[], description="hosts that may answer, redirects included")
    max_megabytes: float = Field(default=200, gt=0)
    timeout_seconds: float = Field(default=60, gt=0)
    requests_per_minute: float | None = Field(
        default=None, gt=0, description="to one host, all processes of this home together"
    )
    backoff_seconds: float = Field(
        default=0.5, ge=0, description="doubled with each try, where a server in trouble names none"
    )
    poll_seconds: float = Field(
        default=30, gt=0, description="between two looks at a request that the provider queued"
    )
    most_wait_seconds: float = Field(default=1800, gt=0, description="for a queued request")
    change_stamp: ChangeStamp | None = None

    @field_validator("url", "base_url")
    @classmethod
    def _has_known_scheme(cls, url: str | None) -> str | None:
        address = filled_in(url or "")
        is_known = urlsplit(address).scheme in ("https", "http", "file")
        if url and not is_known and not VARIABLE.search(address):
            raise ValueError("expected an address that starts with https:, http: or file:")
        return url

    @field_validator("filter")
    @classmethod
    def _codes_are_codes(cls, asked: dict[str, list[str]]) -> dict[str, list[str]]:
        for dimension, codes in asked.items():
            if not _DIMENSION.fullmatch(dimension):
                raise ValueError(f"expected names of dimensions, {dimension!r} is none")
            if not codes:
                raise ValueError(
                    f"expected a code of {dimension}; to have all its codes take the dimension out"
                )
            strange = [code for code in codes if not _CODE.fullmatch(code)]
            if strange:
                raise ValueError(f"expected codes of {dimension}, {strange[0]!r} is none")
        return asked

    @model_validator(mode="after")
    def _asks_one_way(self) -> Fetch:
        if bool(self.url) == bool(self.api):
            raise ValueError("expected either 'url' or 'api'")
        fields = type(self).model_fields
        others = _OF_AN_URL if self.api else _OF_AN_API
        strange = {name for name in others if getattr(self, name) != fields[name].default}
        if strange:
            given, other = ("api", "url") if self.api else ("url", "api")
            raise ValueError(f"key {min(strange)!r} belongs to {other!r}, and {given!r} is given")
        if self.split_by and self.split_by != "time" and self.split_by not in self.filter:
            raise ValueError(f"expected 'split_by' to be time or in 'filter', not {self.split_by}")
        return self

    @model_validator(mode="after")
    def _hosts_are_named(self) -> Fetch:
        addresses = [self.address(), *([self.change_stamp.address()] if self.change_stamp else [])]
        for address in [] if self.is_folder else addresses:
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

    @property
    def seconds_between_requests(self) -> float:
        """How long a host is left in peace after each request; 0 where nobody said."""
        per_minute = self.requests_per_minute or REQUESTS_PER_MINUTE.get(self.api or "")
        return 60 / per_minute if per_minute else 0.0

    def base(self) -> str:
        """The address that the requests to ``api`` start with, its variables as written."""
        return (self.base_url or BASE_URL[self.api or ""]).rstrip("/")

    def address(self) -> str:
        """The url with its variables filled in: for the request alone, never to be printed."""
        return filled_in(self.url or self.base())
