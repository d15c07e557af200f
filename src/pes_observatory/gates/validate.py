"""Running a suite with Great Expectations on a table of a DuckDB file."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pes_observatory.gates.row_rules import count_query
from pes_observatory.gates.suites import Rule, Suite

os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")


COULD_NOT_RUN = "could not run"


@dataclass(frozen=True)
class Finding:
    """What one rule found. ``observed`` is the figure it looked at, or why it could not run."""

    suite: str
    rule: Rule
    is_passed: bool
    unexpected_rows: int | None
    checked_rows: int
    observed: str


class Judge:
    """Great Expectations on the tables of one DuckDB file, set up once for all its suites."""

    def __init__(self, source: Any) -> None:
        self._source = source

    def validate(
        self,
        suite: Suite,
        extra: tuple[Rule, ...] = (),
        counted: Mapping[str, int] = MappingProxyType({}),
    ) -> list[Finding]:
        """Run all rules of a suite, and ``extra`` ones, on its table; one finding each.

        Of a rule in ``counted`` the rows are counted already, in the table that ``row_rules`` made.
        """
        import great_expectations as gx

        rules = {rule.name: rule for rule in (*suite.rules, *extra)}
        schema, _, table = suite.table.rpartition(".")
        asset = self._source.add_table_asset(
            suite.name, table_name=table, schema_name=schema or None
        )
        batch = asset.add_batch_definition_whole_table("all").get_batch()
        asked = [_asked(rule, counted) for rule in rules.values()]
        expectations = gx.ExpectationSuite(name=suite.name, expectations=asked)
        result = batch.validate(expectations, result_format="BASIC")
        checked_rows = self._count_rows(suite.table)
        findings = [
            _finding(suite.name, rules[each.expectation_config.meta["rule"]], each, checked_rows)
            for each in result.results
            if each.expectation_config and each.expectation_config.meta
        ]
        return [_with_count(found, counted.get(found.rule.name)) for found in findings]

    def _count_rows(self, table: str) -> int:
        with self._source.get_engine().connect() as connection:
            return int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())


@contextmanager
def judge(database: Path) -> Iterator[Judge]:
    """A judge of the tables of ``database``, which lets go of the file at the end.

    Great Expectations is imported here because that alone takes seconds. Its two engines keep
    one connection each, since opening a DuckDB file for every metric doubles the time.
    """
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig
    from sqlalchemy.pool import StaticPool

    from pes_observatory.gates import duckdb_listener

    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    duckdb_listener.install()
    context = gx.get_context(mode="ephemeral")
    # kept nowhere, it would still be written out as YAML for every table and batch
    context._save_project_config = lambda: None  # type: ignore[method-assign]  # noqa: SLF001
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    source = context.data_sources.add_sql(  # type: ignore[call-arg]  # its stub lacks kwargs
        "gate",
        connection_string=f"duckdb:///{database}",
        create_temp_table=False,
        kwargs={"poolclass": StaticPool},
    )
    try:
        yield Judge(source)
    finally:
        for engine in (source.get_engine(), source.get_execution_engine().engine):
            engine.dispose()


def _asked(rule: Rule, counted: Mapping[str, int]) -> dict[str, Any]:
    """The expectation as Great Expectations gets it: of what is counted it asks the count."""
    if rule.name not in counted:
        return dict(rule.expectation)
    return {**rule.expectation, "kwargs": {"unexpected_rows_query": count_query(rule)}}


def _with_count(finding: Finding, count: int | None) -> Finding:
    if count is None:
        return finding
    return replace(finding, unexpected_rows=count, observed=str(count))


def _finding(suite: str, rule: Rule, result: Any, checked_rows: int) -> Finding:
    details = result.result or {}
    raised = [e["exception_message"] for e in _exceptions(result.exception_info)]
    unexpected = details.get("observed_value" if rule.is_query else "unexpected_count")
    observed = f"{COULD_NOT_RUN}: {raised[0]}" if raised else str(details.get("observed_value", ""))
    is_passed = bool(result.success) and not raised
    return Finding(suite, rule, is_passed, unexpected, checked_rows, observed[:500])


def _exceptions(exception_info: dict[str, Any] | None) -> list[dict[str, Any]]:
    info = exception_info or {}
    nested = [value for value in info.values() if isinstance(value, dict)]
    return [each for each in [info, *nested] if each.get("raised_exception")]
