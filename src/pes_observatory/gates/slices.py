"""The slices that a source declares for concepts, as rules on its load like any other.

A slice must be in the table, since a renamed code makes it vanish, and it must name one series
per area: two that meet in one period mean that a dimension was forgotten. Both are judged on
``slice_values``, the observations of all slices, made once for all rules.
"""

from __future__ import annotations

import duckdb
import pyarrow as pa

from pes_observatory.gates.suites import Rule
from pes_observatory.sources.models import IndicatorSource, Source

_VALUES = """
    CREATE TABLE slice_values AS
    WITH series AS (
        SELECT series_key, string_split(series_key, ';') AS parts
        FROM (SELECT DISTINCT series_key FROM load)
    )
    SELECT slices.slice_no, load.series_key, load.ref_area, load.freq, load.time_period,
        load.obs_value IS NOT NULL AS has_value
    FROM load
    INNER JOIN series USING (series_key)
    INNER JOIN slices ON list_has_all(series.parts, slices.terms)
"""
_NONE = """
    SELECT count(*) AS rows_without FROM {{batch}}
    HAVING NOT EXISTS (FROM slice_values WHERE {})
"""
_SEVERAL = """
    SELECT ref_area, freq, time_period, count(DISTINCT series_key) AS series FROM slice_values
    WHERE {} AND has_value AND EXISTS (FROM {{batch}})
    GROUP BY ref_area, freq, time_period
    HAVING count(DISTINCT series_key) > 1
"""
_SLICES = pa.schema([("slice_no", pa.int32()), ("terms", pa.list_(pa.string()))])


def offer_slices(connection: duckdb.DuckDBPyConnection, source: Source) -> None:
    """Make ``slice_values`` beside ``load``: the observations that each slice selects."""
    rows = [
        {"slice_no": number, "terms": terms}
        for number, (_, terms) in enumerate(_slices_of(source), start=1)
    ]
    connection.register("slices", pa.Table.from_pylist(rows, schema=_SLICES))
    connection.execute(_VALUES)
    connection.unregister("slices")


def slice_rules(source: Source) -> tuple[Rule, ...]:
    """Two rules per slice, and one on all of them together."""
    slices = _slices_of(source)
    if not slices:
        return ()
    rules = [
        _rule(
            "slices_are_there",
            "none of the slices that stand for concepts is in the table; "
            "a renamed code makes them vanish",
            "critical",
            _NONE.format("true"),
        )
    ]
    for number, (name, terms) in enumerate(slices, start=1):
        rules += [
            _rule(
                f"slice_is_there_{name}",
                f"no series of the table has {', '.join(terms)}; a renamed code makes it vanish",
                "warning",
                _NONE.format(f"slice_no = {number}"),
            ),
            _rule(
                f"slice_is_one_series_{name}",
                f"two series of one area have {', '.join(terms)} in one period; "
                "name every dimension of the table in the slice",
                "critical",
                _SEVERAL.format(f"slice_no = {number}"),
            ),
        ]
    return tuple(rules)


def _slices_of(source: Source) -> list[tuple[str, list[str]]]:
    """A name and the terms of each slice, as ``series_key`` writes them."""
    if not isinstance(source, IndicatorSource):
        return []
    return [
        (
            f"{series.concept}_{number}_{role}",
            sorted(f"{dimension}={code}" for dimension, code in codes.items()),
        )
        for number, series in enumerate(source.indicator.series, start=1)
        for role, codes in series.slices().items()
    ]


def _rule(name: str, reason: str, severity: str, query: str) -> Rule:
    expectation = {
        "type": "unexpected_rows_expectation",
        "kwargs": {"unexpected_rows_query": query},
        "severity": severity,
        "meta": {"rule": name, "reason": reason},
    }
    return Rule(name, reason, severity, expectation, refuses_rows=False)
