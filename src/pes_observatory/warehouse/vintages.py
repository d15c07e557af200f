"""The histories as rows for dbt: one per load that was compared, with what it brought."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from pes_observatory.vintages.index import CHANGES, History

_TEXT, _FLAG, _WHOLE = pa.string(), pa.bool_(), pa.int64()
VINTAGED_LOADS = pa.schema(
    [("source_id", _TEXT), ("vintage_no", pa.int32()), ("load_id", _TEXT)]
    + [("snapshot_sha256", _TEXT), ("valid_from", pa.timestamp("us"))]
    + [(name, _FLAG) for name in ("is_first", "is_latest", "is_reread")]
    + [(f"rows_{change}", _WHOLE) for change in CHANGES]
)


def vintage_rows(histories: Mapping[str, History]) -> list[dict[str, Any]]:
    """Every vintaged load of every source, also those that brought no difference."""
    return [
        {
            "source_id": source_id,
            "vintage_no": load.number,
            "load_id": load.load_id,
            "snapshot_sha256": load.snapshot_sha256,
            "valid_from": load.valid_from,
            "is_first": load.is_first,
            "is_latest": load == history.last,
            "is_reread": load.is_reread,
            **{f"rows_{change}": load.changes.get(change, 0) for change in CHANGES},
        }
        for source_id, history in sorted(histories.items())
        for load in history.loads
    ]
