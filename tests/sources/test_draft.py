"""Beginning a source: a YAML with the right keys, and nothing overwritten."""

from __future__ import annotations

import pytest
import yaml
from pydantic import ValidationError

from pes_observatory.errors import WrongUse
from pes_observatory.sources.draft import draft_source
from pes_observatory.sources.models import SourceFile

KINDS = ["survey", "document", "indicator", "coding"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_has_all_keys_and_only_values_to_fill_in(tmp_path, kind):
    path = draft_source(tmp_path, kind, "my_source")
    assert path == tmp_path / f"{kind}s" / "my_source.yml"
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert (content["id"], content["kind"]) == ("my_source", kind)
    assert {
        "title",
        "publisher",
        "licence",
        "attribution",
        "owner",
        "format",
        "fetch",
        kind,
    } <= set(content)
    try:
        SourceFile.model_validate(content)
    except ValidationError as error:
        kinds_of_mistake = {each["type"] for each in error.errors()}
        assert not kinds_of_mistake & {"missing", "extra_forbidden", "union_tag_invalid"}


@pytest.mark.parametrize("kind", ["document", "indicator"])
def test_a_draft_is_refused_until_its_words_are_filled_in(tmp_path, kind):
    path = draft_source(tmp_path, kind, "my_source")
    text = path.read_text(encoding="utf-8")
    with pytest.raises(ValidationError, match="at least 1 character"):
        SourceFile.model_validate(yaml.safe_load(text))
    SourceFile.model_validate(yaml.safe_load(text.replace('""', '"words"')))


def test_an_existing_file_is_left_alone(tmp_path):
    path = draft_source(tmp_path, "indicator", "my_source")
    path.write_text("mine\n")
    with pytest.raises(WrongUse, match="is there already"):
        draft_source(tmp_path, "indicator", "my_source")
    assert path.read_text() == "mine\n"


@pytest.mark.parametrize("source_id", ["Ab", "1abc", "a-b-c", "../escape", "ab", "x" * 64])
def test_a_bad_id_is_refused(tmp_path, source_id):
    with pytest.raises(WrongUse, match="is no id"):
        draft_source(tmp_path, "survey", source_id)
    assert list(tmp_path.rglob("*.yml")) == []


def test_an_unknown_kind_is_refused(tmp_path):
    with pytest.raises(WrongUse, match="There is no kind 'map'; kinds: survey, document"):
        draft_source(tmp_path, "map", "my_source")
