"""Makes Great Expectations' metrics work on DuckDB through SQLAlchemy.

Great Expectations reads a cursor's rows after it has handed the connection back to the pool,
which DuckDB's cursor does not survive: every bundled metric then fails with ``IndexError: list
index out of range``. Buffering each result as soon as it is there cures it.
``tests/gates/test_duckdb_listener.py`` fails once upstream makes this unnecessary.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.cursor import FullyBufferedCursorFetchStrategy


def install() -> None:
    """Buffer DuckDB results in every engine of this process; calling it twice does no harm."""
    if not event.contains(Engine, "after_cursor_execute", _buffer_result):
        event.listen(Engine, "after_cursor_execute", _buffer_result)


def remove() -> None:
    """Undo :func:`install`."""
    if event.contains(Engine, "after_cursor_execute", _buffer_result):
        event.remove(Engine, "after_cursor_execute", _buffer_result)


def _buffer_result(
    connection: Connection,
    cursor: Any,
    _statement: str,
    _parameters: Any,
    context: Any,
    _many: bool,
) -> None:
    if connection.dialect.name == "duckdb" and context is not None and cursor.description:
        context.cursor_fetch_strategy = FullyBufferedCursorFetchStrategy(
            cursor, alternate_description=cursor.description, initial_buffer=cursor.fetchall()
        )
