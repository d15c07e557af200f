"""Eurostat's dissemination API, and DG EMPL's node of labour-market policy, which speaks it too.

SDMX 3.0 (``c[dimension]=codes``) is asked by default, as it needs no order of dimensions, and
the order changes between releases. SDMX 2.1 wants a key in that order, which its structure
tells; its CSV prints ``LAST UPDATE``. JSON-stat comes from the statistics API. The change signal
is the row of the table in the table of contents. Guide: "API - Detailed guidelines" at
https://ec.europa.eu/eurostat/web/user-guides/data-browser/api-data-access
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import ClassVar
from urllib.parse import quote

from pes_observatory.fetch.gist import gist
from pes_observatory.fetch.http import Refused
from pes_observatory.fetch.providers import contents
from pes_observatory.fetch.providers import eurostat_words as words
from pes_observatory.fetch.providers.adapter import (
    Adapter,
    Head,
    Question,
    Queued,
    query,
)
from pes_observatory.fetch.providers.structure import key

MOST_STATUS_BYTES = 100_000


class Eurostat(Adapter):
    """One table of Eurostat."""

    signal_name = "table of contents"
    has_queue = True
    agency: ClassVar[str] = "ESTAT"
    suffixes: ClassVar = {
        "sdmx_csv": ".csv.gz",
        "eurostat_tsv": ".tsv.gz",
        "jsonstat": ".json",
    }

    def signal(self) -> str | None:
        entry = self._entry()
        if entry is None:
            return None
        changes = (entry["last update of data"], entry["last table structure change"])
        latest = max(changes, key=lambda day: day.split(".")[::-1])
        return self.believed(latest)  # updates come at 11:00 and 23:00, their day alone is printed

    def first_period(self) -> str | None:
        entry = self._entry()
        return entry["data start"] if entry and entry["data start"][:4].isdigit() else None

    def url(self, question: Question) -> str:
        if self.format == "jsonstat":
            return self._statistics_url(question)
        name = {"sdmx_csv": "csvdata", "eurostat_tsv": "TSV"}[self.format]
        if self.fetch.sdmx_version == "2.1":
            return self._sdmx_21_url(question, "SDMX-CSV" if name == "csvdata" else name)
        codes = {self.dimension(name): codes for name, codes in question.filter.items()}
        limits = [f"ge:{question.start}"] * bool(question.start)
        limits += [f"le:{question.end}"] * bool(question.end)
        asked = "".join(f"c[{name}]={','.join(each)}&" for name, each in codes.items())
        asked += f"c[TIME_PERIOD]={'+'.join(limits)}&" if limits else ""
        table = f"{self.agency}/{quote(self.dataset, safe='$')}/1.0/*"
        version = "2.0" if name == "csvdata" else None
        form = query(format=name, formatVersion=version, compress="true")
        return f"{self.base}/sdmx/3.0/data/dataflow/{table}?{asked}{form}"

    def dimension(self, name: str) -> str:
        """A dimension as this node writes it."""
        return name.lower()

    def judge(self, head: Head, shown: str) -> None:
        if head.text.startswith("<") and not head.is_html:
            self._judge_xml(head.text, shown)
        elif head.text.startswith("{"):
            self._judge_json(head, shown)
            if self.format == "jsonstat":
                return
        super().judge(head, shown)

    def judge_refusal(self, refused: Refused) -> None:
        if refused.status == 416 or b"EXTRACTION_TOO_BIG" in refused.said:
            pieces = words.pieces_of(gist(refused.said))
            what = f"{refused.shown} answered {refused.status}"
            raise self.too_large(what, refused.said, pieces) from None
        super().judge_refusal(refused)

    def edition(self, head: Head, question: Question) -> Mapping[str, str]:
        if self.format == "jsonstat":
            found = re.search(r'"(updated)"\s*:\s*"([^"]+)"', head.text)
        else:
            found = re.match(r"DATAFLOW,(LAST UPDATE),.*\n[^,]+,([^,]+),", head.text)
        return {found[1]: found[2]} if found else {}

    def queue_state(self, key: str) -> str:
        url = f"{self.base}/1.0/async/status/{key}"
        try:
            said = self.client.read(url, max_bytes=MOST_STATUS_BYTES)
        except Refused as refused:  # as a request that is not known any more is
            said = refused.said
        state = words.state_of_queue(said.decode(errors="replace"))
        if state is None:
            raise self.failed(f"{url} tells no state of the request", said, is_retryable=True)
        return state

    def queued_url(self, key: str) -> str:
        return f"{self.base}/1.0/async/data/{key}"

    def _judge_xml(self, text: str, shown: str) -> None:
        key = words.key_of_queue(text)
        if key:
            raise Queued(key)
        if "EXTRACTION_TOO_BIG" in text:
            said = text.encode()
            raise self.too_large(shown, said, words.pieces_of(gist(said)))

    def _judge_json(self, head: Head, shown: str) -> None:
        try:
            content = json.loads(head.text) if head.is_whole else {}
        except json.JSONDecodeError as error:
            raise self.failed(f"{shown} gives JSON that breaks off ({error})") from None
        if "ASYNCHRONOUS_RESPONSE" in str(content.get("warning")):
            raise Queued(None)
        if "error" in content or "warning" in content:
            raise self.failed(f"{shown} answers an error in place of the table", head.raw)
        if head.is_whole and not content.get("value"):
            raise self.failed(
                f"{shown} gives no value; a code or period of 'fetch' is not in the table, correct "
                "it"
            )

    def _entry(self) -> dict[str, str] | None:
        url = f"{self.base}/catalogue/toc/txt?lang=en"
        wanted = ("code", "last update of data", "last table structure change", "data start")
        code = self.dataset.partition("$")[0]
        return contents.entry(self, url, code, wanted, delimiter="\t")

    def _sdmx_21_url(self, question: Question, name: str) -> str:
        structure = f"{self.base}/sdmx/2.1/datastructure/{self.agency}/{quote(self.dataset)}"
        entry = self._entry() if question.filter else None
        edition = entry and f"structure of {entry['last table structure change']}"
        codes = key(self, question, structure, edition or None)
        form = query(
            format=name, compressed="true", startPeriod=question.start, endPeriod=question.end
        )
        path = "/".join(filter(None, [quote(self.dataset, safe="$"), codes]))
        return f"{self.base}/sdmx/2.1/data/{path}?{form}"

    def _statistics_url(self, question: Question) -> str:
        codes = [
            f"{name.lower()}={code}" for name, each in question.filter.items() for code in each
        ]
        form = query(
            format="JSON",
            lang="EN",
            sinceTimePeriod=question.start,
            untilTimePeriod=question.end,
        )
        asked = "&".join([form, *codes])
        return f"{self.base}/statistics/1.0/data/{quote(self.dataset, safe='$')}?{asked}"


class Empl(Eurostat):
    """One table of DG EMPL's node, whose dimensions are in upper case."""

    agency: ClassVar[str] = "EMPL"

    def dimension(self, name: str) -> str:
        return name.upper()
