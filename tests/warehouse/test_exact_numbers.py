"""A number too large for the marts stops at the gate, and would be null in a mart, not its end."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace

import duckdb
import jinja2
import pytest

from pes_observatory.gates.suites import load_suite
from pes_observatory.settings import project_root

PRINTED = [
    ("12.3", 3, Decimal(12300), True),
    ("12.3", 0, Decimal("12.3"), True),
    ("12.3", None, Decimal("12.3"), True),
    ("123456789", -6, Decimal("123.456789"), True),
    ("0", 9, Decimal(0), True),
    ("-99999999999999999999", 3, Decimal(-99999999999999999999000), True),
    ("99999999999999999999999", 0, Decimal(99999999999999999999999), True),
    ("1e23", 0, None, False),
    ("-5e300", 0, None, False),
    ("12.3", 22, None, False),
    ("12.3", 400, None, False),
    ("1", 2147483647, None, False),
    ("1e25", -6, None, False),
]


def scaled_number(text: str, unit_mult: str) -> str:
    """SQL of the macro as dbt makes it for DuckDB."""
    path = project_root() / "dbt_project" / "macros" / "numbers.sql"
    environment = jinja2.Environment(extensions=["jinja2.ext.do"], autoescape=False)
    environment.globals["adapter"] = SimpleNamespace(
        dispatch=lambda name: getattr(module(), f"duckdb__{name}")
    )
    template = environment.from_string(path.read_text())

    def module():
        return template.module

    return str(template.module.scaled_number(text, unit_mult))


@pytest.mark.parametrize(("printed", "unit_mult", "exact", "fits"), PRINTED)
def test_a_number_is_exact_or_refused(printed, unit_mult, exact, fits):
    (rule,) = (
        rule
        for rule in load_suite("landing_observations").rules
        if rule.name == "value_fits_exact_numbers"
    )
    assert rule.severity == "critical" and rule.refuses_rows
    with duckdb.connect() as connection:
        connection.execute(
            "CREATE TABLE load AS SELECT $1::VARCHAR AS obs_value_raw, $2::INTEGER AS unit_mult, "
            "TRY_CAST($1 AS DOUBLE) AS obs_value",
            [printed, unit_mult],
        )
        refused = connection.sql(rule.rows_query.format(batch="load")).fetchall()
        sql = scaled_number("obs_value_raw", "unit_mult")
        assert connection.sql(f"SELECT {sql} FROM load").fetchall() == [(exact,)]
    assert (refused == []) is fits
