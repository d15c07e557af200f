"""What a load changes against the observations that stood before it, in DuckDB and in steps.

An observation is a series in a period; its value, with the power of ten that it is printed in,
and its raw flag are what can change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pes_observatory.contracts import OBSERVATIONS
from pes_observatory.landing import write_rows
from pes_observatory.sql import literal, name
from pes_observatory.vintages.index import NEW, VANISHED, VintagedLoad
from pes_observatory.vintages.statements import CHANGED, REASONS, REFUSED, RETURNED_BEFORE, TOUCHED

_PREVIOUS = "previous_value, previous_value_raw, previous_unit_mult, previous_flag_raw"
_ITS_VALUE = """before.obs_value AS previous_value, before.obs_value_raw AS previous_value_raw,
    before.unit_mult AS previous_unit_mult, before.obs_flag_raw AS previous_flag_raw"""
_WITHOUT_VALUE = """NULL AS obs_value, NULL AS obs_value_raw, NULL AS obs_flag_raw,
    NULL AS obs_status, 'vanished' AS value_state"""


@dataclass(frozen=True)
class Comparison:
    """Two sets of observations, and what is known of the way from one to the other.

    ``earlier`` are the deltas after the first, where what returns has vanished once; ``read`` are
    the rows of the load before its gate, where it refused any.
    """

    before: Path
    after: Path
    earlier: Sequence[Path]
    read: Path | None
    is_asked_otherwise: bool


Found = tuple[str, str | None, int]


def compare(connection: duckdb.DuckDBPyConnection, comparison: Comparison) -> list[Found]:
    """Make the tables of the difference; per kind of change, and reason, how many rows."""
    _offer("before", connection, [comparison.before])
    _offer("after", connection, [comparison.after])
    _offer("read", connection, [comparison.read] if comparison.read else [])
    _offer("earlier", connection, comparison.earlier)
    connection.execute(
        f"CREATE TABLE asked AS SELECT {comparison.is_asked_otherwise} AS is_asked_otherwise"
    )
    connection.execute(TOUCHED)
    connection.execute(CHANGED)
    if comparison.earlier:
        connection.execute(RETURNED_BEFORE)
    connection.execute(REFUSED)
    connection.execute(REASONS)
    return connection.sql(
        "SELECT change, reason, count(*) FROM changed LEFT JOIN reasons USING (before_id) "
        "GROUP BY ALL ORDER BY ALL"
    ).fetchall()


def write_delta(connection: duckdb.DuckDBPyConnection, load: VintagedLoad, to: Path) -> int:
    """Write what :func:`compare` found as whole rows; those that vanished have no value."""
    query = f"""
        WITH rows AS (
            SELECT after.*, change, NULL AS reason, {_PREVIOUS}
            FROM after INNER JOIN changed ON after.row_id = changed.after_id
            UNION ALL BY NAME
            SELECT before.* REPLACE ({_WITHOUT_VALUE}), change, reason, {_ITS_VALUE}
            FROM before
            INNER JOIN changed ON before.row_id = changed.before_id AND change = '{VANISHED}'
            INNER JOIN reasons ON before.row_id = reasons.before_id
        )
        SELECT *, {literal(load.load_id)} AS load_id, {literal(load.valid_from)} AS valid_from,
            {load.is_reread} AS is_reread
        FROM rows
    """
    return write_rows(connection, query, "vintages", to)


def write_state(connection: duckdb.DuckDBPyConnection, deltas: Sequence[Path], to: Path) -> int:
    """Write what ``deltas``, oldest first, add up to: of each observation the last row."""
    own = ", ".join(name(column) for column in OBSERVATIONS.names if column != "row_id")
    first, *later = deltas
    rows = [f"SELECT *, 0 AS number, '{NEW}' AS change FROM read_parquet({literal(first)})"]
    rows += [
        f"SELECT *, {number} AS number FROM read_parquet({literal(path)})"
        for number, path in enumerate(later, start=1)
    ]
    query = f"""
        SELECT row_number() OVER () AS row_id, {own} FROM (
            SELECT * FROM ({" UNION ALL BY NAME ".join(rows)})
            QUALIFY row_number() OVER (
                PARTITION BY series_key, time_period ORDER BY number DESC
            ) = 1
        ) WHERE change <> '{VANISHED}'
    """
    return write_rows(connection, query, "observations", to)


def _offer(view: str, connection: duckdb.DuckDBPyConnection, files: Sequence[Path]) -> None:
    paths = ", ".join(literal(path) for path in files)
    rows = f"read_parquet([{paths}], union_by_name = true)" if files else "before LIMIT 0"
    connection.execute(f"CREATE VIEW {view} AS FROM {rows}")
