"""What a gate does to a load: rows set aside, warnings told, the load refused or let through."""

from __future__ import annotations

import json
from datetime import date, timedelta

import duckdb
import pyarrow.parquet as pq
import pytest
from support import examples
from support.nights import a_night

from pes_observatory.cli.quarantine import replay
from pes_observatory.gates.quarantine import FREE_TEXTS, quarantined
from pes_observatory.gates.results import all_results
from pes_observatory.gates.suites import load_suite
from pes_observatory.landing import last_good

OBSERVATIONS = "landing_observations"
BAD_CELLS = {("AT", "2021"): "n/a ", ("BE", "2022"): "-3 ", ("EL", "2022"): ": c"}


@pytest.fixture
def rates(sources):
    """An indicator of 30 countries and two years, two of whose 60 cells are damaged."""
    source, _ = examples.rates(gate={"max_refused_share": 0.2})
    sources.write(source, {"rates.tsv": examples.rates_tsv(BAD_CELLS)})
    return source["id"]


def accepted(home, source_id: str, contract: str = "observations") -> list[dict]:
    load = last_good(home, contract, source_id)
    return pq.read_table(load.accepted_path).to_pylist() if load else []


def result_of(home, rule: str) -> dict:
    """The newest result of a rule."""
    return [row for row in all_results(home) if row["rule"] == rule][-1]


class TestQuarantine:
    def test_it_holds_exactly_the_rows_that_the_rules_queries_select(self, home, sources, rates):
        assert a_night(home, sources).failures == {}
        load = last_good(home, "observations", rates)
        expected = set()
        with duckdb.connect() as connection:
            connection.execute(f"CREATE VIEW load AS FROM '{load.read_path}'")
            for rule in load_suite(OBSERVATIONS).rules:
                if rule.refuses_rows:
                    query = rule.rows_query.format(batch="load")
                    selected = connection.sql(f"SELECT row_no FROM ({query})").fetchall()
                    expected |= {(rule.name, row_no) for (row_no,) in selected}
        refused = quarantined(home)
        assert {(row["rule"], row["row_no"]) for row in refused} == expected
        assert expected == {("value_is_a_number", 2), ("rate_is_not_negative", 3)}
        assert len(accepted(home, rates)) == 58

    def test_a_row_in_quarantine_leads_back_to_its_file(self, home, sources, rates):
        a_night(home, sources)
        first = quarantined(home)[0]
        load = last_good(home, "observations", rates)
        assert (first["source_id"], first["item_name"]) == ("rates", "rates.tsv")
        assert first["load_id"] == load.load_id
        assert first["snapshot_sha256"] == load.verdict["snapshot_sha256"]
        assert (first["severity"], first["suite"]) == ("critical", OBSERVATIONS)
        shown = json.loads(first["row_json"])
        assert (shown["ref_area"], shown["obs_value_raw"]) == ("AT", "n/a")

    def test_it_holds_no_free_text(self, home, sources):
        source, files = examples.survey()
        rows = examples.responses()
        rows[4]["Q1a"] = "Call Ann Example about the PES of Utopia"
        rows[5]["id"] = rows[4]["id"]
        sources.write(source, {**files, "results-2022.csv": examples.survey_csv(rows)})
        a_night(home, sources)
        refused = quarantined(home)
        assert {row["rule"] for row in refused} == {"answer_id_is_unique"}
        for row in refused:
            assert not set(json.loads(row["row_json"])) & set(FREE_TEXTS)
        assert "Utopia" not in str(refused)
        assert "Service 5" not in str(refused)

    def test_a_replay_frees_the_rows_that_a_changed_suite_lets_pass(
        self, home, sources, suites, rates
    ):
        a_night(home, sources)
        assert len(quarantined(home)) == 2
        suites.change(
            OBSERVATIONS,
            "rate_is_not_negative",
            "SELECT * FROM {batch} WHERE obs_value < -10",
        )
        sources.put("rates/rates.tsv", "a replay must not fetch this")
        assert replay(None) == 0
        assert [row["rule"] for row in quarantined(home)] == ["value_is_a_number"]
        assert -3 in {row["obs_value"] for row in accepted(home, rates)}

    def test_a_mended_file_leaves_none(self, home, sources, rates):
        a_night(home, sources)
        sources.put("rates/rates.tsv", examples.rates_tsv())
        a_night(home, sources)
        assert quarantined(home) == []

    def test_a_refused_load_is_listed_beside_the_one_that_counts(self, home, sources, rates):
        a_night(home, sources)
        good = last_good(home, "observations", rates)
        worse = {(area, "2021"): "n/a " for area in examples.AREAS}
        sources.put("rates/rates.tsv", examples.rates_tsv({**BAD_CELLS, **worse}))
        assert rates in a_night(home, sources).failures
        assert last_good(home, "observations", rates) == good
        of_load = [row["load_id"] == good.load_id for row in quarantined(home)]
        assert (of_load.count(True), of_load.count(False)) == (2, 31)


class TestSeverities:
    def test_a_warning_is_told_and_refuses_nothing(self, home, sources, suites, rule, rates):
        suites.write(OBSERVATIONS, rule("no_austria", "ref_area = 'AT'", severity="warning"))
        assert a_night(home, sources).failures == {}
        assert len(accepted(home, rates)) == 60
        assert quarantined(home) == []
        found = result_of(home, "no_austria")
        assert (found["passed"], found["unexpected_rows"], found["checked_rows"]) == (False, 2, 60)
        assert last_good(home, "observations", rates).verdict["warnings"] == ["no_austria"]

    def test_a_critical_rule_about_the_table_refuses_the_load(
        self, home, sources, suites, rule, rates
    ):
        suites.write(OBSERVATIONS, rule("no_austria", "ref_area = 'AT'"))
        failures = a_night(home, sources).failures
        assert "rule no_austria of suite landing_observations fails" in failures[rates]
        assert "a test says no_austria" in failures[rates]
        assert accepted(home, rates) == []

    @pytest.mark.parametrize(
        ("severity", "meta"), [("critical", {}), ("critical", {"refuses": "rows"}), ("warning", {})]
    )
    def test_a_rule_that_cannot_run_refuses_the_load(
        self, home, sources, suites, rule, rates, severity, meta
    ):
        suites.write(OBSERVATIONS, rule("misspelt", "ref_aera = 'AT'", severity=severity, **meta))
        failures = a_night(home, sources).failures
        assert "rule misspelt" in failures[rates]
        assert "could not run" in failures[rates]
        assert result_of(home, "misspelt")["passed"] is False
        assert accepted(home, rates) == []

    def test_more_refused_rows_than_the_source_allows_refuse_the_load(self, home, sources, rates):
        sources.change(rates, gate={"max_refused_share": 0.03})
        failures = a_night(home, sources).failures
        assert "2 of 60 rows were refused by" in failures[rates]
        assert "max_refused_share 0.03" in failures[rates]


class TestBaseline:
    def test_a_known_failure_does_not_block(self, home, sources, suites, rule, rates):
        suites.write(OBSERVATIONS, rule("no_austria", "ref_area = 'AT'"))
        tomorrow = date.today() + timedelta(1)
        suites.known_failure(OBSERVATIONS, "no_austria", rates, tomorrow)
        assert a_night(home, sources).failures == {}
        found = result_of(home, "no_austria")
        assert (found["passed"], found["is_baselined"]) == (False, True)

    def test_an_expired_one_does(self, home, sources, suites, rule, rates):
        suites.write(OBSERVATIONS, rule("no_austria", "ref_area = 'AT'"))
        yesterday = date.today() - timedelta(1)
        suites.known_failure(OBSERVATIONS, "no_austria", rates, yesterday)
        assert rates in a_night(home, sources).failures
        assert result_of(home, "no_austria")["is_baselined"] is False

    def test_a_known_failure_that_cannot_run_blocks_all_the_same(
        self, home, sources, suites, rule, rates
    ):
        suites.write(OBSERVATIONS, rule("misspelt", "ref_aera = 'AT'"))
        suites.known_failure(OBSERVATIONS, "misspelt", rates, date.today())
        assert rates in a_night(home, sources).failures
