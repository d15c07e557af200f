"""Providers as they answer, replayed on this machine: tables of contents, data, their refusals.

A ``Replay`` is a scripted server with the manners of one provider. What it gives are recorded
real bodies (``PES_INPUTS``) or small tables of ``support.examples``; what it refuses with are
the provider's own words, as documented. Every request is remembered in ``server.log``.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from support.examples import Example
from support.server import Answer, Asked, ScriptedServer, ok

INPUTS = Path(os.environ.get("PES_INPUTS") or "nowhere") / "indicators"
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"


def specimen(name: str) -> bytes:
    """The bytes of a recorded body; the test is skipped where the recordings are not at hand."""
    path = INPUTS / name
    if not path.is_file():
        pytest.skip(f"needs the recorded answers in PES_INPUTS, {name} is not there")
    return path.read_bytes()


class Replay:
    """One provider below a path of the server: ``/eurostat``, ``/ilostat`` and so on."""

    api: str
    area_scheme = "eurostat"
    contents_path: str

    def __init__(self, server: ScriptedServer) -> None:
        self.server = server
        self.root = f"/{self.api}"

    def url(self) -> str:
        return self.server.url(self.root)

    def at(self, path: str, *answers: Answer) -> None:
        """Answer ``path`` below the provider's root, one after the other; the last stays.

        Brackets are written as they are, and travel as every client sends them.
        """
        travelling = path.replace("[", "%5B").replace("]", "%5D")
        self.server.answers(self.root + travelling, *answers)

    def asked(self) -> list[Asked]:
        """The requests for anything but the page that tells of changes."""
        return [each for each in self._own() if each.path != self.root + self.contents_path]

    def asked_contents(self) -> list[Asked]:
        return self.server.asked(self.root + self.contents_path)

    def _own(self) -> Iterator[Asked]:
        return (each for each in self.server.log if each.path.startswith(f"{self.root}/"))

    def source(
        self, dataset: str, format_name: str, source_id: str | None = None, **fetch: Any
    ) -> Example:
        """A source that asks this provider, with little patience."""
        source_id = source_id or dataset.lower()
        declared = {
            "id": source_id,
            "kind": "indicator",
            "title": f"Table {dataset}",
            "publisher": "A replayed provider",
            "licence": "CC0-1.0",
            "attribution": "Written for a test.",
            "owner": "test-desk",
            "is_synthetic": True,
            "format": format_name,
            "fetch": {
                "api": self.api,
                "base_url": self.url(),
                "hosts": ["127.0.0.1"],
                "requests_per_minute": 60_000,
                "backoff_seconds": 0.01,
                "poll_seconds": 0.02,
                "most_wait_seconds": 2,
                **fetch,
            },
            "indicator": {
                "provider": self.api,
                "dataset": dataset,
                "area_scheme": self.area_scheme,
            },
        }
        if format_name == "eurostat_tsv":
            declared["read"] = {"delimiter": "\t"}
        return declared, {}


class EurostatReplay(Replay):
    """Eurostat's dissemination API."""

    api = "eurostat"
    contents_path = "/catalogue/toc/txt?lang=en"

    def says(self, structure: str = "01.01.2020", **changed: str) -> None:
        """The table of contents: dataset to the day of its last update (dd.mm.yyyy)."""
        columns = ("title", "code", "type", "last update of data", "last table structure change")
        header = "\t".join(f'"{each}"' for each in (*columns, "data start", "data end", "values"))
        rows = [
            f'"    Table {code}"\t"{code}"\t"dataset"\t"{day}"\t"{structure}"\t"2021"\t"2022"\t'
            for code, day in changed.items()
        ]
        self.at(self.contents_path, ok("\n".join([header, *rows, ""]).encode()))

    def data(self, dataset: str, query: str = "", form: str = "csvdata&formatVersion=2.0") -> str:
        table = f"/sdmx/3.0/data/dataflow/{self.agency()}/{dataset}/1.0/*"
        return f"{table}?{query}format={form}&compress=true"

    def agency(self) -> str:
        return "ESTAT"

    def queued(self, key: str, *states: str) -> None:
        """A queued request: its states one after the other."""
        self.at(f"/1.0/async/status/{key}", *(ok(_state(key, state)) for state in states))


class EmplReplay(EurostatReplay):
    """DG EMPL's node."""

    api = "empl"

    def agency(self) -> str:
        return "EMPL"


def envelope(key: str) -> bytes:
    """What Eurostat answers in place of a table that it has to prepare."""
    return (
        f'<?xml version="1.0"?><env:Envelope xmlns:env="{SOAP}"><env:Body><ns0:syncResponse '
        'xmlns:ns0="http://estat.ec.europa.eu/disschain/soap/extraction"><queued>'
        f"<id>{key}</id><status>SUBMITTED</status></queued></ns0:syncResponse></env:Body>"
        "</env:Envelope>"
    ).encode()


def _state(key: str, state: str) -> bytes:
    return (
        f'<?xml version="1.0"?><env:Envelope xmlns:env="{SOAP}"><env:Body><ns1:asyncResponse '
        'xmlns:ns1="http://estat.ec.europa.eu/disschain/asynchronous"><ns1:status>'
        f"<ns1:key>{key}</ns1:key><ns1:status>{state}</ns1:status></ns1:status>"
        "</ns1:asyncResponse></env:Body></env:Envelope>"
    ).encode()


def fault(code: int, reason: str) -> bytes:
    """A SOAP fault as Eurostat words it."""
    return (
        f'<?xml version="1.0"?><S:Fault xmlns:S="{SOAP}"><faultcode>{code}</faultcode>'
        f"<faultstring>{reason}</faultstring></S:Fault>"
    ).encode()


def too_big(rows: int, most: int = 5_000_000) -> Answer:
    reason = (
        f"EXTRACTION_TOO_BIG: The requested extraction is too big, estimated {rows} rows, max "
        f"authorised is {most}, please change your filters to reduce the extraction size"
    )
    return refusal(413, fault(413, reason))


class IlostatReplay(Replay):
    """ILOSTAT's web service."""

    api = "ilostat"
    area_scheme = "iso3"
    contents_path = "/metadata/toc/indicator/?lang=en&format=.csv"

    def says(self, **changed: str) -> None:
        header = '"id","indicator.label","data.start","data.end","last.update","n.records"'
        rows = [f'"{code}","{code}","2021","2022","{day}",60' for code, day in changed.items()]
        self.at(self.contents_path, ok("\n".join(["\ufeff" + header, *rows, ""]).encode()))

    def data(self, dataset: str, query: str = "") -> str:
        return f"/data/indicator/?id={dataset}{query}&lang=en&type=code&format=.csv.gz"


class OecdReplay(Replay):
    """The OECD's SDMX API; each dataflow has its own page that tells of changes."""

    api = "oecd"
    area_scheme = "iso3"
    agency, flow, version = "OECD.SDD.TPS", "DSD_LFS@DF_IALFS_INDIC", "1.0"
    contents_path = f"/contentconstraint/{agency}/CR_A_{flow}/{version}?references=none"
    dataset = f"{agency},{flow},{version}"

    def says(self, valid_from: str) -> None:
        page = (
            '<message:Structure xmlns:message="m" xmlns:structure="s"><structure:ContentConstraint '
            f'id="CR_A_{self.flow}" agencyID="{self.agency}" version="1.0" validFrom="{valid_from}"'
            ' isFinal="false" type="Actual"/></message:Structure>'
        )
        self.at(self.contents_path, ok(page.encode()))

    def data(self, key: str = "all", query: str = "") -> str:
        form = "dimensionAtObservation=AllDimensions&format=csvfile"
        return f"/data/{self.dataset}/{key}?{query}{form}"

    def structure(self) -> str:
        flow = f"{self.agency}/{self.flow}/{self.version}"
        return f"/dataflow/{flow}?references=all&detail=referencepartial"


class WorldBankReplay(Replay):
    """The World Bank's API."""

    api = "worldbank"
    area_scheme = "iso3"
    contents_path = "/sources/2?format=json"

    def says(self, lastupdated: str) -> None:
        about = [{"page": 1, "pages": 1, "per_page": "50", "total": 1}]
        about.append([{"id": "2", "lastupdated": lastupdated, "code": "WDI"}])  # type: ignore
        self.at(self.contents_path, ok(json.dumps(about).encode()))

    def data(self, dataset: str, page: int = 1, countries: str = "all", query: str = "") -> str:
        form = f"source=2&{query}format=json&per_page=32500&page={page}"
        return f"/en/country/{countries}/indicator/{dataset}?{form}"


def refusal(code: int, body: bytes, **headers: str) -> Answer:
    """A status with words in its body."""
    named = {name.replace("_", "-").title(): value for name, value in headers.items()}

    def answer(exchange: Any) -> None:
        exchange.say(code, named, len(body))
        exchange.wfile.write(body)

    return answer
