"""Decisions on facts: kept over an export, refused with a sentence, and stale when texts change."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from pes_observatory.errors import SourceInvalid
from pes_observatory.facts.facts_csv import COLUMNS, merged, read_facts, write_facts

SHA, OTHER = "a" * 64, "b" * 64


def fact(**more: str | None) -> dict[str, str | None]:
    said = {"kind": "claim", "document_id": "d", "passage_sha256": SHA, "quote": "40 offices"}
    return {**dict.fromkeys(COLUMNS), **said, **more}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "facts.csv"


def written(path: Path, *facts: dict) -> Path:
    write_facts(path, facts)
    return path


class TestReading:
    def test_what_is_written_is_read(self, path):
        accepted = fact(decision="accepted", reviewer="anne", reviewed_on="2026-11-21", value="40")
        assert read_facts(written(path, accepted)) == [accepted]

    def test_other_columns_are_refused(self, path):
        path.write_text("kind,quote\nclaim,x\n")
        with pytest.raises(SourceInvalid, match=r"facts\.csv: expected the columns kind, document"):
            read_facts(path)

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"kind": "rumour"}, "kind is 'rumour', expected one of claim, objective"),
            ({"passage_sha256": "abc"}, "expected the sha256 of a passage"),
            ({"decision": "yes"}, "decision is 'yes', expected accepted, rejected or nothing"),
            ({"decision": "accepted"}, "a decision has a reviewer and a day"),
            ({"value": "1 000"}, "value is '1 000', expected digits with a point"),
            ({"value": "NaN"}, "value is 'NaN'"),
            ({"stated_year": "13"}, "stated_year is '13', expected four digits"),
        ],
    )
    def test_a_mistake_is_named_by_its_row(self, path, wrong, sentence):
        with pytest.raises(SourceInvalid, match=f"row 2: {sentence}.*; correct that row"):
            read_facts(written(path, fact(), fact(quote="other", **wrong)))

    def test_a_row_that_stands_twice_is_refused(self, path):
        with pytest.raises(SourceInvalid, match="row 2: another row says the same"):
            read_facts(written(path, fact(), fact()))

    def test_a_file_from_before_there_were_roles_keeps_its_decisions(self, path):
        before = [column for column in COLUMNS if column not in ("role", "name")]
        accepted = fact(decision="accepted", reviewer="anne", reviewed_on="2026-11-21", value="40")
        with path.open("w", newline="") as stream:
            writer = csv.DictWriter(stream, before, extrasaction="ignore")
            writer.writeheader()
            writer.writerow(accepted)
        assert read_facts(path) == [accepted]

    def test_a_short_row_is_refused(self, path):
        written(path, fact())
        with path.open("a", newline="") as stream:
            csv.writer(stream).writerow(["claim", "d"])
        with pytest.raises(SourceInvalid, match="row 2: expected 17 cells"):
            read_facts(path)


class TestMerging:
    def test_a_decision_stays_with_its_fact(self):
        decided = fact(decision="rejected", reviewer="anne", reviewed_on="2026-11-21")
        assert merged([fact(), fact(quote="new")], [decided]) == [decided, fact(quote="new")]

    def test_a_decision_on_a_text_that_is_gone_stays_at_the_end(self):
        gone = fact(passage_sha256=OTHER, decision="accepted")
        assert merged([fact()], [gone]) == [fact(), gone]

    def test_a_proposal_that_is_gone_and_was_never_decided_goes(self):
        assert merged([fact()], [fact(passage_sha256=OTHER)]) == [fact()]

    def test_a_number_stated_twice_in_a_passage_is_one_decision(self):
        assert merged([fact(), fact()], []) == [fact()]
