"""Row rules on a load: each rule's own query runs once, and all else asks what it selected.

Great Expectations would run every query twice and fetch all rows that it selects. Here DuckDB
counts them, keeps the ``row_id`` of those that a rule refuses, and spills to disk what does not
fit into memory: ten million refused rows cost disk, not memory.
"""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from pes_observatory.gates.suites import Rule
from pes_observatory.sql import literal

COUNTED = "counted"
SELECTED = "selected"


def select_rows(connection: duckdb.DuckDBPyConnection, rules: Iterable[Rule]) -> None:
    """Make the tables ``counted`` (rule, found) and ``selected`` (rule, row_id) beside ``load``.

    A rule whose query cannot run is in neither; Great Expectations then says why.
    """
    connection.execute(f"CREATE TABLE {COUNTED} (rule VARCHAR, found BIGINT)")
    connection.execute(f"CREATE TABLE {SELECTED} (rule VARCHAR, row_id BIGINT)")
    for rule in rules:
        if not rule.is_query:
            continue
        rows = rule.rows_query.format(batch="load")
        try:
            found = _keep(connection, rule, rows) if rule.refuses_rows else _count(connection, rows)
        except duckdb.Error:
            continue
        connection.execute(f"INSERT INTO {COUNTED} VALUES (?, ?)", [rule.name, found])


def counts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """How many rows each rule selected, without the rules that could not run."""
    return dict(connection.sql(f"SELECT rule, found FROM {COUNTED}").fetchall())


def count_query(rule: Rule) -> str:
    """A query for Great Expectations, which wants its batch named, of a row where any was found."""
    return (
        f"SELECT found FROM {COUNTED} WHERE rule = {literal(rule.name)} AND found > 0 "
        "AND (SELECT count(*) FROM {batch}) >= 0"
    )


def _keep(connection: duckdb.DuckDBPyConnection, rule: Rule, rows: str) -> int:
    return _one(
        connection,
        f"INSERT INTO {SELECTED} SELECT {literal(rule.name)}, row_id FROM ({rows})",
    )


def _count(connection: duckdb.DuckDBPyConnection, rows: str) -> int:
    return _one(connection, f"SELECT count(*) FROM ({rows})")


def _one(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    found = connection.execute(query).fetchone()
    return int(found[0]) if found else 0
