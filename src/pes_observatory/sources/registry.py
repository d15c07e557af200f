"""Finding and reading the source YAMLs; each mistake is named by file, key and line."""

from __future__ import annotations

import os
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from pes_observatory.errors import SourceInvalid, WrongUse
from pes_observatory.files import sha256_of_file, sha256_of_text
from pes_observatory.sources.models import Source, SourceFile, SurveySource

_VARIABLE = re.compile(r"\$\{([A-Z][A-Z0-9_]*)\}")


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

    def recipe(self) -> str:
        """A hash of all that is declared: the YAML's content and its column map."""
        parts = [self.source.model_dump_json()]
        if isinstance(self.source, SurveySource):
            column_map = self.beside(self.source.survey.column_map)
            parts.append(sha256_of_file(column_map) if column_map.is_file() else "")
        return sha256_of_text("\0".join(parts))


def find_sources(folder: Path) -> tuple[list[Declared], list[Mistake]]:
    """All valid sources below ``folder`` by id, and a sentence for each mistake found.

    Of an id that is declared twice neither declaration counts.
    """
    if not folder.is_dir():
        raise WrongUse(f"There is no sources folder at {folder}; set PES_SOURCES to one.")
    found: list[Declared] = []
    mistakes: list[Mistake] = []
    for path in sorted(folder.rglob("*.yml")):
        declared, wrong = _read(path)
        mistakes += [Mistake(path.stem, sentence) for sentence in wrong]
        if declared:
            found.append(declared)
    times = Counter(declared.id for declared in found)
    for source_id in sorted(i for i in times if times[i] > 1):
        files = ", ".join(str(d.path) for d in found if d.id == source_id)
        sentence = f"{files}: id {source_id!r} is declared {times[source_id]} times; keep one."
        mistakes.append(Mistake(source_id, sentence))
    once = [declared for declared in found if times[declared.id] == 1]
    return sorted(once, key=lambda declared: declared.id), mistakes


def get_source(folder: Path, source_id: str) -> Declared:
    """The valid source with this id.

    Raises:
        SourceInvalid: its YAML has a mistake; WrongUse: there is no such source.
    """
    found, mistakes = find_sources(folder)
    for declared in found:
        if declared.id == source_id:
            return declared
    own = [mistake for mistake in mistakes if mistake.source_id == source_id]
    if own:
        raise SourceInvalid(own[0])
    known = ", ".join(declared.id for declared in found) or "none"
    raise WrongUse(f"There is no source {source_id!r} in {folder}; known sources: {known}.")


def _read(path: Path) -> tuple[Declared | None, list[str]]:
    try:
        text = path.read_text(encoding="utf-8")
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        content = yaml.safe_load(text)
    except UnicodeDecodeError:
        return None, [f"{path}: is not UTF-8 text; save it as UTF-8."]
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = getattr(error, "problem", None) or "not YAML"
        return None, [f"{path}:{line}: is not valid YAML ({problem}); correct that line."]
    except ValueError as error:
        return None, [f"{path}:1: has a value that is none ({error}); quote it if it is a text."]
    if node is None or not isinstance(content, dict):
        return None, [f"{path}:1: expected keys such as id, kind and fetch, found none."]
    try:
        source = SourceFile.model_validate(_with_variables(content)).root
    except ValidationError as error:
        return None, [_sentence(path, node, dict(wrong)) for wrong in error.errors()]
    if source.id != path.stem:
        line = _line_of(node, ("id",))
        return None, [f"{path}:{line}: key 'id': expected {path.stem!r}, the name of the file."]
    wrong = _missing_files(Declared(source, path))
    return None if wrong else Declared(source, path), wrong


def _missing_files(declared: Declared) -> list[str]:
    if not isinstance(declared.source, SurveySource):
        return []
    column_map = declared.beside(declared.source.survey.column_map)
    if column_map.is_file():
        return []
    return [f"{declared.path}: key 'survey.column_map': there is no file {column_map}; write it."]


def _with_variables(value: Any) -> Any:
    """Replace ``${NAME}`` in texts by the environment's value, empty where it is not set."""
    if isinstance(value, str):
        return _VARIABLE.sub(lambda match: os.environ.get(match[1], ""), value)
    if isinstance(value, dict):
        return {key: _with_variables(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_with_variables(inner) for inner in value]
    return value


def _sentence(path: Path, node: yaml.Node, wrong: dict[str, Any]) -> str:
    kinds = ("survey", "document", "indicator", "coding")
    keys = wrong["loc"][1:] if wrong["loc"] and wrong["loc"][0] in kinds else wrong["loc"]
    name = ".".join(str(key) for key in keys) or "kind"
    reason = {
        "missing": "is missing; add it",
        "extra_forbidden": "is not known; correct its spelling or remove it",
        "union_tag_not_found": f"is missing; write one of {', '.join(kinds)}",
        "union_tag_invalid": f"is none of {', '.join(kinds)}; write one of them",
    }.get(wrong["type"], wrong["msg"].removeprefix("Value error, "))
    is_known = wrong["type"] in ("missing", "extra_forbidden") or isinstance(wrong["input"], dict)
    found = "" if is_known else f", found {wrong['input']!r}"
    return f"{path}:{_line_of(node, keys)}: key {name!r}: {reason}{found}."


def _line_of(node: yaml.Node, keys: tuple[Any, ...]) -> int:
    """The line of the deepest of ``keys`` that the YAML has."""
    line = node.start_mark.line
    for key in keys:
        if isinstance(node, yaml.MappingNode):
            pair = next((pair for pair in node.value if pair[0].value == key), None)
            if pair is None:
                break
            line, node = pair[0].start_mark.line, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int):
            node = node.value[key]
            line = node.start_mark.line
    return line + 1
