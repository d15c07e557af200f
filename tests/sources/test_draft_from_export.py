"""A survey source drafted from its export: what the file tells is there, the rest asks a person."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
import yaml
from support.nights import a_night
from support.sources import SourceFolder
from support.workbooks import all_layouts

from pes_observatory.cli import app
from pes_observatory.drafts.survey import draft_survey
from pes_observatory.errors import WrongUse
from pes_observatory.settings import Home
from pes_observatory.sources.registry import find_sources

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "sources" / "surveys" / "synthetic_pes_survey"
LISTS = ("personal", "ignored")
LAYOUTS = {layout.name: layout for layout in all_layouts()}


@pytest.fixture
def drafted(tmp_path):
    """``drafted(export)``: the YAML and the row of the map, as a person finds them."""

    def draft(export: Path, format_name: str | None = None):
        path = draft_survey(tmp_path / "sources", export, "my_survey", format_name)
        with (path.with_suffix("") / "columns.csv").open(encoding="utf-8", newline="") as stream:
            [row] = csv.DictReader(stream)
        return yaml.safe_load(path.read_text(encoding="utf-8")), row

    return draft


@pytest.mark.parametrize("wave", ["2021", "2022", "2023"])
def test_the_map_of_the_sample_is_found_again(drafted, wave):
    declared, row = drafted(SAMPLE / f"results-survey-{wave}.csv")
    with (SAMPLE / "columns.csv").open(encoding="utf-8", newline="") as stream:
        ours = next(each for each in csv.DictReader(stream) if each["wave"] == wave)
    undecided = {"consent"} if row["consent"] != ours["consent"] else set()
    for name in ours.keys() - undecided:
        assert row.get(name, "") == ours[name], name
    assert declared["format"] == "limesurvey_csv"
    assert declared["read"] == {"encoding": "utf-8-sig", "delimiter": ";"}
    assert declared["survey"]["wave_from_name"] == r"results-survey-(\d{4})"
    assert declared["survey"]["publish_verbatims"] == "none"
    assert "ipaddr" in declared["survey"]["personal"]


def test_a_csv_that_somebody_put_together_asks_for_its_format(drafted, tmp_path):
    export = tmp_path / "answers.csv"
    export.write_bytes(LAYOUTS["answers_csv"].content)
    with pytest.raises(WrongUse, match="does not tell which survey tool wrote it"):
        drafted(export)


@pytest.mark.parametrize("name", [name for name in LAYOUTS if name != "answers_csv"])
def test_every_layout_is_told_by_its_first_cells(drafted, tmp_path, name):
    layout = LAYOUTS[name]
    export = tmp_path / layout.file
    content = layout.content
    export.write_bytes(content if isinstance(content, bytes) else content.encode())
    declared, row = drafted(export)
    assert declared["format"] == layout.format
    for ours in ("response_id", "submitted_at"):
        assert row[ours] == layout.column_map[ours]
    personal = {name.partition(" | ")[0].split(" #")[0] for name in layout.personal}
    proposed = {name.removeprefix("TODO ") for key in LISTS for name in declared["survey"][key]}
    assert personal <= proposed
    assert not personal & set(declared["survey"]["ignored"])
    assert row["wave"] == "TODO"
    if "%" in layout.read.get("timestamp_format", ""):
        assert layout.read["timestamp_format"] in declared["read"]["timestamp_format"]


def test_questions_are_known_by_their_wording_in_three_languages(drafted, tmp_path):
    with (ROOT / "dbt_project/seeds/question.csv").open(encoding="utf-8", newline="") as stream:
        asked = {row["question_id"]: row for row in csv.DictReader(stream)}
    headers = {
        "Q1.1": f"{asked['Q1']['text_fr']} [Premier]",
        "Q1.2": f"{asked['Q1']['text_fr']} [Deuxième]",
        "Q4.yes_no": asked["Q4"]["text_en"],
        "Q9.1": asked["Q9"]["text_es"].upper(),
    }
    export = tmp_path / "Responses 2025.csv"
    with export.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["Timestamp", "Who are you?", *headers.values(), "Anything else?"])
        writer.writerow(["2025/01/02 10:10:09 AM GMT+1", "Suède", "a", "b", "Yes", "c", "d"])
        writer.writerow(["2025/01/03 10:10:09 AM GMT+1", "Norway", "a", "b", "No", "c", "d"])
    declared, row = drafted(export)
    assert {name: row[name] for name in headers} == headers
    assert row["respondent"] == "Who are you?"
    assert row["wave"] == "2025"
    assert declared["survey"]["ignored"] == ["TODO Anything else?"]
    assert declared["read"]["timestamp_format"] == "%Y/%m/%d %I:%M:%S %p %Z"


def test_what_is_left_to_a_person_is_asked_for_and_then_the_draft_is_a_source(
    tmp_path, monkeypatch
):
    sources = SourceFolder(tmp_path / "sources")
    monkeypatch.setenv("PES_SOURCES", str(sources.root))
    export = SAMPLE / "results-survey-2023.csv"
    assert app(["sources", "new", "survey", str(export)], standalone_mode=False) == 0
    path = sources.root / "surveys" / "results_survey_2023.yml"
    found, mistakes = find_sources(sources.root)
    assert found == []
    [sentence] = mistakes
    assert "texts are still TODO, under title, publisher, licence, attribution, owner" in sentence
    text = path.read_text(encoding="utf-8").replace("TODO G00Q00[PUB]", "G00Q00[PUB]")
    path.write_text(text.replace("TODO", "a"), encoding="utf-8")
    column_map = path.with_suffix("") / "columns.csv"
    written = column_map.read_text(encoding="utf-8")
    column_map.write_text(written.replace("G00Q00[PES]", "TODO G00Q00[PES]"), encoding="utf-8")
    [sentence] = find_sources(sources.root)[1]
    assert "column respondent: is still TODO; write the printed header there" in sentence
    column_map.write_text(written, encoding="utf-8")
    (path.with_suffix("") / export.name).write_bytes(export.read_bytes())
    assert find_sources(sources.root)[1] == []
    assert a_night(Home(tmp_path / "home"), sources).failures == {}


def test_a_file_that_no_tool_is_told_from_needs_a_format(drafted, tmp_path):
    export = tmp_path / "some.csv"
    export.write_text("a,b\n1,2\n")
    with pytest.raises(WrongUse, match="does not tell which survey tool wrote it; say it with --f"):
        drafted(export)
    declared, row = drafted(export, "limesurvey_csv")
    assert declared["survey"]["ignored"] == ["TODO a", "TODO b"]
    assert row["respondent"].startswith("TODO")


def test_a_file_that_is_not_utf_8_says_so(drafted, tmp_path):
    export = tmp_path / "results-2024.csv"
    export.write_bytes("id;submitdate;Réponse\n1;2024-01-01;é\n".encode("cp1252"))
    assert drafted(export)[0]["read"]["encoding"] == "TODO windows-1252"


def test_nothing_is_overwritten_and_the_export_is_not_copied(drafted, tmp_path):
    drafted(SAMPLE / "results-survey-2023.csv")
    written = sorted(path.name for path in (tmp_path / "sources").rglob("*") if path.is_file())
    assert written == ["columns.csv", "my_survey.yml"]
    with pytest.raises(WrongUse, match="is there already"):
        drafted(SAMPLE / "results-survey-2023.csv")


def test_an_id_still_begins_a_source_of_any_kind(tmp_path, monkeypatch):
    monkeypatch.setenv("PES_SOURCES", str(tmp_path))
    assert app(["sources", "new", "survey", "plain_survey"], standalone_mode=False) == 0
    assert (tmp_path / "surveys" / "plain_survey.yml").is_file()
