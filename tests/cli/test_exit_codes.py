"""0 all good, 1 a source failed and the rest was published, 2 nothing published, 3 wrong use."""

from __future__ import annotations

import subprocess
import sys

import pytest
from support import examples

from pes_observatory.errors import BuildFailed
from pes_observatory.files import only_one


@pytest.fixture
def rates(sources):
    sources.write(*examples.rates())
    return sources


class TestAllGood:
    @pytest.mark.parametrize(
        "arguments",
        [
            ("sources", "list"),
            ("sources", "check"),
            ("sources", "schema"),
            ("status",),
            ("release", "list"),
            ("quarantine", "list"),
            ("--help",),
        ],
        ids=" ".join,
    )
    def test_looking_around_in_an_empty_home(self, pes, home, rates, arguments):
        assert pes(*arguments).exit_code == 0

    def test_a_night_over_good_sources(self, pes, home, rates, no_build):
        said = pes("run")
        assert (said.exit_code, no_build) == (0, ["build", "publish"])
        assert "rates" in said.out
        assert "Gates: " in said.out

    def test_one_stage_alone_builds_nothing(self, pes, home, rates, no_build):
        assert pes("run", "--only", "fetch").exit_code == 0
        assert no_build == []


class TestASourceFailed:
    def test_the_others_go_on_and_are_published(self, pes, home, rates, no_build):
        rates.write(*examples.shares())
        rates.put("shares/shares.csv", "<html><body>down for repair</body></html>")
        said = pes("run")
        assert (said.exit_code, no_build) == (1, ["build", "publish"])
        assert "shares.csv is an HTML page, expected sdmx_csv" in said.out

    def test_a_broken_yaml_counts_as_a_source_that_failed(self, pes, home, rates, no_build):
        rates.put("broken.yml", "id: broken\n")
        said = pes("run")
        assert (said.exit_code, no_build) == (1, ["build", "publish"])
        assert "broken.yml" in said.out

    def test_a_file_that_cannot_be_read(self, pes, tmp_path):
        path = tmp_path / "page.tsv"
        path.write_text("<html>")
        said = pes("read", path, "--format", "eurostat_tsv", "--out", tmp_path / "x.parquet")
        assert said.exit_code == 1
        assert said.err.startswith("File page.tsv: ")
        assert not (tmp_path / "x.parquet").exists()

    def test_a_step_without_the_one_before_it(self, pes, home, rates, no_build):
        said = pes("run", "--only", "gate")
        assert said.exit_code == 1
        assert "rates" in said.out


class TestNothingPublished:
    def test_a_build_that_fails(self, pes, home, rates, no_build, monkeypatch):
        def fail(*_):
            raise BuildFailed("Rule x of suite y fails; the last release stays.")

        monkeypatch.setattr("pes_observatory.night.run_build", fail)
        said = pes("run")
        assert said.exit_code == 2
        assert "Nothing published: Rule x of suite y fails" in said.out

    def test_another_night_that_runs(self, pes, home, rates, no_build):
        with only_one(home.state / "locks" / "night.lock", "busy"):
            said = pes("run")
        assert said.exit_code == 2
        assert said.err.startswith("Another night is running")
        assert said.err.count("\n") == 1


class TestWrongUse:
    @pytest.mark.parametrize(
        ("arguments", "sentence"),
        [
            (("run", "--source", "nobody"), "There is no source 'nobody'"),
            (("run", "--only", "dream"), "There is no stage 'dream'; stages: discover, fetch"),
            (("read", "nowhere.tsv", "--format", "sdmx_csv", "--out", "x"), "There is no file"),
            (("code", "--in", "nowhere.csv", "--out", "x"), "There is no file nowhere.csv"),
            (("release", "show"), "There is no release 'current'"),
            (("release", "rollback"), "There is no release before the current one"),
            (("sources", "new", "map", "my_map"), "There is no kind 'map'"),
            (("sources", "new", "survey", "My-Map"), "'My-Map' is no id"),
        ],
        ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
    )
    def test_it_is_said_in_one_sentence(self, pes, home, rates, arguments, sentence):
        said = pes(*arguments)
        assert said.exit_code == 3
        assert said.err.startswith(sentence)
        assert said.err.count("\n") == 1

    def test_a_format_that_is_not_there(self, pes, tmp_path):
        (tmp_path / "a.xml").write_text("<a/>")
        said = pes("read", tmp_path / "a.xml", "--format", "xml", "--out", tmp_path / "x")
        assert said.exit_code == 3
        assert "There is no format 'xml'; known formats: limesurvey_csv" in said.err

    def test_an_encoding_that_is_not_there(self, pes, tmp_path):
        (tmp_path / "a.csv").write_text("a,b\n1,2\n")
        said = pes(
            *("read", tmp_path / "a.csv", "--format", "sdmx_csv"),
            *("--out", tmp_path / "x", "--encoding", "klingon"),
        )
        assert said.exit_code == 3
        assert "There is no encoding 'klingon'" in said.err

    @pytest.mark.parametrize("arguments", [("fly",), ("run", "--fast"), ("read",)], ids=" ".join)
    def test_a_command_or_option_that_is_not_there(self, pes, arguments):
        said = pes(*arguments)
        assert said.exit_code == 3
        assert "Traceback" not in said.err

    def test_no_sources_folder(self, pes, home, tmp_path, monkeypatch):
        monkeypatch.setenv("PES_SOURCES", str(tmp_path / "nowhere"))
        assert pes("sources", "list").exit_code == 3

    def test_mistakes_in_sources(self, pes, home, rates):
        path = rates.put("broken.yml", "id: broken\nkind: survey\ncolour: red\n")
        said = pes("sources", "check")
        assert said.exit_code == 3
        assert f"{path}:3: key 'colour': is not known" in said.out
        assert f"{path}:1: key 'owner': is missing" in said.out
        assert "1 sources are valid" in said.out


def test_the_exit_code_reaches_the_shell(home, rates):
    ended = subprocess.run(
        [sys.executable, "-m", "pes_observatory", "run", "--source", "nobody"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 3
    assert ended.stderr.startswith("There is no source 'nobody'")
    assert "Traceback" not in ended.stderr
