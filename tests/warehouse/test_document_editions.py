"""What a source declares of its texts, as rows that dbt builds the catalogue from."""

from __future__ import annotations

from support.examples import notes
from support.nights import a_night

from pes_observatory.settings import Home
from pes_observatory.sources.registry import Declared
from pes_observatory.warehouse.documents import edition_rows
from pes_observatory.warehouse.inputs import collect


def test_every_edition_names_the_works_that_its_text_replaces(home: Home, sources) -> None:
    source, files = notes()
    (item,) = source["document"]["items"]
    item |= {
        "work_id": "notes",
        "supersedes": ["notes-2020", "notes-2019"],
        "manifestations": [{"medium": "print"}],
    }
    sources.write(source, files)
    assert a_night(home, sources).failures == {}
    declared: Declared = sources.declared("notes")
    rows = list(edition_rows(home, collect(home, [declared])))
    assert [(row["medium"], row["work_id"], row["supersedes"]) for row in rows] == [
        ("print", "notes", "notes-2020,notes-2019"),
        ("text", "notes", "notes-2020,notes-2019"),
    ]
