"""A collection of which one document is new: the others are not extracted again."""

from __future__ import annotations

import pyarrow.parquet as pq
import pytest
from support.examples import document, notes_md
from support.sources import SourceFolder

from pes_observatory.landing import last_good
from pes_observatory.read import readings
from pes_observatory.settings import Home
from pes_observatory.steps import run_source_step, steps_of

ID = "leaflet"


class Collection:
    """A folder of notes, night after night; ``read`` are the files that were extracted."""

    def __init__(self, home: Home, sources: SourceFolder) -> None:
        self.home, self.sources = home, sources
        self.read: list[str | None] = []
        source, _ = document("markdown", "*.md", "")
        source["document"] = {"network": "testers", "collection": {"folder": True, "lang": "en"}}
        source["gate"] = {"max_change_share": 5}
        sources.write(source)

    def night(self, **files: str) -> list[str | None]:
        self.read.clear()
        for name, ending in files.items():
            self.sources.put(f"{ID}/{name}.md", notes_md(ending=ending))
        declared = self.sources.declared(ID)
        for step in steps_of(declared):
            run_source_step(self.home, "night", step, declared)
        return sorted(self.read)

    def kept(self) -> int:
        return len(list((self.home.state / "readings" / ID).glob("*.parquet")))

    def texts(self) -> set[str]:
        load = last_good(self.home, "passages", ID)
        return set(pq.read_table(load.accepted_path).column("text").to_pylist())


@pytest.fixture
def collection(home, sources, monkeypatch) -> Collection:
    made = Collection(home, sources)
    real = readings.read_file

    def seen(job, format_name):
        made.read.append(job.found_at)
        return real(job, format_name)

    monkeypatch.setattr(readings, "read_file", seen)
    return made


def test_only_the_new_document_is_extracted(collection):
    assert collection.night(a="First.", b="Second.") == ["file:a.md", "file:b.md"]
    assert collection.night(c="Third.") == ["file:c.md"]
    assert {"First.", "Second.", "Third."} <= collection.texts()


def test_other_bytes_are_extracted_again_and_the_old_ones_forgotten(collection):
    collection.night(a="First.", b="Second.")
    assert collection.night(b="Corrected.") == ["file:b.md"]
    assert "Corrected." in collection.texts() and "Second." not in collection.texts()
    assert collection.kept() == 2


def test_another_declaration_reads_all_again(collection):
    collection.night(a="First.", b="Second.")
    collection.sources.change(
        ID,
        document={"network": "others", "collection": {"folder": True, "lang": "en"}},
    )
    assert collection.night() == ["file:a.md", "file:b.md"]
