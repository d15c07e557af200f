"""What changed between two releases: inputs, row counts, and rows of each mart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import duckdb

from pes_observatory.releases.versions import release_folder
from pes_observatory.settings import Home
from pes_observatory.sql import literal


@dataclass(frozen=True)
class TableChange:
    """One table that differs: rows only in the older and only in the newer release."""

    table: str
    rows_only_before: int
    rows_only_after: int
    note: str = ""


def changed_inputs(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """The ids of sources that came, went, or have another snapshot or load."""
    ids = before["inputs"].keys() | after["inputs"].keys()
    return sorted(i for i in ids if before["inputs"].get(i) != after["inputs"].get(i))


def changed_tables(
    home: Home, before: dict[str, Any], after: dict[str, Any], schema: str = "marts"
) -> list[TableChange]:
    """Every table of a schema whose rows differ between two releases."""
    changes = []
    names = {n for n in before["tables"] | after["tables"] if n.startswith(f"{schema}.")}
    with duckdb.connect(":memory:") as connection:
        for table in sorted(names):
            rows_before, rows_after = before["tables"].get(table), after["tables"].get(table)
            if rows_before is None or rows_after is None:
                note = "added" if rows_before is None else "removed"
                changes.append(TableChange(table, rows_before or 0, rows_after or 0, note))
                continue
            old, new = (_parquet(home, index, table) for index in (before, after))
            try:
                gone = _count(connection, f"SELECT * FROM {old} EXCEPT ALL SELECT * FROM {new}")
                come = _count(connection, f"SELECT * FROM {new} EXCEPT ALL SELECT * FROM {old}")
            except duckdb.BinderException:
                changes.append(TableChange(table, rows_before, rows_after, "other columns"))
                continue
            if gone or come:
                changes.append(TableChange(table, gone, come))
    return changes


def _parquet(home: Home, index: dict[str, Any], table: str) -> str:
    folder = release_folder(home, index["version"]) / "parquet"
    return literal(folder / f"{table.replace('.', '/')}.parquet")


def _count(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    found = connection.sql(f"SELECT count(*) FROM ({query})").fetchone()
    return int(found[0]) if found else 0
