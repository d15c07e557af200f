"""The suites that we ship are well formed, and ask only for what their tables have."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from pes_observatory.baseline import known_failures
from pes_observatory.contracts import CONTRACT_OF_KIND, CONTRACTS
from pes_observatory.errors import WrongUse
from pes_observatory.gates.suites import load_suite, mart_suites

ROOT = Path(__file__).parents[2]
PATHS = sorted((ROOT / "expectations").glob("*.json"))
ROW_RULES = [
    (path.stem, rule)
    for path in PATHS
    if path.stem.startswith("landing_")
    for rule in load_suite(path.stem).rules
    if rule.expectation["type"] == "unexpected_rows_expectation"
]
TODAY = date(2026, 11, 21)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
class TestEachSuite:
    def test_its_name_is_its_files(self, path):
        content = json.loads(path.read_text(encoding="utf-8"))
        assert content["name"] == path.stem
        assert set(content) == {"name", "table", "expectations"}

    def test_each_rule_has_a_name_of_its_own_a_reason_and_a_severity(self, path):
        rules = load_suite(path.stem).rules
        assert rules
        assert len({rule.name for rule in rules}) == len(rules)
        for rule in rules:
            assert rule.name.replace("_", "").isalnum() and rule.name == rule.name.lower()
            assert len(rule.reason) > 20, rule.name
            assert rule.severity in ("critical", "warning")

    def test_a_rule_that_refuses_rows_says_which(self, path):
        for rule in load_suite(path.stem).rules:
            if rule.refuses_rows:
                assert rule.expectation["type"] == "unexpected_rows_expectation"
                assert rule.rows_query.startswith("SELECT * FROM {batch}")
                assert rule.severity == "critical", f"{rule.name} warns and yet refuses"

    def test_every_key_is_known(self, path):
        for each in json.loads(path.read_text(encoding="utf-8"))["expectations"]:
            assert set(each) == {"type", "kwargs", "severity", "meta"}
            assert {"rule", "reason"} <= set(each["meta"]) <= {"rule", "reason", "refuses"}


def test_there_is_a_suite_for_each_landing_contract():
    landed = {f"landing_{contract}" for contract in CONTRACT_OF_KIND.values()}
    assert landed <= {path.stem for path in PATHS}
    assert {suite.name for suite in mart_suites()} == {
        path.stem for path in PATHS if path.stem.startswith("mart_")
    }


@pytest.mark.parametrize(
    ("suite", "rule"), ROW_RULES, ids=[f"{suite}-{rule.name}" for suite, rule in ROW_RULES]
)
def test_a_landing_query_runs_on_its_contract(suite, rule):
    empty = CONTRACTS[suite.removeprefix("landing_")].empty_table()
    with duckdb.connect() as connection:
        connection.register("load", empty)
        connection.execute(
            "CREATE TABLE codebook (codebook_version VARCHAR, code VARCHAR, level VARCHAR)"
        )
        connection.execute("CREATE TABLE codebook_crosswalk (from_code VARCHAR)")
        found = connection.sql(rule.rows_query.format(batch="load"))
        assert found.columns == empty.schema.names


class TestLoadingASuite:
    def test_a_missing_file_is_named(self, suites):
        with pytest.raises(WrongUse, match=r"landing_birds\.json: is no suite"):
            load_suite("landing_birds")

    def test_a_rule_without_a_reason_is_refused(self, suites, rule):
        bad = rule("x", "true")
        del bad["meta"]["reason"]
        with pytest.raises(WrongUse, match="is no suite of expectations .*reason"):
            suites.write("landing_answers", bad)

    def test_an_unknown_severity_is_refused(self, suites, rule):
        with pytest.raises(WrongUse, match="has severity 'fatal'; use one of critical, warning"):
            suites.write("landing_answers", rule("x", "true", severity="fatal"))


class TestBaseline:
    @pytest.mark.parametrize(("expires", "is_known"), [(0, True), (30, True), (-1, False)])
    def test_an_entry_counts_until_it_expires(self, suites, expires, is_known):
        suites.known_failure("landing_answers", "x", "wapes", TODAY + timedelta(expires))
        assert (("landing_answers", "x", "wapes") in known_failures(TODAY)) is is_known

    def test_an_entry_is_for_its_source_alone(self, suites):
        suites.known_failure("landing_answers", "x", "wapes", TODAY)
        assert ("landing_answers", "x", "eures") not in known_failures(TODAY)
        assert ("landing_answers", "y", "wapes") not in known_failures(TODAY)
        assert ("landing_answers", "x", None) not in known_failures(TODAY)

    def test_a_marts_entry_has_no_source(self, suites):
        suites.known_failure("mart_sources", "x", None, TODAY)
        assert ("mart_sources", "x", None) in known_failures(TODAY)

    def test_what_we_ship_has_an_owner_and_a_reason_for_each_entry(self):
        import yaml

        known = yaml.safe_load((ROOT / "expectations" / "baseline.yml").read_text())
        for entry in known["known_failures"]:
            assert {"suite", "rule", "owner", "expires", "reason"} <= set(entry)
