"""What a load changes against the observations that stood before it, in DuckDB and in steps.

An observation is a series in a period; its value, with the power of ten that it is printed in,
and its raw flag are what can change. Series are compared by a sum over their observations first:
most have none that changed, some are new or gone as a whole, and only rows of the others meet one
by one. ``hash`` of DuckDB is good enough for that sum, since it tells any two numbers and any two
short texts apart; of long texts it is not, so that series are never matched by it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pes_observatory.contracts import OBSERVATIONS
from pes_observatory.landing import write_rows
from pes_observatory.sql import literal, name
from pes_observatory.vintages.index import (
    FLAG_CHANGED,
    NEW,
    RETURNED,
    REVISED,
    VANISHED,
    VintagedLoad,
)

_VALUE = """CASE
        WHEN coalesce(unit_mult, 0) = 0 THEN obs_value
        ELSE coalesce(
            TRY_CAST(obs_value_raw || 'e' || unit_mult AS DOUBLE), obs_value * pow(10, unit_mult)
        ) END"""
_MARKED = f"""
    SELECT series_key, sum(hash(time_period, {_VALUE}, coalesce(obs_flag_raw, ''))) AS mark
    FROM {{}} GROUP BY series_key
"""
_TOUCHED = f"""
    CREATE TABLE touched AS
    SELECT coalesce(after.series_key, before.series_key) AS series_key,
        before.series_key IS NULL AS is_added, after.series_key IS NULL AS is_dropped
    FROM ({_MARKED.format("before")}) AS before
    FULL JOIN ({_MARKED.format("after")}) AS after ON before.series_key = after.series_key
    WHERE before.mark IS DISTINCT FROM after.mark
"""
_OF_SERIES = "SELECT * FROM {} SEMI JOIN (SELECT * FROM touched WHERE {}) AS t USING (series_key)"
_IN_BOTH = f"""
    SELECT row_id, series_key, time_period, obs_value, obs_value_raw, unit_mult,
        {_VALUE} AS value, coalesce(obs_flag_raw, '') AS flag
    FROM ({_OF_SERIES.format("{}", "NOT is_added AND NOT is_dropped")})
"""
_CHANGED = f"""
    CREATE TABLE changed AS
    SELECT series_key, time_period, before.row_id AS before_id, after.row_id AS after_id,
        CASE
            WHEN after.row_id IS NULL THEN '{VANISHED}'
            WHEN before.row_id IS NULL THEN '{NEW}'
            WHEN before.value IS DISTINCT FROM after.value THEN '{REVISED}'
            ELSE '{FLAG_CHANGED}'
        END AS change,
        before.obs_value AS previous_value,
        before.obs_value_raw AS previous_value_raw,
        before.unit_mult AS previous_unit_mult,
        before.flag AS previous_flag_raw
    FROM ({_IN_BOTH.format("before")}) AS before
    FULL JOIN ({_IN_BOTH.format("after")}) AS after USING (series_key, time_period)
    WHERE before.row_id IS NULL OR after.row_id IS NULL
        OR before.value IS DISTINCT FROM after.value OR before.flag <> after.flag
    UNION ALL BY NAME
    SELECT series_key, time_period, row_id AS after_id, '{NEW}' AS change
    FROM ({_OF_SERIES.format("after", "is_added")})
    UNION ALL BY NAME
    SELECT series_key, time_period, row_id AS before_id, '{VANISHED}' AS change
    FROM ({_OF_SERIES.format("before", "is_dropped")})
"""
_RETURNED = f"""
    UPDATE changed SET
        change = '{RETURNED}',
        previous_value = gone.last.previous_value,
        previous_value_raw = gone.last.previous_value_raw,
        previous_unit_mult = gone.last.previous_unit_mult,
        previous_flag_raw = gone.last.previous_flag_raw
    FROM (
        SELECT series_key, time_period, arg_max(struct_pack(
            previous_value := previous_value, previous_value_raw := previous_value_raw,
            previous_unit_mult := previous_unit_mult, previous_flag_raw := previous_flag_raw
        ), valid_from) AS last
        FROM earlier WHERE change = '{VANISHED}' GROUP BY series_key, time_period
    ) AS gone
    WHERE changed.change = '{NEW}'
        AND changed.series_key = gone.series_key AND changed.time_period = gone.time_period
"""
_REFUSED = f"""
    CREATE TABLE refused AS
    SELECT series_key, time_period FROM read
    SEMI JOIN (SELECT * FROM changed WHERE change = '{VANISHED}') AS changed
        USING (series_key, time_period)
"""
_DIMENSIONS = "list_sort(regexp_extract_all({}, '(?:^|;)([^=;]*)=', 1))"
_REASONS = f"""
    CREATE TABLE reasons AS
    WITH series AS (
        SELECT series_key, CASE
            WHEN is_dropped AND EXISTS (FROM after)
                AND {_DIMENSIONS.format("series_key")} NOT IN (
                    SELECT {_DIMENSIONS.format("any_value(series_key)")} FROM after
                    GROUP BY item_name
                )
            THEN 'dataset_recoded'
            WHEN is_asked_otherwise THEN 'filter_changed'
            WHEN is_dropped THEN 'series_dropped'
            ELSE 'period_dropped' END AS reason
        FROM touched, asked
    )
    SELECT before_id,
        CASE WHEN refused.series_key IS NULL THEN series.reason ELSE 'refused_by_gate' END AS reason
    FROM changed INNER JOIN series USING (series_key)
    LEFT JOIN refused USING (series_key, time_period)
    WHERE change = '{VANISHED}'
"""
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
    connection.execute(_TOUCHED)
    connection.execute(_CHANGED)
    if comparison.earlier:
        connection.execute(_RETURNED)
    connection.execute(_REFUSED)
    connection.execute(_REASONS)
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
