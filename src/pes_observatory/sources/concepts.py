"""The catalogue of concepts: what indicators measure, one YAML each, and the mistakes in them.

A concept stands in ``concepts/`` of the sources folder; a folder without one uses the
project's own catalogue. Sources name a concept for each slice that stands for it, and the
concept names whose figure counts where several providers have one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pes_observatory.coding.codebook import load_codebook
from pes_observatory.settings import Folders, each_of, project_root
from pes_observatory.sources.indicators import Concept
from pes_observatory.sources.models import IndicatorSource, Source
from pes_observatory.sources.yaml_file import read_concept

FOLDER = "concepts"
_LEVELS = ("theme", "subtheme")


@dataclass(frozen=True)
class Catalogue:
    """The valid concepts by id, and a sentence for each YAML with a mistake, by the id it names."""

    folder: Path
    concepts: dict[str, Concept]
    mistakes: dict[str, list[str]]

    def mistakes_of(self, path: Path, source: Source) -> list[str]:
        """What is wrong with the concepts that a source's series name, a sentence each."""
        if not isinstance(source, IndicatorSource):
            return []
        return list(self._mistakes_in(path, source))

    def _mistakes_in(self, path: Path, source: IndicatorSource) -> Iterator[str]:
        provider = source.indicator.provider
        for number, series in enumerate(source.indicator.series):
            where = f"{path}: key 'indicator.series.{number}.concept':"
            concept = self.concepts.get(series.concept)
            if series.concept in self.mistakes:
                yield f"{where} {series.concept!r} has a mistake of its own; mend its YAML."
            elif concept is None:
                yield (
                    f"{where} there is no concept {series.concept!r} in {self.folder}; correct its "
                    f"spelling or write {series.concept}.yml there."
                )
            elif provider not in concept.prefer:
                yield (
                    f"{where} {series.concept!r} prefers {', '.join(concept.prefer)}, and not "
                    f"{provider!r}, the provider of this source; add it to 'prefer' in "
                    f"{self.folder / series.concept}.yml."
                )


def find_catalogue(sources: Folders) -> Catalogue:
    """The catalogue that the sources in these folders draw on: the first of them has it."""
    own = each_of(sources)[0] / FOLDER
    folder = own if own.is_dir() else project_root() / "sources" / FOLDER
    known = {code for code, theme in load_codebook().themes.items() if theme.level in _LEVELS}
    concepts: dict[str, Concept] = {}
    mistakes: dict[str, list[str]] = {}
    for path in sorted(folder.glob("*.yml")):
        concept, wrong = read_concept(path)
        if concept:
            wrong = [
                f"{path}: key 'themes': {code!r} is no theme or sub-theme of the codebook; correct "
                "it or remove it."
                for code in concept.themes
                if code not in known
            ]
        if concept and not wrong:
            concepts[concept.concept_id] = concept
        else:
            mistakes[path.stem] = wrong
    return Catalogue(folder, concepts, mistakes)
