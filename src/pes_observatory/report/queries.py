"""What the barometer reads of a release: schemas marts and meta, nothing else, read-only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pes_observatory.report import sql

Row = dict[str, Any]


@dataclass(frozen=True)
class ReleaseFacts:
    """What all pages share: names, sources and the release itself."""

    release: Row
    waves: list[Row]
    themes: list[Row]
    questions: dict[str, Row]
    charts: list[Row]
    claims: list[Row]
    findings: list[Row]
    regions: list[Row]
    countries: dict[str, Row]
    pes: dict[str, Row]
    concepts: dict[str, Row]
    documents: dict[str, Row]
    sources: list[Row]
    gates: list[Row]
    failed_checks: list[Row]


@dataclass(frozen=True)
class WaveFacts:
    """The marts' rows of one wave."""

    wave: Row
    themes: list[Row]
    charts: list[Row]
    chart_coverage: list[Row]
    changes: list[Row]
    by_region: list[Row]
    coverage: list[Row]
    verbatims: list[Row]
    review: list[Row]
    context: list[Row]
    associations: list[Row]
    coders: list[Row]
    sources: list[Row]


@contextmanager
def opened(warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection for the body of a with."""
    connection = duckdb.connect(str(warehouse), read_only=True)
    try:
        yield connection
    finally:
        connection.close()


def rows(connection: duckdb.DuckDBPyConnection, query: str, values: Row | None = None) -> list[Row]:
    """The rows of a query, as dictionaries."""
    cursor = connection.execute(query, values or {})
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
        themes=rows(connection, sql.THEMES),
        questions=keyed(connection, "marts.dim_question", "question_id"),
        charts=rows(connection, "from marts.dim_chart order by chart_order"),
        claims=rows(connection, sql.CLAIMS),
        findings=rows(connection, sql.FINDINGS),
        regions=rows(connection, "from marts.dim_region order by region_id"),
        countries=keyed(connection, "marts.dim_country", "country_iso3"),
        pes=keyed(connection, "marts.dim_pes", "pes_id"),
        concepts=keyed(connection, "marts.dim_concept", "concept_id"),
        documents=keyed(connection, "marts.dim_document", "document_id"),
        sources=rows(connection, sql.SOURCES),
        gates=rows(connection, sql.GATES),
        failed_checks=rows(connection, sql.FAILED_CHECKS),
    )


def read_wave(connection: duckdb.DuckDBPyConnection, wave: Row) -> WaveFacts:
    """Read the marts' rows of ``wave``, a row of marts.dim_wave."""
    of_wave = {"survey_id": wave["survey_id"], "wave": wave["wave"]}

    def read(query: str) -> list[Row]:
        return rows(connection, query, of_wave)

    return WaveFacts(
        wave=wave,
        themes=read(sql.THEMES_BY_QUESTION),
        charts=read(sql.CHARTS),
        chart_coverage=read(sql.CHART_COVERAGE),
        changes=read(sql.CHANGES),
        by_region=read(sql.THEMES_BY_REGION),
        coverage=read(sql.COVERAGE),
        verbatims=read(sql.VERBATIMS),
        review=read(sql.REVIEW),
        context=read(sql.CONTEXT),
        associations=read(sql.ASSOCIATIONS),
        coders=read(sql.CODERS),
        sources=rows(connection, sql.WAVE_SOURCES, {**of_wave, "source_id": wave["source_id"]}),
    )
