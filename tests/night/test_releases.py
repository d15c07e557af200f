"""What becomes of releases: failing nights, rolling back, comparing, forgetting."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from nights import ROOT, rows_of, run_night, run_night_apart

from pes_observatory.errors import WrongUse
from pes_observatory.files import write_json
from pes_observatory.night import NOTHING_PUBLISHED, SOME_SOURCE_FAILED
from pes_observatory.releases import versions
from pes_observatory.releases.diff import changed_inputs, changed_tables
from pes_observatory.settings import Home


def test_a_second_night_finds_everything_unchanged_and_publishes_nothing(
    published: Path, few_sources: Path
) -> None:
    version = (published / "releases/current").readlink()
    exit_code, printed = run_night(published, PES_SOURCES=str(few_sources))
    assert exit_code == 0, printed
    assert f"Everything is unchanged; release {version} stays" in printed
    assert (published / "releases/current").readlink() == version


@pytest.fixture
def own_project(tmp_path: Path) -> Path:
    """The SQL, seeds and suites in a folder of their own, to be broken by a test."""
    project = tmp_path / "project"
    for part in ("dbt_project", "expectations", "dags"):
        shutil.copytree(ROOT / part, project / part)
    return project


def test_a_mart_that_fails_its_gate_is_not_published_and_readers_keep_the_last_release(
    published: Path, few_sources: Path, own_project: Path
) -> None:
    suite = own_project / "expectations/mart_theme_by_question.json"
    content = json.loads(suite.read_text())
    content["expectations"].append(
        {
            "type": "expect_table_row_count_to_be_between",
            "kwargs": {"min_value": 10_000_000},
            "severity": "critical",
            "meta": {"rule": "there_are_enough_themes", "reason": "a test wants more themes"},
        }
    )
    suite.write_text(json.dumps(content))
    before, marts = (published / "releases/current").readlink(), rows_of(published)
    exit_code, printed = run_night_apart(
        published, PES_SOURCES=str(few_sources), PES_PROJECT=str(own_project)
    )
    assert exit_code == NOTHING_PUBLISHED
    assert "Rule there_are_enough_themes of suite mart_theme_by_question fails" in printed
    assert (published / "releases/current").readlink() == before
    assert rows_of(published) == marts


def test_an_unknown_region_in_the_registry_stops_the_build_with_one_sentence(
    published: Path, few_sources: Path, own_project: Path
) -> None:
    registry = own_project / "dbt_project/seeds/pes.csv"
    registry.write_text(registry.read_text().replace(",europe,", ",atlantis,", 1))
    before = (published / "releases/current").readlink()
    exit_code, printed = run_night_apart(
        published, PES_SOURCES=str(few_sources), PES_PROJECT=str(own_project)
    )
    assert exit_code == NOTHING_PUBLISHED
    assert "dbt build failed" in printed
    assert "pes" in printed.split("dbt build failed")[1]
    assert "Traceback" not in printed
    assert (published / "releases/current").readlink() == before


def test_a_source_that_fails_keeps_its_rows_in_the_next_release(
    published: Path, own_sources: Path
) -> None:
    before = rows_of(published)
    shutil.rmtree(own_sources / "indicators/neet_ilostat")
    exit_code, printed = run_night(published, PES_SOURCES=str(own_sources))
    assert exit_code == SOME_SOURCE_FAILED
    assert "Source neet_ilostat: no file matches" in printed
    assert "Published release" in printed
    assert rows_of(published) == before
    failing = [row for row in rows_of(published, "meta")["sources"] if "neet_ilostat" in row]
    assert len(failing) == 1
    again, printed = run_night(published, PES_SOURCES=str(own_sources))
    assert again == SOME_SOURCE_FAILED
    assert "Everything is unchanged" in printed


def test_a_rollback_is_one_switch_and_holds_while_nothing_new_lands(
    published: Path, own_sources: Path
) -> None:
    home = Home(published)
    first = versions.current_version(home)
    shutil.rmtree(own_sources / "codings")
    assert run_night(published, PES_SOURCES=str(own_sources))[0] == 0
    second = versions.current_version(home)
    older, newer = versions.get_release(home, str(first)), versions.get_release(home, "current")
    assert changed_inputs(older, newer) == ["synthetic_pes_codings"]
    assert "marts.verbatims" in {change.table for change in changed_tables(home, older, newer)}
    assert versions.rollback(home) == first
    assert (published / "releases/current").readlink().name == first
    listing = json.loads((published / "releases/versions.json").read_text())
    assert (listing["current"], listing["last_successful"]) == (first, second)
    shutil.rmtree(own_sources / "indicators/neet_ilostat")
    exit_code, printed = run_night(published, PES_SOURCES=str(own_sources))
    assert exit_code == SOME_SOURCE_FAILED, printed
    assert versions.current_version(home) == first
    with pytest.raises(WrongUse, match="no release before the current one"):
        versions.rollback(home)


def test_the_newest_releases_and_the_current_one_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(tmp_path)
    names = [f"2026010{day}T000000Z-abcdef12" for day in range(1, 6)]
    for name in names:
        index = {"version": name, "created_at": name, "fingerprint": name}
        write_json(tmp_path / "releases" / name / "index.json", index)
    versions.make_current(home, names[0])
    monkeypatch.setenv("PES_KEEP_RELEASES", "2")
    versions.forget_oldest(home)
    left = [index["version"] for index in versions.releases(home)]
    assert left == [names[0], names[3], names[4]]
