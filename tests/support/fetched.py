"""A source that is fetched night after night, without being read."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from pes_observatory.errors import FetchFailed
from pes_observatory.fetch.step import latest_snapshot
from pes_observatory.outcomes import StepOutcome, step_outcomes
from pes_observatory.settings import Home
from pes_observatory.snapshots import Item, object_path
from pes_observatory.sources.registry import Declared
from pes_observatory.steps import run_source_step
from support.examples import Example
from support.sources import SourceFolder

_nights = itertools.count(1)


def is_one_sentence(sentence: str, *says: str) -> None:
    """It says these things, and is no traceback, list or essay."""
    for part in says:
        assert part in sentence
    assert len(sentence.splitlines()) == 1
    assert sentence.endswith(".")
    assert "Traceback" not in sentence
    assert len(sentence) < 600


class Fetched:
    """A source that is fetched night after night, and what its latest snapshot holds."""

    def __init__(self, home: Home, sources: SourceFolder, example: Example) -> None:
        self.home, self.sources, self.id = home, sources, example[0]["id"]
        sources.write(*example)

    @property
    def declared(self) -> Declared:
        return self.sources.declared(self.id)

    def fetch(self, run_id: str | None = None) -> StepOutcome:
        """One night's fetch; each night is one of its own, unless it is named."""
        run_id = run_id or f"fetch-{next(_nights)}"
        return run_source_step(self.home, run_id, "fetch", self.declared)

    def fails(self, *says: str) -> str:
        """The fetch fails with one sentence, and the snapshot of before still counts."""
        before = self.items() if self.is_fetched() else None
        with pytest.raises(FetchFailed) as failure:
            self.fetch()
        sentence = str(failure.value)
        is_one_sentence(sentence, f"Source {self.id}: ", *says)
        assert step_outcomes(self.home)[-1]["outcome"] == "failed"
        assert (self.items() if self.is_fetched() else None) == before
        return sentence

    def is_fetched(self) -> bool:
        return (self.home.state / "fetched" / f"{self.id}.json").exists()

    def items(self) -> tuple[Item, ...]:
        return latest_snapshot(self.home, self.id).items

    def bodies(self) -> dict[str, bytes]:
        return {
            item.name: object_path(self.home, item.sha256).read_bytes() for item in self.items()
        }

    def change(self, **keys: Any) -> None:
        self.sources.change(self.id, **keys)
