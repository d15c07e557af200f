"""What the barometer reads of a release: schemas marts and meta, nothing else, read-only.

Every query orders its rows, so that the same warehouse always gives the same pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

Row = dict[str, Any]

OF_WAVE = "survey_id = $survey_id and wave = $wave"


@dataclass(frozen=True)
class ReleaseFacts:
    """What all pages share: names, sources and the release itself."""

    release: Row
    waves: list[Row]
    themes: list[Row]
    questions: dict[str, Row]
    regions: list[Row]
    countries: dict[str, Row]
    pes: dict[str, Row]
    indicators: dict[str, Row]
    sources: list[Row]
    gates: list[Row]
    failed_checks: list[Row]


@dataclass(frozen=True)
class WaveFacts:
    """The marts' rows of one wave."""

    wave: Row
    themes: list[Row]
    by_region: list[Row]
    coverage: list[Row]
    verbatims: list[Row]
    review: list[Row]
    context: list[Row]
    coders: list[Row]
    sources: list[Row]


@contextmanager
def opened(warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection whose timestamps are UTC."""
    connection = duckdb.connect(str(warehouse), read_only=True)
    try:
        yield connection
    finally:
        connection.close()


def rows(connection: duckdb.DuckDBPyConnection, sql: str, values: Row | None = None) -> list[Row]:
    """The rows of a query, as dictionaries."""
    cursor = connection.execute(sql, values or {})
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def keyed(connection: duckdb.DuckDBPyConnection, table: str, key: str) -> dict[str, Row]:
    """A whole table by its key."""
    return {row[key]: row for row in rows(connection, f"from {table} order by {key}")}


def read_release(connection: duckdb.DuckDBPyConnection) -> ReleaseFacts:
    """Read what all pages share."""
    return ReleaseFacts(
        release=rows(connection, "from meta.release order by version desc limit 1")[0],
        waves=rows(connection, "from marts.dim_wave order by wave desc, survey_id"),
        themes=rows(connection, THEMES),
        questions=keyed(connection, "marts.dim_question", "question_id"),
        regions=rows(connection, "from marts.dim_region order by region_id"),
        countries=keyed(connection, "marts.dim_country", "country_iso3"),
        pes=keyed(connection, "marts.dim_pes", "pes_id"),
        indicators=keyed(connection, "marts.dim_indicator", "indicator_id"),
        sources=rows(connection, SOURCES),
        gates=rows(connection, GATES),
        failed_checks=rows(connection, FAILED_CHECKS),
    )


def read_wave(connection: duckdb.DuckDBPyConnection, wave: Row) -> WaveFacts:
    """Read the marts' rows of ``wave``, a row of marts.dim_wave."""
    of_wave = {"survey_id": wave["survey_id"], "wave": wave["wave"]}

    def read(sql: str) -> list[Row]:
        return rows(connection, sql, of_wave)

    return WaveFacts(
        wave=wave,
        themes=read(THEMES_BY_QUESTION),
        by_region=read(f"from marts.theme_by_region where {OF_WAVE} and level = 'theme'"),
        coverage=read(COVERAGE),
        verbatims=read(f"from marts.verbatims where {OF_WAVE} order by answer_id"),
        review=read(REVIEW),
        context=read(CONTEXT),
        coders=read(CODERS),
        sources=rows(connection, WAVE_SOURCES, {**of_wave, "source_id": wave["source_id"]}),
    )


THEMES = """
from marts.dim_theme order by starts_with(code, 'ZZ'), family_code, code
"""

THEMES_BY_QUESTION = f"""
select t.*, starts_with(t.code, 'ZZ') as is_residual
from marts.theme_by_question as t
left join marts.dim_question as q using (question_id)
where {OF_WAVE} and t.level = 'theme'
order by q.question_no, t.question_id, is_residual, t.respondents desc, t.rank, t.code
"""

COVERAGE = f"""
from marts.response_coverage
where {OF_WAVE}
order by region_id = 'unresolved', region_id
"""

REVIEW = f"""
from marts.respondent_review
where {OF_WAVE}
order by reason, respondent_raw, item_name, row_no
"""

CONTEXT = f"""
from marts.country_context
where {OF_WAVE} and value is not null
order by indicator_id, value, country_iso3, time_period
"""

CODERS = f"""
select distinct coder, coder_type, codebook_version
from marts.verbatims
where {OF_WAVE} and coder is not null
order by all
"""

WAVE_SOURCES = f"""
from meta.sources
where
    source_id = $source_id
    or (kind = 'coding' and survey_id = $survey_id)
    or source_id in (
        select i.source_id
        from marts.country_context
        inner join marts.dim_indicator as i using (indicator_id)
        where {OF_WAVE}
    )
order by source_id != $source_id, kind, source_id
"""

SOURCES = """
select
    s.*,
    (select count(*) from meta.quarantine as q where q.source_id = s.source_id) as set_aside,
    coalesce(
        s.last_success_at + to_days(coalesce(s.expected_every_days, 366)) < r.created_at, true
    ) as is_late
from meta.sources as s
cross join (from meta.release order by version desc limit 1) as r
order by s.kind, s.source_id
"""

LATEST_CHECKS = """
with latest as (
    from meta.gate_results
    qualify row_number() over (
        partition by source_id, suite, rule order by checked_at desc, run_id desc
    ) = 1
)
"""

GATES = f"""
{LATEST_CHECKS}
select
    suite,
    count(*) as checks,
    count(*) filter (passed) as passed,
    count(*) filter (not passed and severity = 'warning') as warnings,
    count(*) filter (not passed and severity = 'critical') as critical
from latest
group by suite
order by suite
"""

FAILED_CHECKS = f"""
{LATEST_CHECKS}
from latest
where not passed
order by severity, suite, source_id, rule
"""
