"""Suites of a test's own: a copy of the project's that it may change."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from pes_observatory.gates.suites import Suite, load_suite

ROOT = Path(__file__).parents[2]


class OwnSuites:
    """``expectations``, seeds and concepts in a folder that ``PES_PROJECT`` names."""

    def __init__(self, project: Path) -> None:
        self.folder = project / "expectations"
        shutil.copytree(ROOT / "expectations", self.folder)
        for part in ("dbt_project/seeds", "sources/concepts"):
            shutil.copytree(ROOT / part, project / part)

    def write(self, name: str, *rules: dict[str, Any], table: str = "load") -> Suite:
        """Make these all the rules of a suite."""
        content = {"name": name, "table": table, "expectations": list(rules)}
        (self.folder / f"{name}.json").write_text(json.dumps(content))
        return load_suite(name)

    def change(self, name: str, rule: str, query: str) -> None:
        """Let a rule select other rows."""
        path = self.folder / f"{name}.json"
        content = json.loads(path.read_text())
        (found,) = [e for e in content["expectations"] if e["meta"]["rule"] == rule]
        found["kwargs"]["unexpected_rows_query"] = query
        path.write_text(json.dumps(content))

    def known_failure(self, suite: str, rule: str, source: str | None, expires: object) -> None:
        """Name a failure in the baseline."""
        entry = {"suite": suite, "rule": rule, "owner": "test-desk", "expires": expires}
        entry |= {"source": source} if source else {}
        content = yaml.safe_dump({"known_failures": [{**entry, "reason": "it is being mended"}]})
        (self.folder / "baseline.yml").write_text(content)


def rows_rule(name: str, condition: str, severity: str = "critical", **meta: str) -> dict[str, Any]:
    """A rule against rows that meet a condition."""
    return {
        "type": "unexpected_rows_expectation",
        "kwargs": {"unexpected_rows_query": f"SELECT * FROM {{batch}} WHERE {condition}"},
        "severity": severity,
        "meta": {"rule": name, "reason": f"a test says {name}", **meta},
    }


@pytest.fixture
def suites(tmp_path, monkeypatch) -> OwnSuites:
    """The project's suites, copied."""
    monkeypatch.setenv("PES_PROJECT", str(tmp_path / "project"))
    return OwnSuites(tmp_path / "project")


@pytest.fixture
def rule():
    return rows_rule
