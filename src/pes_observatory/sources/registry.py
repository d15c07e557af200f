"""Finding the sources: every YAML below a folder, by id, and the mistakes in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pes_observatory.errors import SourceInvalid, WrongUse
from pes_observatory.facts.facts_csv import read_facts
from pes_observatory.files import sha256_of_file, sha256_of_text
from pes_observatory.settings import Folders, each_of
from pes_observatory.sources.column_map import TODO, read_column_map
from pes_observatory.sources.concepts import FOLDER as CONCEPTS
from pes_observatory.sources.concepts import find_catalogue
from pes_observatory.sources.models import DocumentSource, Source, SurveySource
from pes_observatory.sources.yaml_file import read_source

APART = (CONCEPTS, "live")


class Mistake(str):
    """A sentence on what is wrong in a source YAML, and the source that its name promises."""

    __slots__ = ("source_id",)
    source_id: str

    def __new__(cls, source_id: str, sentence: str) -> Mistake:
        self = super().__new__(cls, sentence)
        self.source_id = source_id
        return self


@dataclass(frozen=True)
class Declared:
    """A source with the file that declares it."""

    source: Source
    path: Path

    @property
    def id(self) -> str:
        return self.source.id

    def beside(self, name: str) -> Path:
        """A path that the YAML names relative to itself."""
        return self.path.parent / name

    @property
    def facts_path(self) -> Path:
        """Where people's decisions on the facts of a document source stand, if there are any."""
        return self.beside(self.id) / "facts.csv"

    def recipe(self) -> str:
        """A hash of all that is declared: the YAML's content and its column map."""
        parts = [self.source.model_dump_json()]
        if isinstance(self.source, SurveySource):
            column_map = self.beside(self.source.survey.column_map)
            parts.append(sha256_of_file(column_map) if column_map.is_file() else "")
        return sha256_of_text("\0".join(parts))


def source_files(folders: Folders, suffix: str = ".yml") -> list[Path]:
    """Every file below ``folders`` that may declare a source, once.

    Left out are the catalogue in ``concepts`` and the sources in ``live``, which ask providers:
    those run where PES_SOURCES names their own folder.

    Raises:
        WrongUse: one of the folders is not there.
    """
    return sorted({path for folder in each_of(folders) for path in _below(folder, suffix)})


def find_sources(folders: Folders) -> tuple[list[Declared], list[Mistake]]:
    """All valid sources below ``folders`` by id, and a sentence for each mistake found.

    Of an id, survey or document that is declared twice neither declaration counts.
    """
    found: list[Declared] = []
    mistakes: list[Mistake] = []
    catalogue = find_catalogue(folders)
    for concept_id, wrong in catalogue.mistakes.items():
        mistakes += [Mistake(concept_id, sentence) for sentence in wrong]
    for path in source_files(folders):
        source, wrong = read_source(path)
        if source:
            wrong = _mistakes_in_map(Declared(source, path)) + catalogue.mistakes_of(path, source)
        if source and not wrong:
            found.append(Declared(source, path))
        mistakes += [Mistake(path.stem, sentence) for sentence in wrong]
    for path in source_files(folders, ".yaml"):
        sentence = f"{path}: is not looked at; rename it to {path.stem}.yml."
        mistakes.append(Mistake(path.stem, sentence))
    clashes = _clashes(found)
    named = sorted({(d.id, clashes[d.path]) for d in found if d.path in clashes})
    mistakes += [Mistake(source_id, sentence) for source_id, sentence in named]
    alone = [declared for declared in found if declared.path not in clashes]
    return sorted(alone, key=lambda declared: declared.id), mistakes


def get_source(folders: Folders, source_id: str) -> Declared:
    """The valid source with this id.

    Raises:
        SourceInvalid: its YAML has a mistake; WrongUse: there is no such source.
    """
    found, mistakes = find_sources(folders)
    for declared in found:
        if declared.id == source_id:
            return declared
    own = [mistake for mistake in mistakes if mistake.source_id == source_id]
    if own:
        raise SourceInvalid(own[0])
    known = ", ".join(declared.id for declared in found) or "none"
    where = ", ".join(map(str, each_of(folders)))
    raise WrongUse(f"There is no source {source_id!r} in {where}; known sources: {known}.")


def _below(folder: Path, suffix: str) -> Iterator[Path]:
    if not folder.is_dir():
        raise WrongUse(f"There is no sources folder at {folder}; set PES_SOURCES to one.")
    for path in folder.rglob(f"*{suffix}"):
        if path.relative_to(folder).parts[0] not in APART:
            yield path


def _mistakes_in_map(declared: Declared) -> list[str]:
    if isinstance(declared.source, DocumentSource):
        return _mistakes_in_facts(declared.facts_path)
    if not isinstance(declared.source, SurveySource):
        return []
    path = declared.beside(declared.source.survey.column_map)
    if not path.is_file():
        return [f"{declared.path}: key 'survey.column_map': there is no file {path}; write it."]
    try:
        undone = read_column_map(path).undone()
    except SourceInvalid:  # the read step says so, of this source alone
        return []
    if not undone:
        return []
    sentence = (
        f"{path}: column {', '.join(undone)}: is still {TODO}; write the printed header there, or "
        "empty the cell where the export has none."
    )
    return [sentence]


def _mistakes_in_facts(path: Path) -> list[str]:
    try:
        if path.is_file():
            read_facts(path)
    except SourceInvalid as error:
        return [str(error)]
    return []


def _clashes(found: list[Declared]) -> dict[Path, str]:
    """A sentence for each YAML that names an id, survey or document which another one names too."""
    named = [(name, declared.path) for declared in found for name in _names(declared)]
    times = Counter(name for name, _ in named)
    return {
        path: f"{', '.join(str(p) for n, p in named if n == name)}: {name[0]} {name[1]!r} is "
        f"declared {times[name]} times; keep one."
        for name, path in named
        if times[name] > 1
    }


def _names(declared: Declared) -> set[tuple[str, str]]:
    """What a source names that no other source may name: its rows would meet in one table."""
    names = {("id", declared.id)}
    if isinstance(declared.source, SurveySource):
        names.add(("survey_id", declared.source.survey.survey_id))
    elif isinstance(declared.source, DocumentSource):
        names |= {("document_id", item.document_id) for item in declared.source.document.items}
    return names
