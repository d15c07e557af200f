"""Reading one YAML of a source or a concept strictly; mistakes are named by file, line and key."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from pes_observatory.sources.base import VARIABLE, filled_in
from pes_observatory.sources.column_map import TODO
from pes_observatory.sources.indicators import Concept
from pes_observatory.sources.models import Source, SourceFile

_ASKED = {("fetch", "url"), ("fetch", "base_url"), ("fetch", "change_stamp", "url")}


def read_source(path: Path) -> tuple[Source | None, list[str]]:
    """The source that a YAML declares, or None and a sentence for each mistake in it."""
    node, content, mistakes = _parsed(path, "id, kind and fetch")
    if mistakes or node is None:
        return None, mistakes
    try:
        source = SourceFile.model_validate(_with_variables(content)).root
    except ValidationError as error:
        return None, [_sentence(path, node, dict(wrong)) for wrong in error.errors()]
    if source.id != path.stem:
        return None, [_not_the_file_name(path, node, "id")]
    return source, []


def read_concept(path: Path) -> tuple[Concept | None, list[str]]:
    """The concept that a YAML declares, or None and a sentence for each mistake in it."""
    node, content, mistakes = _parsed(path, "concept_id, label and unit")
    if mistakes or node is None:
        return None, mistakes
    try:
        concept = Concept.model_validate(content)
    except ValidationError as error:
        return None, [_sentence(path, node, dict(wrong)) for wrong in error.errors()]
    if concept.concept_id != path.stem:
        return None, [_not_the_file_name(path, node, "concept_id")]
    return concept, []


def _parsed(path: Path, expected: str) -> tuple[yaml.Node | None, dict[str, Any], list[str]]:
    """The YAML's nodes and its content, or a sentence for each reason not to look further."""
    try:
        text = path.read_text(encoding="utf-8")
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        content = yaml.safe_load(text)
    except UnicodeDecodeError:
        return None, {}, [f"{path}: is not UTF-8 text; save it as UTF-8."]
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = getattr(error, "problem", None) or "not YAML"
        return None, {}, [f"{path}:{line}: is not valid YAML ({problem}); correct that line."]
    except ValueError as error:
        sentence = f"{path}:1: has a value that is none ({error}); quote it if it is a text."
        return None, {}, [sentence]
    if node is None or not isinstance(content, dict):
        return None, {}, [f"{path}:1: expected keys such as {expected}, found none."]
    mistakes = [
        f"{path}:{line}: key {key!r}: is written twice; keep one."
        for line, key in _repeated_keys(node)
    ]
    unset = sorted(set(VARIABLE.findall(text)) - os.environ.keys())
    if not mistakes and unset:
        mistakes = [f"{path}: names ${{{unset[0]}}}, which is not set in the environment; set it."]
    undone = list(_undone(content))
    if not mistakes and undone:
        named = (".".join(key for key in keys if isinstance(key, str)) for keys in undone)
        sentence = (
            f"{path}:{_line_of(node, undone[0])}: {len(undone)} texts are still {TODO}, under "
            f"{', '.join(dict.fromkeys(named))}; write what they are to be, or take them away."
        )
        mistakes = [sentence]
    return node, content, mistakes


def _not_the_file_name(path: Path, node: yaml.Node, key: str) -> str:
    line = _line_of(node, (key,))
    return f"{path}:{line}: key {key!r}: expected {path.stem!r}, the name of the file."


def _repeated_keys(node: yaml.Node) -> Iterator[tuple[int, str]]:
    """Line and name of every key that a mapping has more than once: YAML keeps the last only."""
    children: list[yaml.Node] = []
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                yield key.start_mark.line + 1, key.value
            seen.add(key.value)
            children.append(value)
    elif isinstance(node, yaml.SequenceNode):
        children = node.value
    for child in children:
        yield from _repeated_keys(child)


def _undone(value: Any, keys: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The keys of every text that a draft left to a person."""
    if isinstance(value, str) and value.startswith(TODO):
        yield keys
    if isinstance(value, list):
        value = dict(enumerate(value))
    for key, inner in value.items() if isinstance(value, dict) else ():
        yield from _undone(inner, (*keys, key))


def _with_variables(value: Any, keys: tuple[Any, ...] = ()) -> Any:
    """Fill in ``${NAME}`` in texts, but for the addresses that are asked: they may hold secrets."""
    if isinstance(value, str):
        return value if keys in _ASKED else filled_in(value)
    if isinstance(value, dict):
        return {key: _with_variables(inner, (*keys, key)) for key, inner in value.items()}
    if isinstance(value, list):
        return [_with_variables(inner, (*keys, n)) for n, inner in enumerate(value)]
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
