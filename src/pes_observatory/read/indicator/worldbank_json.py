"""World Bank Indicators API v2, JSON: ``[{page, pages, total, lastupdated}, [observations]]``.

An error comes with status 200 as ``[{"message": [...]}]``. Numbers keep the digits as printed.
Format: https://datahelpdesk.worldbank.org/knowledgebase/articles/898599
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from pes_observatory.errors import LoadRejected
from pes_observatory.read.indicator.observations import LongTable
from pes_observatory.read.text import decoded
from pes_observatory.sources.models import Read
from pes_observatory.sql import literal

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


def read_worldbank_json(
    connection: duckdb.DuckDBPyConnection, where: str, path: Path, dialect: Read
) -> LongTable:
    """The long table of one answer; ``row_no`` counts its observations from 1.

    Raises:
        LoadRejected: not the API's layout, an error message, or only a part of the pages.
    """
    text = decoded(where, path, dialect.encoding)
    try:
        content = json.loads(text, parse_float=str, parse_int=str)
    except json.JSONDecodeError as error:
        raise LoadRejected(f"{where}: is not JSON ({error}); fetch it again.") from None
    meta, rows = _parts(where, content)
    if str(meta.get("pages")) != "1" or str(meta.get("total")) != str(len(rows)):
        raise LoadRejected(
            f"{where}: holds {len(rows)} of {meta.get('total')} observations (page "
            f"{meta.get('page')} of {meta.get('pages')}); raise per_page in fetch.url."
        )
    long_rows = [_long_row(where, row_no, row) for row_no, row in enumerate(rows, start=1)]
    table = pa.Table.from_pylist(long_rows, schema=_LONG)
    view = f"worldbank_{abs(hash(str(path)))}"
    connection.register(view, table)
    updated_at = literal(meta.get("lastupdated"))
    return LongTable(f"SELECT * FROM {view}", ["indicator", "ref_area"], updated_at)


def _parts(where: str, content: Any) -> tuple[dict[str, Any], list[dict[str, Any]]]:
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
