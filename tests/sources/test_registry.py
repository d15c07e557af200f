"""Mistakes in source YAMLs are named by file, line and key; good files survive bad ones."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pes_observatory.errors import SourceInvalid, WrongUse
from pes_observatory.sources.indicators import Concept
from pes_observatory.sources.models import SourceFile
from pes_observatory.sources.registry import find_sources, get_source

INDICATOR = """\
id: example
kind: indicator
title: T
publisher: P
licence: L
attribution: A
owner: O
format: sdmx_csv
fetch:
  url: "https://data.example.org/x.csv"
  hosts: [data.example.org]
indicator:
  provider: eurostat
  dataset: X
  area_scheme: iso3
"""
COMMON = INDICATOR.partition("format")[0]
DOCUMENT = """\
id: example
kind: document
title: T
publisher: P
licence: L
attribution: A
owner: O
format: text
fetch: {url: "file:*.txt"}
document:
  network: wapes
  items:
    - {file: a.txt, document_id: a-doc, title: A, lang: fr}
    - {file: b.txt, document_id: b-doc, titel: B, lang: fr}
"""


@pytest.fixture
def folder(tmp_path):
    """A folder of sources; ``write`` puts a YAML there."""
    (tmp_path / "sources").mkdir()
    return tmp_path / "sources"


def write(folder, text: str, name: str = "example.yml"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def mistakes_of(folder) -> list[str]:
    return [str(mistake) for mistake in find_sources(folder)[1]]


@pytest.mark.parametrize(
    ("old", "new", "line", "key"),
    [
        ("owner: O\n", "", 1, "owner"),
        ("owner: O", "owner: O\ncolour: red", 8, "colour"),
        ("format: sdmx_csv", "format: csv", 8, "format"),
        ("  url: ", "  uri: ", 10, "fetch.uri"),
        ("hosts: [data.example.org]", "hosts: [example.org]", 9, "fetch"),
        ("https://", "ftp://", 10, "fetch.url"),
        ("  provider: eurostat", "  provider: eurobarometer", 13, "indicator.provider"),
        ("iso3", "iso3\n  headline: {sex: T}", 16, "indicator.headline"),
        ("kind: indicator", "kind: table", 1, "kind"),
        ("kind: indicator\n", "", 1, "kind"),
        ("id: example\n", "id: example-1\n", 1, "id"),
        ("id: example\n", "id: another\n", 1, "id"),
    ],
)
def test_a_mistake_is_named_by_file_line_and_key(folder, old, new, line, key):
    path = write(folder, INDICATOR.replace(old, new, 1))
    found, _ = find_sources(folder)
    assert found == []
    assert any(m.startswith(f"{path}:{line}: key '{key}': ") for m in mistakes_of(folder))


def test_a_mistake_in_a_list_is_named_by_its_place(folder):
    path = write(folder, DOCUMENT)
    missing, unknown = mistakes_of(folder)
    assert missing == f"{path}:14: key 'document.items.1.title': is missing; add it."
    assert unknown.startswith(f"{path}:14: key 'document.items.1.titel': is not known")


def test_all_mistakes_of_all_files_are_found_and_the_good_file_stays(folder):
    write(folder, INDICATOR)
    first = write(folder, INDICATOR.replace("owner: O\n", "").replace("iso3", "nuts"), "a.yml")
    second = write(folder, "id: [unclosed\n", "b.yml")
    third = write(folder, "just words\n", "c.yml")
    fourth = folder / "d.yml"
    fourth.write_bytes("title: été".encode("latin-1"))
    found, _ = find_sources(folder)
    assert [declared.id for declared in found] == ["example"]
    of_file = {
        path: [m for m in mistakes_of(folder) if str(path) in m] for path in folder.iterdir()
    }
    assert len(of_file[first]) == 2
    assert of_file[second][0].startswith(f"{second}:2: is not valid YAML")
    assert of_file[third] == [f"{third}:1: expected keys such as id, kind and fetch, found none."]
    assert of_file[fourth] == [f"{fourth}: is not UTF-8 text; save it as UTF-8."]


def test_one_id_in_two_folders_is_a_mistake(folder):
    for name in ("one", "two"):
        (folder / name).mkdir()
        write(folder / name, INDICATOR)
    (mistake,) = mistakes_of(folder)
    assert "id 'example' is declared 2 times" in mistake


def test_two_sources_of_one_survey_are_both_mistakes_and_stop_no_other(folder):
    write(folder, INDICATOR)
    (folder / "columns.csv").write_text("wave,question_id,text\n2024,q,t\n")
    for source_id in ("first", "second"):
        survey = COMMON.replace("indicator", "survey").replace("id: example", f"id: {source_id}")
        survey += (
            'format: answers_csv\nfetch: {url: "file:x.csv"}\n'
            "survey: {survey_id: shared, wave: 2024, column_map: columns.csv}\n"
        )
        write(folder, survey, f"{source_id}.yml")
    found, mistakes = find_sources(folder)
    assert [declared.id for declared in found] == ["example"]
    assert [mistake.source_id for mistake in mistakes] == ["first", "second"]
    assert all("survey_id 'shared' is declared 2 times" in mistake for mistake in mistakes)


def test_a_survey_without_its_column_map_is_a_mistake(folder):
    survey = COMMON.replace("indicator", "survey") + (
        'format: answers_csv\nfetch: {url: "file:x.csv"}\n'
        "survey: {survey_id: example, wave: 2024, column_map: nowhere.csv}\n"
    )
    write(folder, survey)
    (mistake,) = mistakes_of(folder)
    assert "key 'survey.column_map': there is no file" in mistake


@pytest.mark.parametrize(
    ("survey", "words"),
    [
        ("{survey_id: example, column_map: c.csv}", "exactly one of 'wave' and 'wave_from_name'"),
        (
            "{survey_id: example, column_map: c.csv, wave: 2024, wave_from_name: '(a)'}",
            "exactly one of 'wave' and 'wave_from_name'",
        ),
        ("{survey_id: example, column_map: c.csv, wave_from_name: 'a'}", "exactly one group"),
        ("{survey_id: example, column_map: c.csv, wave: 1066}", "greater than or equal to 1988"),
    ],
)
def test_a_survey_knows_its_wave_in_one_way(folder, survey, words):
    text = COMMON.replace("indicator", "survey")
    write(folder, f'{text}format: answers_csv\nfetch: {{url: "file:x.csv"}}\nsurvey: {survey}\n')
    assert any(words in mistake for mistake in mistakes_of(folder))


class TestVariables:
    TEXT = INDICATOR.replace('"https://data.example.org/x.csv"', '"file:${PES_INPUTS}/x-${N}.csv"')

    def test_a_variable_is_replaced_by_the_environment(self, folder, monkeypatch):
        monkeypatch.setenv("PES_INPUTS", "/mnt/inputs")
        monkeypatch.setenv("N", "7")
        write(folder, self.TEXT)
        fetch = get_source(folder, "example").source.fetch
        assert fetch.address() == "file:/mnt/inputs/x-7.csv"
        assert fetch.url == "file:${PES_INPUTS}/x-${N}.csv"

    def test_a_secret_is_kept_out_of_what_is_declared_and_of_its_recipe(self, folder, monkeypatch):
        address = "https://${HOST}/x.csv?key=${KEY}"
        text = INDICATOR.replace("https://data.example.org/x.csv", address)
        monkeypatch.setenv("HOST", "data.example.org")
        recipes = set()
        for key in ("canary-1", "canary-2"):
            monkeypatch.setenv("KEY", key)
            write(folder, text)
            declared = get_source(folder, "example")
            assert declared.source.fetch.address().endswith(f"x.csv?key={key}")
            assert "canary" not in declared.source.model_dump_json()
            recipes.add(declared.recipe())
        assert len(recipes) == 1

    def test_the_host_that_a_variable_names_must_be_listed_too(self, folder, monkeypatch):
        monkeypatch.setenv("HOST", "elsewhere.example.org")
        write(folder, INDICATOR.replace("https://data.example.org", "https://${HOST}"))
        (mistake,) = mistakes_of(folder)
        assert "expected 'hosts' to list 'elsewhere.example.org'" in mistake

    def test_other_texts_have_their_variables_filled_in(self, folder, monkeypatch):
        monkeypatch.setenv("OWNER", "someone")
        write(folder, INDICATOR.replace("owner: O\n", 'owner: "${OWNER}"\n'))
        assert get_source(folder, "example").source.owner == "someone"

    def test_one_that_is_not_set_is_a_mistake(self, folder, monkeypatch):
        monkeypatch.delenv("PES_INPUTS", raising=False)
        monkeypatch.setenv("N", "7")
        write(folder, self.TEXT)
        (mistake,) = mistakes_of(folder)
        assert "names ${PES_INPUTS}, which is not set in the environment" in mistake

    def test_a_key_written_twice_is_a_mistake(self, folder):
        write(folder, INDICATOR + "owner: Another\n")
        (mistake,) = mistakes_of(folder)
        assert "key 'owner': is written twice; keep one." in mistake

    def test_a_file_of_another_ending_is_not_passed_over_in_silence(self, folder):
        write(folder, INDICATOR, "example.yaml")
        (mistake,) = mistakes_of(folder)
        assert "is not looked at; rename it to example.yml." in mistake

    def test_lower_case_and_plain_dollars_stay(self, folder):
        text = INDICATOR.replace("x.csv", "DSD$VIEW-${name}.csv")
        write(folder, text)
        fetch = get_source(folder, "example").source.fetch
        assert fetch.address() == "https://data.example.org/DSD$VIEW-${name}.csv"


class TestRecipe:
    def test_a_comment_changes_nothing_and_a_limit_does(self, folder):
        write(folder, INDICATOR)
        before = get_source(folder, "example").recipe()
        write(folder, f"# why\n{INDICATOR}")
        assert get_source(folder, "example").recipe() == before
        write(folder, f"{INDICATOR}gate: {{min_rows: 3}}\n")
        assert get_source(folder, "example").recipe() != before


def test_asking_for_a_source_that_is_broken_or_not_there(folder):
    write(folder, INDICATOR)
    write(
        folder, INDICATOR.replace("owner: O\n", "").replace("id: example\n", "id: bad\n"), "bad.yml"
    )
    with pytest.raises(SourceInvalid, match="key 'owner': is missing"):
        get_source(folder, "bad")
    with pytest.raises(WrongUse, match=r"There is no source 'other' in .*known sources: example"):
        get_source(folder, "other")


def test_no_folder_is_wrong_use(tmp_path):
    with pytest.raises(WrongUse, match="There is no sources folder at"):
        find_sources(tmp_path / "nowhere")


@pytest.mark.parametrize(("name", "model"), [("source", SourceFile), ("concept", Concept)])
def test_the_published_schemas_are_those_of_the_models(name, model):
    published = Path(__file__).parents[2] / "docs" / f"{name}.schema.json"
    assert json.loads(published.read_text()) == model.model_json_schema()
