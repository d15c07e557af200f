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
from pes_observatory.files import sha256_of_text
from pes_observatory.sources.models import Source, SourceFile, SurveySource

_VARIABLE = re.compile(r"\$\{([A-Z][A-Z0-9_]*)\}")


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
            parts.append(column_map.read_text() if column_map.exists() else "")
        return sha256_of_text("\0".join(parts))


def find_sources(folder: Path) -> tuple[list[Declared], list[str]]:
    """All valid sources below ``folder`` by id, and a sentence for each mistake found."""
    if not folder.is_dir():
        raise WrongUse(f"There is no sources folder at {folder}; set PES_SOURCES to one.")
    found: list[Declared] = []
    mistakes: list[str] = []
    for path in sorted(folder.rglob("*.yml")):
        declared, wrong = _read(path)
        mistakes += wrong
        if declared:
            found.append(declared)
    for source_id, times in Counter(declared.id for declared in found).items():
        if times > 1:
            files = ", ".join(str(d.path) for d in found if d.id == source_id)
            mistakes.append(f"{files}: id {source_id!r} is declared {times} times; keep one.")
    unique = {declared.id: declared for declared in found}
    return [unique[source_id] for source_id in sorted(unique)], mistakes


def get_source(folder: Path, source_id: str) -> Declared:
    """The valid source with this id.

    Raises:
        SourceInvalid: its YAML has a mistake; WrongUse: there is no such source.
    """
    found, mistakes = find_sources(folder)
    for declared in found:
        if declared.id == source_id:
            return declared
    own = [mistake for mistake in mistakes if f"{source_id}.yml" in mistake]
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
    if node is None or not isinstance(content, dict):
        return None, [f"{path}:1: expected keys such as id, kind and fetch, found none."]
    try:
        source = SourceFile.model_validate(_with_variables(content)).root
    except ValidationError as error:
        return None, [_sentence(path, node, dict(wrong)) for wrong in error.errors()]
    if source.id != path.stem:
        line = _line_of(node, ("id",))
        return None, [f"{path}:{line}: key 'id': expected {path.stem!r}, the name of the file."]
    return Declared(source, path), _missing_files(Declared(source, path))


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
        "union_tag_not_found": "is missing; write one of survey, document, indicator, coding",
    }.get(wrong["type"], f"{wrong['msg'].removeprefix('Value error, ')}, found {wrong['input']!r}")
    return f"{path}:{_line_of(node, keys)}: key {name!r}: {reason}."


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
