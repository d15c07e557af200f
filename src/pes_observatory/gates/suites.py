"""The suites in ``expectations/*.json``: rules with a severity, a reason and what they refuse.

A suite names its table and lists Great Expectations expectations. Each has ``meta.rule`` (its
name), ``meta.reason`` (why the bound is what it is) and, for a rule about single rows,
``meta.refuses: rows``: such a rule is an UnexpectedRowsExpectation, and quarantine takes
exactly the rows that its query selects.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pes_observatory.errors import WrongUse
from pes_observatory.settings import project_root

SEVERITIES = ("critical", "warning")


@dataclass(frozen=True)
class Rule:
    """One expectation of a suite."""

    name: str
    reason: str
    severity: str
    expectation: dict[str, Any]
    refuses_rows: bool

    @property
    def is_query(self) -> bool:
        """Whether the rule is a query that selects the rows it is about."""
        return bool(self.expectation["type"] == "unexpected_rows_expectation")

    @property
    def rows_query(self) -> str:
        """The query that selects the rows this rule is about, with ``{batch}`` for the table."""
        return str(self.expectation["kwargs"]["unexpected_rows_query"])


@dataclass(frozen=True)
class Suite:
    """All rules for one table."""

    name: str
    table: str
    rules: tuple[Rule, ...]


def load_suite(name: str) -> Suite:
    """The suite in ``expectations/<name>.json``.

    Raises:
        WrongUse: the file is no suite as described above.
    """
    path = project_root() / "expectations" / f"{name}.json"
    try:
        content = json.loads(path.read_text())
        rules = tuple(_rule(path, each) for each in content["expectations"])
        return Suite(name, content["table"], rules)
    except (OSError, KeyError, json.JSONDecodeError) as error:
        raise WrongUse(f"{path}: is no suite of expectations ({error!r}); correct it.") from None


def mart_suites() -> list[Suite]:
    """The suites of the built warehouse, by name."""
    paths = sorted((project_root() / "expectations").glob("mart_*.json"))
    return [load_suite(path.stem) for path in paths]


def _rule(path: Path, expectation: dict[str, Any]) -> Rule:
    meta = expectation["meta"]
    severity = expectation["severity"]
    if severity not in SEVERITIES:
        raise WrongUse(
            f"{path}: rule {meta['rule']!r} has severity {severity!r}; use one of "
            f"{', '.join(SEVERITIES)}."
        )
    refuses_rows = meta.get("refuses") == "rows"
    return Rule(meta["rule"], meta["reason"], severity, expectation, refuses_rows)
