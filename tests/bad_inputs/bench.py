"""A bench to spoil sources on: a good night has passed, the next one meets a bad input.

Whatever the input, four things must hold, and each ``fails``, ``is_rejected`` and ``lands``
checks them: the outcome is recorded with its sentence, the sentence is one and helps, the last
good load still counts byte for byte, and the source next door lands what it has new.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

from support.examples import Example, notes, notes_md
from support.nights import a_night, outcomes_of, what_counts
from support.sources import Content, SourceFolder

from pes_observatory.gates.quarantine import quarantined
from pes_observatory.night import SOME_SOURCE_FAILED, Night
from pes_observatory.settings import Home

NEXT_DOOR = "next_door"
FIRST_DATE = "Mon, 01 Jan 2024 00:00:00 GMT"
LONGEST_SENTENCE = 600
_numbers = itertools.count(1)


class Bench:
    """One source that landed last night, beside one that is always good."""

    def __init__(self, home: Home, sources: SourceFolder, source_id: str) -> None:
        self.home, self.sources, self.id = home, sources, source_id
        self.declared = sources.declared(source_id)
        self.good = what_counts(home, self.declared)
        self._next_door = sources.declared(NEXT_DOOR)

    def put(self, name: str, content: Content) -> Path:
        """Put a file of the source, beside its YAML, in place of the good one."""
        return self.sources.put(f"{self.id}/{name}", content)

    def remove(self, name: str) -> None:
        (self.sources.root / self.id / name).unlink()

    def change(self, **keys: Any) -> None:
        self.sources.change(self.id, **keys)

    def fails(self, step: str, *says: str) -> str:
        return self._bad_night(step, "failed", says)

    def is_rejected(self, step: str, *says: str) -> str:
        return self._bad_night(step, "rejected", says)

    def lands(self, *, refused: int = 0, warned: str = "") -> list[dict[str, Any]]:
        """The night is good for this source, but for some rows; those in quarantine."""
        night = self.night()
        assert night.failures == {}
        gated = next(r for r in outcomes_of(self.home, night, self.id) if r["step"] == "gate")
        assert gated["outcome"] == "landed"
        assert gated["rows_refused"] == refused
        assert gated["rows_in"] == gated["rows_out"] + refused
        assert gated["detail"] == (f"warned: {warned}" if warned else "")
        return quarantined(self.home, self.id)

    def night(self) -> Night:
        """One more night, in which the source next door has something new, and lands it."""
        ending = f"Counsellors met {next(_numbers)} employers."
        self.sources.put(f"{NEXT_DOOR}/notes.md", notes_md(ending=ending))
        before = what_counts(self.home, self._next_door)
        night = a_night(self.home, self.sources)
        steps = outcomes_of(self.home, night, NEXT_DOOR)
        assert [r["step"] for r in steps] == ["fetch", "read", "gate", "code"]
        assert {r["outcome"] for r in steps} == {"landed"}
        assert what_counts(self.home, self._next_door) != before
        return night

    def _bad_night(self, step: str, outcome: str, says: tuple[str, ...]) -> str:
        night = self.night()
        assert list(night.failures) == [self.id]
        assert night.exit_code == SOME_SOURCE_FAILED
        *before, last = outcomes_of(self.home, night, self.id)
        assert {r["outcome"] for r in before} <= {"landed", "unchanged"}
        assert (last["step"], last["outcome"]) == (step, outcome), last["detail"]
        assert last["detail"] == night.failures[self.id]
        is_one_clear_sentence(last["detail"], self.id, *says)
        assert what_counts(self.home, self.declared) == self.good
        return str(last["detail"])


SpoilAfterGoodNight = Callable[[Example], Bench]


def is_one_clear_sentence(sentence: str, source_id: str, *says: str) -> None:
    """It names the source, says these things, and is no traceback, list or essay."""
    for part in (source_id, *says):
        assert part in sentence
    assert len(sentence.splitlines()) == 1
    assert "Traceback" not in sentence
    assert sentence.endswith(".")
    assert len(sentence) < LONGEST_SENTENCE


def next_door() -> Example:
    return notes(NEXT_DOOR)
