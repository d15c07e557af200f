"""Putting texts and names into SQL safely."""

from __future__ import annotations

from pathlib import Path


def literal(text: str | Path | None) -> str:
    """A text or path as an SQL literal, or NULL."""
    return "NULL" if text is None else "'" + str(text).replace("'", "''") + "'"


def name(column: str) -> str:
    """A column's name as a quoted SQL identifier."""
    return '"' + column.replace('"', '""') + '"'
