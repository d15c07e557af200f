"""The statements that compare two sets of observations, in the order in which they are run.

They ask the views ``before``, ``after``, ``read`` and ``earlier``, and leave the tables
``touched`` (series), ``changed`` (observations), ``refused`` and ``reasons``. Series are compared
by a sum over their observations first: most have none that changed, some are new or gone as a
whole, and only rows of the others meet one by one. ``hash`` of DuckDB is good enough for that
sum, since it tells any two numbers and any two short texts apart; of long texts it is not, so
that series are never matched by it.
"""

from __future__ import annotations

from pes_observatory.vintages.index import FLAG_CHANGED, NEW, RETURNED, REVISED, VANISHED

_VALUE = """CASE
        WHEN coalesce(unit_mult, 0) = 0 THEN obs_value
        ELSE coalesce(
            TRY_CAST(obs_value_raw || 'e' || unit_mult AS DOUBLE), obs_value * pow(10, unit_mult)
        ) END"""
_MARKED = f"""
    SELECT series_key, sum(hash(time_period, {_VALUE}, coalesce(obs_flag_raw, ''))) AS mark
    FROM {{}} GROUP BY series_key
"""
TOUCHED = f"""
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
CHANGED = f"""
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
RETURNED_BEFORE = f"""
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
REFUSED = f"""
    CREATE TABLE refused AS
    SELECT series_key, time_period FROM read
    SEMI JOIN (SELECT * FROM changed WHERE change = '{VANISHED}') AS changed
        USING (series_key, time_period)
"""
_DIMENSIONS = "list_sort(regexp_extract_all({}, '(?:^|;)([^=;]*)=', 1))"
REASONS = f"""
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
