"""From any provider's long table to observations, in one DuckDB query that streams.

A reader names the query for its long rows and which columns are dimensions; everything that
holds for every provider stands here: canonical names, period to date, number, flags, basis.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from pes_observatory.read.indicator.dates import in_iso
from pes_observatory.read.indicator.flags import status_of
from pes_observatory.read.indicator.periods import frequency_of, starts_of
from pes_observatory.snapshots import SO_FAR
from pes_observatory.sources.indicators import Indicator
from pes_observatory.sql import literal, name, one_of

AREA_DIMENSIONS = ("geo", "ref_area", "ref_area.label", "location", "country", "reporter")
_AGE = ("age", "classif1")
_UNIT = ("unit", "unit_measure")
_SEX = ("sex", "sex.label")
_FREQ = ("freq", "frequency")
_NO_VALUE = ("", ":", "NaN")
_VALUE_STATES = ("reported", "missing", "unreadable")
BASES = ("reported", "modelled", "projected")


@dataclass(frozen=True)
class LongTable:
    """A query with ``row_no``, the dimensions, ``time_period``, ``value_raw`` and ``flag_raw``.

    ``value_raw`` is ``''``, ``':'`` or ``'NaN'`` where the provider prints no value. The query
    may have further columns, which the SQL expressions below name.

    Attributes:
        query: SQL of the long rows, in the order of the file.
        dimensions: SDMX name in lower case to column of ``query``, without time.
        area: which dimension is the area; by default the first of ``AREA_DIMENSIONS``.
        provider_updated_at: SQL of what the file says of its own date, made with ``in_iso``.
        unit_mult: SQL of the power of ten that values are in.
        flag: SQL of the flag in SDMX's letters, where the provider has words or other letters.
        is_modelled: SQL of whether a row is modelled; by default what the source declares.
        has_series_key: whether the query has ``series_key``, made once for many rows.
        has_places: whether the query has ``freq_of_period`` and ``period_start``.
        place: SQL of which row of the file one is, from 1; by default they are counted, by one
            thread, and all others wait.
        number: SQL of ``value_raw`` as a number.
        flags: those that most rows have, if it is known.
    """

    query: str
    dimensions: Mapping[str, str]
    area: str | None = None
    provider_updated_at: str = "NULL"
    unit_mult: str = "0"
    flag: str = "flag_raw"
    is_modelled: str | None = None
    has_series_key: bool = False
    has_places: bool = False
    place: str = "row_number() OVER ()"
    number: str = "TRY_CAST(value_raw AS DOUBLE)"
    flags: Sequence[str] | None = None


def observations(
    connection: duckdb.DuckDBPyConnection,
    long: LongTable,
    indicator: Indicator | None,
    item_name: str,
    edition: str | None = None,
    *,
    is_trusting: bool = False,
) -> duckdb.DuckDBPyRelation:
    """The observations of one file as a relation with the landing contract's own columns.

    ``row_id`` numbers them within the file.

    ``edition`` is what the provider said of the table's date outside of the file, if anything;
    ``is_trusting`` is said in ``Job``.
    """
    updated_at = long.provider_updated_at
    if updated_at == "NULL":
        updated_at = in_iso(literal(edition.removesuffix(SO_FAR) if edition else None))
    area = long.area or _first(long.dimensions, AREA_DIMENSIONS)
    others = {key: column for key, column in long.dimensions.items() if key != area}
    no_value = f"value_raw IN ({', '.join(map(literal, _NO_VALUE))})"
    places = (
        "freq_of_period AS freq"
        if long.has_places
        else f"""{frequency_of("time_period", _column(others, _FREQ))} AS freq,
            {starts_of("time_period")} AS period_start"""
    )
    status = status_of(connection, "flag_said", "has_no_value", long.flags, is_closed=is_trusting)
    query = f"""
        WITH long AS ({long.query}),
        parsed AS (
            SELECT *, {long.number} AS number, {no_value} AS has_no_value,
                {long.flag} AS flag_said
            FROM long
        ),
        told AS (
            SELECT parsed.*, {places}, {updated_at} AS updated_at,
                CASE WHEN isfinite(number) AND NOT contains(value_raw, '_') THEN number END
                    AS obs_value,
                {status} AS obs_status
            FROM parsed
        )
        SELECT
            {long.place} AS row_id,
            {one_of(item_name)} AS item_name,
            row_no,
            {one_of(indicator.provider if indicator else None)} AS provider,
            {one_of(indicator.dataset if indicator else None)} AS dataset,
            freq,
            {name(long.dimensions[area]) if area else "NULL"} AS ref_area,
            {one_of(indicator.area_scheme if indicator else None)} AS area_scheme,
            {_column(others, _SEX)} AS sex,
            {_column(others, _AGE)} AS age,
            {_column(others, _UNIT)} AS unit,
            {long.unit_mult} AS unit_mult,
            {"series_key" if long.has_series_key else series_key(long.dimensions)} AS series_key,
            time_period,
            period_start,
            obs_value,
            value_raw AS obs_value_raw,
            flag_raw AS obs_flag_raw,
            obs_status,
            CASE WHEN obs_value IS NOT NULL THEN {one_of(*_VALUE_STATES)}
                 WHEN has_no_value THEN {one_of("missing", *_VALUE_STATES)}
                 ELSE {one_of("unreadable", *_VALUE_STATES)} END AS value_state,
            {_basis(long, indicator)} AS basis,
            updated_at AS provider_updated_at
        FROM told
    """
    return connection.sql(query)


def series_key(dimensions: Mapping[str, str]) -> str:
    """SQL of ``dim=code;dim=code`` over all dimensions, sorted by name; an empty code is empty."""
    if not dimensions:
        return "''"
    first, *rest = (f"{key}=" for key in sorted(dimensions))
    labels = [first, *(f";{label}" for label in rest)]
    columns = [name(dimensions[key]) for key in sorted(dimensions)]
    pairs = zip(map(literal, labels), columns, strict=True)
    return f"concat({', '.join(part for pair in pairs for part in pair)})"


def _basis(long: LongTable, indicator: Indicator | None) -> str:
    """Reported or modelled, or projected: flagged a forecast, or modelled beyond its edition."""
    if indicator is None:
        return "NULL"
    declared = one_of(*dict.fromkeys((indicator.basis, *BASES)))
    projected, modelled = one_of("projected", *BASES), one_of("modelled", *BASES)
    is_modelled = long.is_modelled or ("true" if indicator.basis == "modelled" else "false")
    beyond = "year(period_start) > TRY_CAST(left(updated_at, 4) AS INTEGER)"
    return f"""CASE
        WHEN contains(obs_status, 'forecast') THEN {projected}
        WHEN {is_modelled} THEN CASE WHEN {beyond} THEN {projected} ELSE {modelled} END
        ELSE {declared} END"""


def _first(dimensions: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    return next((candidate for candidate in names if candidate in dimensions), None)


def _column(dimensions: Mapping[str, str], names: tuple[str, ...]) -> str:
    found = _first(dimensions, names)
    return name(dimensions[found]) if found else "NULL"
