"""World Bank Indicators API v2, JSON: ``[{page, pages, total, lastupdated}, [observations]]``.

A long answer comes in pages: each an item of the snapshot, or all in one array. They count only
together, and only if they are of one update. An error comes with status 200 as
``[{"message": [...]}]``. Numbers keep the digits as printed.
Format: https://datahelpdesk.worldbank.org/knowledgebase/articles/898599
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeAlias

import pyarrow as pa

from pes_observatory.errors import LoadRejected
from pes_observatory.read.indicator.dates import in_iso
from pes_observatory.read.indicator.json_text import parsed_json
from pes_observatory.read.indicator.observations import LongTable
from pes_observatory.read.job import Job
from pes_observatory.read.text import decoded
from pes_observatory.sql import literal

Page: TypeAlias = tuple[dict[str, Any], list[dict[str, Any]]]

_LONG = pa.schema(
    [
        ("row_no", pa.int64()),
        ("indicator", pa.string()),
        ("ref_area", pa.string()),
        ("time_period", pa.string()),
        ("value_raw", pa.string()),
        ("flag_raw", pa.string()),
    ]
)


def read_worldbank_json(job: Job) -> LongTable:
    """The long table of one item; ``row_no`` counts its observations from 1.

    Raises:
        LoadRejected: not the API's layout, an error message, or pages that are not all there.
    """
    pages = _pages(job, job.path)
    if job.path == (job.parts or (job.path,))[0]:
        others = [page for path in job.parts if path != job.path for page in _pages(job, path)]
        _check_whole(job.where, [*pages, *others])
    rows = [row for _, page in pages for row in page]
    long_rows = [_long_row(job.where, row_no, row) for row_no, row in enumerate(rows, start=1)]
    view = job.view("worldbank", pa.Table.from_pylist(long_rows, schema=_LONG))
    updated_at = in_iso(literal(pages[0][0].get("lastupdated")))
    dimensions = {"indicator": "indicator", "ref_area": "ref_area"}
    return LongTable(f"SELECT * FROM {view}", dimensions, provider_updated_at=updated_at)


def _pages(job: Job, path: Path) -> list[Page]:
    """The page or pages that one file holds."""
    content = parsed_json(job.where, decoded(job.where, path, job.dialect.encoding))
    is_many = isinstance(content, list) and content and all(isinstance(p, list) for p in content)
    return [_page(job.where, page) for page in (content if is_many else [content])]


def _page(where: str, content: Any) -> Page:
    parts = content if isinstance(content, list) else []
    if [type(part) for part in parts] == [dict] and "message" in parts[0]:
        messages = "; ".join(str(m.get("value", m)) for m in parts[0]["message"])
        raise LoadRejected(
            f"{where}: the World Bank answers an error ({messages.rstrip('.')}); check fetch.url."
        )
    if [type(part) for part in parts] != [dict, list]:
        raise LoadRejected(
            f"{where}: is not [meta, observations] as the World Bank API writes it; "
            "check fetch.url, it needs format=json."
        )
    return parts[0], parts[1]


def _check_whole(where: str, pages: list[Page]) -> None:
    """Every answer of the snapshot, in as many pages as it says, of one update."""
    editions = sorted({str(meta.get("lastupdated")) for meta, _ in pages})
    if len(editions) > 1:
        raise LoadRejected(
            f"{where}: its pages are of different updates ({' and '.join(editions)}): the table "
            "changed while it was fetched; fetch it again."
        )
    firsts = [meta for meta, _ in pages if str(meta.get("page")) == "1"]
    due = [sum(int(meta.get(count) or 0) for meta in firsts) for count in ("total", "pages")]
    found = [sum(len(rows) for _, rows in pages), len(pages)]
    totals = {(str(meta.get("total")), str(meta.get("pages"))) for meta, _ in pages}
    stated = {(str(meta.get("total")), str(meta.get("pages"))) for meta in firsts}
    if found != due or totals != stated:
        meta = pages[0][0]
        raise LoadRejected(
            f"{where}: holds {found[0]} of {due[0] or meta.get('total')} observations (page "
            f"{meta.get('page')} of {meta.get('pages')}); raise per_page in fetch.url, or fetch "
            "all pages again."
        )


def _long_row(where: str, row_no: int, row: dict[str, Any]) -> dict[str, Any]:
    try:
        value = row["value"]
        return {
            "row_no": row_no,
            "indicator": row["indicator"]["id"],
            "ref_area": row.get("countryiso3code") or row["country"]["id"],
            "time_period": row["date"],
            "value_raw": "" if value is None else str(value),
            "flag_raw": row.get("obs_status") or "",
        }
    except (AttributeError, KeyError, TypeError) as error:
        raise LoadRejected(
            f"{where}, observation {row_no}: is not laid out as the World Bank API writes it "
            f"({type(error).__name__}: {error}); fetch it again or ask the provider."
        ) from None
