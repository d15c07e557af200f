"""The World Bank's API, version 2: JSON in pages, or a zipped CSV, of the indicators of WDI.

Errors come under status 200 as an array of one element; a page of more than 32,500 rows or an
address of more than 1,500 signs as an HTML page. The change signal is ``lastupdated`` of the
database (source 2, WDI), one page for all indicators. Guide:
https://datahelpdesk.worldbank.org/knowledgebase/articles/889392
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from pes_observatory.fetch.client import Client
from pes_observatory.fetch.pages import shared_page
from pes_observatory.fetch.providers.adapter import Adapter, Head, Question, query

WDI = "2"
MOST_ROWS = 32_500
MOST_SIGNS = 1_500
FIRST_YEAR = "1960"


class WorldBank(Adapter):
    """One indicator of the World Development Indicators."""

    signal_name = "lastupdated"
    zone = ZoneInfo("America/New_York")
    suffixes: ClassVar = {"worldbank_json": ".json", "worldbank_zip": ".zip"}

    def __init__(self, client: Client, dataset: str, format_name: str) -> None:
        super().__init__(client, dataset, format_name)
        if strange := sorted(set(self.fetch.filter) - {"country"}):
            raise self.failed(
                f"fetch.filter names dimension {strange[0]}; the World Bank filters by country only"
            )

    def signal(self) -> str | None:
        url = f"{self.base}/sources/{WDI}?format=json"
        page = shared_page(self.client, url)
        if page is None:
            return None
        found = re.search(rb'"lastupdated"\s*:\s*"([^"]+)"', page)
        if found is None:
            self.unreadable(f"{url} has no 'lastupdated'")
            return None
        return self.believed(found[1].decode())

    def first_period(self) -> str | None:
        return FIRST_YEAR

    def url(self, question: Question) -> str:
        countries = ";".join(question.filter.get("country", ("all",)))
        form = {"source": WDI, "date": _dates(question)}
        if self.format == "worldbank_zip":
            form["downloadformat"] = "csv"
        else:
            form |= {"format": "json", "per_page": str(MOST_ROWS), "page": str(question.page)}
        url = f"{self.base}/en/country/{countries}/indicator/{self.dataset}?{query(**form)}"
        if len(url) > MOST_SIGNS:
            raise self.too_large(f"the address has {len(url)} signs and {MOST_SIGNS} are allowed")
        return url

    def judge(self, head: Head, shown: str) -> None:
        if head.is_html or not head.raw:
            return  # the first look at the file says so
        if self.format == "worldbank_zip":
            if not head.raw.startswith(b"PK"):
                raise self.failed(f"{shown} gives no zip", head.raw)
            return
        meta = _meta(head)
        if meta is None or "message" in meta:
            raise self.failed(f"{shown} answers an error in place of the table", head.raw)
        if not meta.get("total"):
            raise self.failed(
                f"{shown} gives no row; the indicator, a country or the years are not in WDI, "
                "correct 'fetch'"
            )

    def edition(self, head: Head, question: Question) -> Mapping[str, str]:
        meta = None if self.format == "worldbank_zip" else _meta(head)
        if not meta:
            return {}
        total = f"total of {question.part or 'all'}"
        return {"lastupdated": str(meta.get("lastupdated")), total: str(meta.get("total"))}

    def further(self, head: Head, question: Question) -> list[Question]:
        meta = None if self.format == "worldbank_zip" else _meta(head)
        pages = int(meta.get("pages") or 1) if meta else 1
        return [replace(question, page=page) for page in range(2, pages + 1)]


def _meta(head: Head) -> dict[str, Any] | None:
    """The first element of the answer's array, which may go on beyond its beginning."""
    try:
        meta, _ = json.JSONDecoder().raw_decode(head.text.removeprefix("[").lstrip())
    except json.JSONDecodeError:
        return None
    return meta if isinstance(meta, dict) else None


def _dates(question: Question) -> str | None:
    if not (question.start or question.end):
        return None
    start = (question.start or FIRST_YEAR)[:4]
    end = (question.end or str(datetime.now(UTC).year))[:4]
    return f"{start}:{end}"
