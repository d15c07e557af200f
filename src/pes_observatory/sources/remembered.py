"""What the sources last said: a YAML that is broken tonight must not take its data with it.

``state/declared.json`` holds each source of the last build with the path of its YAML, and
``state/concepts.json`` each concept. A source or a concept leaves the warehouse when its YAML is
taken away, not when someone mistypes a line in it.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from pes_observatory.files import read_json, write_json
from pes_observatory.settings import Home, sources_folders
from pes_observatory.sources.concepts import find_catalogue
from pes_observatory.sources.indicators import Concept
from pes_observatory.sources.models import SourceFile
from pes_observatory.sources.registry import Declared, source_files


def with_remembered(home: Home, valid: list[Declared]) -> list[Declared]:
    """The ``valid`` sources, and as last declared those whose YAML is there but is not valid."""
    path = home.state / "declared.json"
    sources = {declared.id: declared for declared in valid}
    there = set(source_files(sources_folders()))
    for source_id, stored in (read_json(path) or {}).items():
        yml = Path(stored["path"])
        if source_id in sources or yml not in there:
            continue
        try:
            source = SourceFile.model_validate(stored["source"]).root
        except ValidationError:
            continue
        sources[source_id] = Declared(source, yml)
    written = {
        source_id: {"path": str(each.path), "source": each.source.model_dump(mode="json")}
        for source_id, each in sources.items()
    }
    write_json(path, written)
    return [sources[source_id] for source_id in sorted(sources)]


def with_remembered_concepts(home: Home) -> dict[str, Concept]:
    """The valid concepts by id, and as last declared those whose YAML is there but is not valid."""
    path = home.state / "concepts.json"
    catalogue = find_catalogue(sources_folders())
    concepts = dict(catalogue.concepts)
    for concept_id, stored in (read_json(path) or {}).items():
        if concept_id not in catalogue.mistakes:
            continue
        try:
            concepts[concept_id] = Concept.model_validate(stored)
        except ValidationError:
            continue
    written = {each: concept.model_dump(mode="json") for each, concept in concepts.items()}
    write_json(path, written)
    return {concept_id: concepts[concept_id] for concept_id in sorted(concepts)}
