"""The quantile of Student's t that SQL computes, against SciPy's."""

from __future__ import annotations

from pathlib import Path

import duckdb
import jinja2
import pytest
from scipy.stats import t

MACROS = Path(__file__).parents[2] / "dbt_project" / "macros" / "student_t.sql"


def quantile(df: float) -> float:
    module = jinja2.Environment().from_string(MACROS.read_text()).module
    (found,) = duckdb.sql(
        f"SELECT {module.t_quantile('df')} FROM (SELECT {df}::DOUBLE AS df)"
    ).fetchone()
    return found


@pytest.mark.parametrize("df", [3, 3.234719, 3.99, 4, 4.7, 5, 6.5, 10, 23.4, 60, 1000])
def test_it_is_that_of_scipy_to_a_millionth(df: float) -> None:
    assert quantile(df) == pytest.approx(t.ppf(0.975, df), rel=3e-6)


@pytest.mark.parametrize("df", [2, 2.2, 2.5, 2.9])
def test_between_two_and_three_degrees_it_errs_by_less_than_a_two_thousandth(df: float) -> None:
    found = quantile(df)
    assert found == pytest.approx(t.ppf(0.975, df), rel=5e-4)
    assert found >= t.ppf(0.975, df)
