"""Putting texts and names into SQL safely, and a DuckDB that keeps to its share of memory."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb

MEMORY_LIMIT = "1GB"
_FEW, _MOST, _LONGEST = 8, 1_000, 100


def literal(text: str | Path | None) -> str:
    """A text or path as an SQL literal, or NULL."""
    return "NULL" if text is None else "'" + str(text).replace("'", "''") + "'"


def name(column: str) -> str:
    """A column's name as a quoted SQL identifier."""
    return '"' + column.replace('"', '""') + '"'


def one_of(text: str | None, *others: str) -> str:
    """A text, or NULL, as one of the few that its column has: an ENUM, written to Parquet at once.

    A column of texts is hashed value by value when it is written, one of an ENUM is not.
    """
    if text is None:
        return "NULL"
    texts = ", ".join(map(literal, dict.fromkeys((text, *others))))
    return f"CAST({literal(text)} AS ENUM({texts}))"


def texts_of(connection: duckdb.DuckDBPyConnection, rows: str, text: str) -> list[str]:
    """The different texts that ``rows`` have, sorted; no more than ``looked_up`` takes well.

    A text that SQL cannot quote, for it has a NUL, or that is long is none of them.
    """
    found = connection.sql(f"""
        SELECT DISTINCT {text} AS text FROM {rows}
        WHERE strlen({text}) <= {_LONGEST} AND NOT contains({text}, chr(0)) LIMIT {_MOST}
    """).fetchall()
    return sorted(each for (each,) in found)


def looked_up(text: str, found: Mapping[str, str | None], kind: str = "VARCHAR") -> str:
    """SQL of what some texts stand for, without a join; NULL of any other text.

    For up to some thousand texts (``texts_of``): the list of what they stand for is made for
    every 2,048 rows. Few are compared one by one, which is faster.
    """
    if len(found) <= _FEW:
        cases = " ".join(
            f"WHEN {literal(each)} THEN CAST({literal(means)} AS {kind})"
            for each, means in found.items()
        )
        return f"CASE {text} {cases} END"
    codes = ", ".join(map(literal, found))
    values = ", ".join(map(literal, found.values()))
    place = f"enum_code(TRY_CAST({text} AS ENUM({codes})))"
    return f"(CAST([{values}] AS {kind}[]))[CAST({place} AS BIGINT) + 1]"


def bounded(database: Path) -> duckdb.DuckDBPyConnection:
    """A DuckDB file to work in; what goes beyond its memory is spilled beside it."""
    config: dict[str, Any] = {"memory_limit": MEMORY_LIMIT, "autoinstall_known_extensions": "false"}
    return duckdb.connect(str(database), config=config)
