"""Every YAML that we ship is valid, by our own models and by the published JSON Schema alone."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from pes_observatory.sources.models import SourceFile
from pes_observatory.sources.registry import find_sources

ROOT = Path(__file__).parents[2]
FOLDERS = [ROOT / "sources", ROOT / "sources" / "live", ROOT / "tests" / "real" / "sources"]
APART = {"concepts", "live"}
YAMLS_OF = {
    folder: [
        path
        for path in sorted(folder.rglob("*.yml"))
        if not APART.intersection(path.relative_to(folder).parts)
    ]
    for folder in FOLDERS
}
YAMLS = [path for paths in YAMLS_OF.values() for path in paths]


@pytest.fixture(autouse=True)
def _inputs(monkeypatch):
    monkeypatch.setenv("PES_INPUTS", os.environ.get("PES_INPUTS") or "/inputs")


@pytest.fixture(scope="module")
def schema() -> Draft202012Validator:
    """The schema as ``pes sources schema`` prints it."""
    published = json.loads(json.dumps(SourceFile.model_json_schema()))
    Draft202012Validator.check_schema(published)
    return Draft202012Validator(published)


@pytest.mark.parametrize("path", YAMLS, ids=lambda path: path.stem)
def test_the_json_schema_accepts_it(schema, path):
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert [error.message for error in schema.iter_errors(content)] == []


@pytest.mark.parametrize("folder", FOLDERS, ids=["bundled", "live", "real"])
def test_the_registry_accepts_it(folder):
    found, mistakes = find_sources(folder)
    assert mistakes == []
    assert len(found) == len(YAMLS_OF[folder])


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "surveys"},
        {"format": "xls"},
        {"id": "Has Capitals"},
        {"colour": "red"},
        {"gate": {"min_rows": -1}},
        {"gate": {"max_refused_share": 2}},
        {"read": {"encoding": "ebcdic"}},
        {"read": {"delimiter": ";;"}},
        {"fetch": {}},
        {"owner": None},
    ],
    ids=str,
)
def test_the_json_schema_refuses_what_the_models_refuse(schema, change):
    path = ROOT / "sources" / "indicators" / "neet_ilostat.yml"
    content = {**yaml.safe_load(path.read_text(encoding="utf-8")), **change}
    assert list(schema.iter_errors(content))
    with pytest.raises(ValueError, match="validation error"):
        SourceFile.model_validate(content)
