"""From any provider's long table to observations, in one DuckDB query that streams.

A reader names the query for its long rows and which columns are dimensions; everything that
holds for every provider stands here: canonical names, period to date, flags to statuses.
Flags follow SDMX CL_OBS_STATUS and Eurostat's "Flags" page; the raw flag stays beside.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from pes_observatory.sources.models import Indicator
from pes_observatory.sql import literal, name

AREA_DIMENSIONS = ("geo", "ref_area", "ref_area.label", "country", "reporter")
_AGE = ("age", "classif1")
_UNIT = ("unit", "unit_measure")
_SEX = ("sex", "sex.label")

STATUS_OF_FLAG = {
    "a": "normal",
    "b": "break",
    "c": "confidential",
    "d": "definition_differs",
    "e": "estimated",
    "f": "forecast",
    "i": "estimated",
    "n": "not_significant",
    "p": "provisional",
    "r": "revised",
    "s": "estimated",
    "u": "low_reliability",
    "z": "not_applicable",
    "o": "missing",
    "m": "missing",
    "l": "missing",
    "h": "missing",
}

_NUMBER = r"^[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?$"


@dataclass(frozen=True)
class LongTable:
    """A query with ``row_no``, the dimensions, ``time_period``, ``value_raw`` and ``flag_raw``.

    ``value_raw`` is ``''`` or ``':'`` where the provider prints no value.
    """

    query: str
    dimensions: list[str]
    provider_updated_at: str = "NULL"


def observations(
    connection: duckdb.DuckDBPyConnection,
    long: LongTable,
    indicator: Indicator | None,
    item_name: str,
) -> duckdb.DuckDBPyRelation:
    """The observations of one file as a relation with the landing contract's own columns."""
    by_name = {dimension.lower(): dimension for dimension in long.dimensions}
    area = next((by_name[name] for name in AREA_DIMENSIONS if name in by_name), None)
    kept = {name: printed for name, printed in by_name.items() if printed != area}
    value = f"CASE WHEN regexp_matches(value_raw, '{_NUMBER}') THEN CAST(value_raw AS DOUBLE) END"
    is_missing = "value_raw IN ('', ':')"
    query = f"""
        SELECT
            {literal(item_name)} AS item_name,
            row_no,
            {literal(indicator.provider if indicator else None)} AS provider,
            {literal(indicator.dataset if indicator else None)} AS dataset,
            {literal(indicator.indicator_id if indicator else None)} AS indicator_id,
            {_is_headline(indicator, kept)} AS is_headline,
            {_frequency(kept)} AS freq,
            {name(area) if area else "NULL"} AS ref_area,
            {literal(indicator.area_scheme if indicator else None)} AS area_scheme,
            {_first(kept, _SEX)} AS sex,
            {_first(kept, _AGE)} AS age,
            {_first(kept, _UNIT)} AS unit,
            {_as_json(kept)} AS dimensions,
            {_series_key(by_name)} AS series_key,
            time_period,
            {_period_start()} AS period_start,
            {value} AS obs_value,
            value_raw AS obs_value_raw,
            flag_raw AS obs_flag_raw,
            {_status(is_missing)} AS obs_status,
            CASE WHEN {is_missing} THEN 'missing'
                 WHEN regexp_matches(value_raw, '{_NUMBER}') THEN 'reported'
                 ELSE 'unreadable' END AS value_state,
            {literal(indicator.basis if indicator else None)} AS basis,
            {long.provider_updated_at} AS provider_updated_at
        FROM ({long.query})
    """
    return connection.sql(query)


def _first(kept: dict[str, str], names: tuple[str, ...]) -> str:
    found = next((kept[candidate] for candidate in names if candidate in kept), None)
    return name(found) if found else "NULL"


def _is_headline(indicator: Indicator | None, kept: dict[str, str]) -> str:
    if indicator is None:
        return "NULL"
    tests = [
        f"{name(kept[dimension])} = {literal(code)}" if dimension in kept else "false"
        for dimension, code in indicator.headline.items()
    ]
    return f"coalesce({' AND '.join(tests)}, false)" if tests else "true"


def _as_json(kept: dict[str, str]) -> str:
    if not kept:
        return "'{}'"
    pairs = ", ".join(f"{literal(key)}, {name(column)}" for key, column in sorted(kept.items()))
    return f"CAST(json_object({pairs}) AS VARCHAR)"


def _series_key(by_name: dict[str, str]) -> str:
    parts = [
        f"{literal(key + '=')} || coalesce({name(c)}, '')" for key, c in sorted(by_name.items())
    ]
    return " || ';' || ".join(parts) if parts else "''"


def _frequency(kept: dict[str, str]) -> str:
    from_period = """CASE
        WHEN regexp_matches(time_period, '^[0-9]{4}(-?A1)?$') THEN 'A'
        WHEN regexp_matches(time_period, '^[0-9]{4}-?S[12]$') THEN 'S'
        WHEN regexp_matches(time_period, '^[0-9]{4}-?Q[1-4]$') THEN 'Q'
        WHEN regexp_matches(time_period, '^[0-9]{4}(-|-?M)[0-9]{2}$') THEN 'M'
        WHEN regexp_matches(time_period, '^[0-9]{4}-?W[0-9]{2}$') THEN 'W'
        WHEN regexp_matches(time_period, '^[0-9]{4}-[0-9]{2}-[0-9]{2}$') THEN 'D' END"""
    return f"coalesce({from_period}, {_first(kept, ('freq',))})"


def _period_start() -> str:
    year = "TRY_CAST(substr(time_period, 1, 4) AS INTEGER)"
    number = "TRY_CAST(regexp_extract(time_period, '([0-9]+)$', 1) AS INTEGER)"
    return f"""CASE
        WHEN regexp_matches(time_period, '^[0-9]{{4}}(-?A1)?$') THEN make_date({year}, 1, 1)
        WHEN regexp_matches(time_period, '^[0-9]{{4}}-?S[12]$')
            THEN make_date({year}, 6 * {number} - 5, 1)
        WHEN regexp_matches(time_period, '^[0-9]{{4}}-?Q[1-4]$')
            THEN make_date({year}, 3 * {number} - 2, 1)
        WHEN regexp_matches(time_period, '^[0-9]{{4}}(-|-?M)(0[1-9]|1[0-2])$')
            THEN make_date({year}, {number}, 1)
        WHEN regexp_matches(time_period, '^[0-9]{{4}}-?W[0-9]{{2}}$')
            THEN CAST(strptime({year} || '-W' || lpad(CAST({number} AS VARCHAR), 2, '0') || '-1',
                               '%G-W%V-%u') AS DATE)
        ELSE TRY_CAST(time_period AS DATE) END"""


def _status(is_missing: str) -> str:
    known = ", ".join(
        f"{literal(flag)}: {literal(status)}" for flag, status in STATUS_OF_FLAG.items()
    )
    of_flags = f"""array_to_string(list_sort(list_distinct(list_transform(
        regexp_extract_all(lower(flag_raw), '[a-z]'),
        lambda flag: coalesce(map {{{known}}}[flag], 'unknown_flag')))), ',')"""
    return f"""CASE
        WHEN coalesce(flag_raw, '') <> '' THEN {of_flags}
        WHEN {is_missing} THEN 'missing'
        ELSE 'normal' END"""
