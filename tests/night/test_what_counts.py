"""Which loads go into a release, and what a source's tries come to."""

from __future__ import annotations

from pathlib import Path

import pytest

from pes_observatory.outcomes import StepOutcome, append
from pes_observatory.settings import Home
from pes_observatory.sources.registry import Declared, get_source
from pes_observatory.status import SourceStatus, source_statuses
from pes_observatory.steps import run_source_step
from pes_observatory.warehouse.inputs import counting_loads


def test_new_answers_do_not_count_before_they_are_coded(published: Path, own_sources: Path) -> None:
    home, survey = Home(published), "synthetic_pes_survey"
    before = counting_loads(home, get_source(own_sources, survey))
    assert [load.contract for load in before] == ["answers", "codings"]
    export = own_sources / "surveys" / survey / "results-survey-2023.csv"
    export.write_bytes(export.read_bytes().replace(b'"fr";', b'"en";', 1))
    declared = get_source(own_sources, survey)
    for step in ("fetch", "read", "gate"):
        run_source_step(home, "night-1", step, declared)
        assert counting_loads(home, declared) == before
    run_source_step(home, "night-1", "code", declared)
    after = counting_loads(home, declared)
    assert after != before
    assert after[1].texts_load_id == after[0].load_id


def _status_after(home: Home, declared: Declared, *tries: tuple[str, str, str]) -> SourceStatus:
    for run_id, step, outcome in tries:
        row = StepOutcome(run_id, declared.id, step, outcome)
        append(home.state / "step_outcomes.jsonl", {**vars(row), "started_at": row.started_at})
    return source_statuses(home, [declared])[declared.id]


@pytest.fixture
def neet(own_sources: Path) -> Declared:
    return get_source(own_sources, "neet_ilostat")


def test_a_fetch_that_succeeds_when_tried_again_is_a_success(
    tmp_path: Path, neet: Declared
) -> None:
    night = [("n1", "fetch", "failed"), ("n1", "fetch", "landed")]
    night += [("n1", step, "landed") for step in ("read", "gate", "vintage")]
    status = _status_after(Home(tmp_path), neet, *night)
    assert (status.last_outcome, status.failing_since) == ("landed", None)


def test_a_fetch_alone_does_not_make_a_rejected_source_healthy(
    tmp_path: Path, neet: Declared
) -> None:
    night = [("n1", "fetch", "landed"), ("n1", "read", "landed"), ("n1", "gate", "rejected")]
    status = _status_after(Home(tmp_path), neet, *night, ("n2", "fetch", "unchanged"))
    assert status.failing_since is not None
    assert status.last_success_at is None
    assert status.freshness(365) == "never"
