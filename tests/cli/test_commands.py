"""What the other commands say, and that help teaches."""

from __future__ import annotations

import json

import pytest
import yaml
from support import examples
from support.nights import a_night

from pes_observatory.gates.quarantine import quarantined
from pes_observatory.outcomes import StepOutcome, append

COMMANDS = [
    ("run",),
    ("nightly",),
    ("airflow",),
    ("read",),
    ("code",),
    ("status",),
    *(("sources", each) for each in ("list", "check", "new", "schema")),
    *(("release", each) for each in ("list", "show", "diff", "rollback")),
    *(("quarantine", each) for each in ("list", "replay")),
]


class TestHelp:
    def test_the_first_page_leads_on(self, pes):
        said = pes("--help")
        for words in ("First look: 'pes sources list', then 'pes run'", "PES_HOME", "PES_SOURCES"):
            assert words in said.out

    def test_help_for_run_shows_examples_and_the_stages(self, pes):
        said = pes("run", "--help")
        assert "'pes run --source neet_ilostat'" in said.out
        assert "fetch, read, gate, vintage, code, build" in said.out

    def test_help_for_read_names_every_format(self, pes):
        said = pes("read", "--help")
        for name in ("limesurvey_csv", "eurostat_tsv", "worldbank_json", "coding_csv", "pdf"):
            assert name in said.out

    @pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
    def test_each_command_says_what_it_does(self, pes, command):
        said = pes(*command, "--help")
        assert said.exit_code == 0
        assert f"pes {' '.join(command)}" in said.out
        lines = [line for line in said.out.splitlines() if line.strip()]
        assert len(lines) > 3

    @pytest.mark.parametrize("command", [(), ("sources",), ("release",), ("quarantine",)])
    def test_without_a_command_the_help_is_shown(self, pes, command):
        said = pes(*command)
        assert "Usage: " in said.out + said.err


class TestSources:
    def test_list_shows_each_source(self, pes, sources):
        sources.write(*examples.rates())
        sources.write(*examples.notes())
        said = pes("sources", "list")
        assert "rates" in said.out and "eurostat_tsv" in said.out
        assert "notes" in said.out and "document" in said.out

    def test_new_begins_a_source_in_its_folder(self, pes, sources):
        said = pes("sources", "new", "indicator", "my_rate")
        path = sources.root / "indicators" / "my_rate.yml"
        assert said.exit_code == 0
        assert f"Wrote {path}" in said.out
        assert yaml.safe_load(path.read_text(encoding="utf-8"))["id"] == "my_rate"
        assert pes("sources", "check").exit_code == 3, "a draft is for a person to fill in"
        again = pes("sources", "new", "indicator", "my_rate")
        assert (again.exit_code, "is there already" in again.err) == (3, True)

    def test_schema_is_printed_or_written(self, pes, tmp_path):
        printed = json.loads(pes("sources", "schema").out)
        assert printed["discriminator"]["propertyName"] == "kind"
        pes("sources", "schema", "--out", tmp_path / "schema.json")
        assert json.loads((tmp_path / "schema.json").read_text()) == printed


class TestStatus:
    def test_a_source_never_tried(self, pes, home, sources):
        sources.write(*examples.rates())
        said = pes("status")
        assert "rates" in said.out and "never" in said.out
        assert "Current release: none yet" in said.out

    def test_failing_since_the_first_bad_night_and_why(self, pes, home, sources):
        sources.write(*examples.rates())
        for day, outcome in ((1, "landed"), (2, "failed"), (3, "rejected")):
            row = StepOutcome(f"run-{day}", "rates", "vintage", outcome, detail=f"why of day {day}")
            stamped = {**vars(row), "started_at": f"2026-01-0{day}T02:00:00.000+00:00"}
            append(home.state / "step_outcomes.jsonl", stamped)
        (line,) = [line for line in pes("status").out.splitlines() if line.strip()[:5] == "rates"]
        assert line.split()[1:6] == ["2026-01-01", "02:00", "2026-01-03", "02:00", "rejected"]
        assert line.split()[-2:] == ["2026-01-02", "02:00"]
        assert "why of day 3" in pes("status").out

    def test_refused_documents_of_the_load_that_counts(self, pes, home, sources):
        whole = examples.pdf("Counsellors help young people.")
        source, _ = examples.document("pdf", "*.pdf", whole)
        source["document"] = {"network": "testers", "collection": {"folder": True, "lang": "en"}}
        sources.write(source, {"a.pdf": whole, "b.pdf": whole[:60], "c.pdf": whole[:50]})
        assert a_night(home, sources).failures == {}
        (line,) = [line for line in pes("status").out.splitlines() if "refused" in line]
        assert line.startswith("leaflet: 2 of 3 documents refused: Source leaflet, file ")
        assert "(file:b.pdf): is not a readable PDF" in line
        assert "(file:c.pdf): is not a readable PDF" in line


class TestQuarantine:
    @pytest.fixture
    def damaged(self, home, sources):
        """A load that counts, with one row set aside."""
        source, _ = examples.rates()
        cells = {("AT", "2021"): "-3 "}
        sources.write(source, {"rates.tsv": examples.rates_tsv(cells)})
        assert a_night(home, sources).failures == {}
        return sources

    def test_list_names_file_row_and_rule(self, pes, damaged):
        said = pes("quarantine", "list")
        assert "1 rows in quarantine" in said.out
        for words in ("rates.tsv", "rate_is_not_negative", "cannot be below zero"):
            assert words in said.out
        assert "0 rows in quarantine" in pes("quarantine", "list", "--source", "other").out

    def test_replay_judges_again_without_fetching(self, pes, home, damaged):
        damaged.put("rates/rates.tsv", "this must not be fetched")
        said = pes("quarantine", "replay", "--source", "rates")
        assert said.exit_code == 0
        assert "1 rows were in quarantine, 1 are now" in said.out
        assert [row["row_no"] for row in quarantined(home)] == [2]

    def test_replay_says_which_source_is_refused_now(self, pes, home, damaged):
        damaged.change("rates", gate={"min_rows": 1000})
        said = pes("quarantine", "replay")
        assert said.exit_code == 1
        assert "Source rates: rule enough_rows" in said.out


def test_no_release_yet_is_said(pes, home):
    assert "There is no release yet; 'pes run' makes one." in pes("release", "list").out
