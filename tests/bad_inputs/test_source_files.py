"""Source YAMLs with a mistake: named by file, line and key, and no other source is stopped."""

from __future__ import annotations

import pytest
from bench import Bench, is_one_clear_sentence
from support import examples
from support.sources import SourceFolder

from pes_observatory.cli.sources import check
from pes_observatory.night import WRONG_USE
from pes_observatory.warehouse.inputs import collect

GOOD = """\
id: rates
kind: indicator
title: Example rates
publisher: Nobody
licence: CC0-1.0
attribution: Written for a test.
owner: test-desk
format: eurostat_tsv
fetch:
  url: https://example.org/rates.tsv
  hosts: [example.org]
read: {delimiter: "\\t"}
indicator:
  provider: eurostat
  dataset: example
  area_scheme: eurostat
  series:
    - concept: youth_unemployment_rate
      value: {sex: T, unit: PC_ACT}
"""
STAMP = """
  change_stamp: {url: "https://example.org/", pattern: "%s"}
"""


def mistake(wanted: str, instead: str, line: int, *says: str, name: str) -> object:
    """``instead`` where ``GOOD`` has ``wanted``: a mistake on ``line``, in whose sentence..."""
    assert GOOD.count(wanted) == 1
    return pytest.param(GOOD.replace(wanted, instead), line, says, id=name)


# fmt: off
MISTAKES = [
    mistake("Example rates", "[Example", 4, "is not valid YAML", name="no YAML"),
    mistake("  url:", "\turl:", 10, "is not valid YAML", "correct", name="a tab for blanks"),
    mistake("Example rates", "2022-13-45", 1, "month must be in 1..12", "quote", name="no date"),
    mistake(GOOD, "", 1, "expected keys such as id, kind and fetch", name="an empty file"),
    mistake("owner: test-desk", "owner: x\nownr: y", 8, "'ownr': is not known", "correct its",
            name="an unknown key"),
    mistake("licence: CC0-1.0\n", "", 1, "'licence': is missing; add it", name="a missing key"),
    mistake("  dataset: example\n", "", 13, "'indicator.dataset': is missing",
            name="a missing inner key"),
    mistake("{sex: T, unit", "{sex: T, sex: F, unit", 19, "key 'sex': is written twice; keep one",
            name="a slice that names a dimension twice"),
    mistake("{sex: T, unit", "{Sex: T, unit", 19, "'indicator.series.0.value'",
            "expected dimension names in lower case such as sex, not 'Sex'",
            name="a dimension in capitals"),
    mistake("{sex: T, unit: PC_ACT}", "{}", 19, "'indicator.series.0.value'", "at least 1 item",
            name="a slice without a dimension"),
    mistake("{sex: T, unit: PC_ACT}\n", "{sex: T}\n      minus: {sex: F}\n      over: {sex: M}\n",
            18, "'indicator.series.0'", "expected 'minus' or 'over', not both",
            name="a slice set against two others"),
    mistake("{sex: T, unit", "{sex: NO, unit", 19, "'indicator.series.0.value.sex'",
            "valid string", "found False", name="a code that YAML takes for no"),
    mistake("youth_unemployment_rate", "youth_unemployment", 0, "'indicator.series.0.concept'",
            "there is no concept 'youth_unemployment' in", "correct its spelling",
            name="an unknown concept"),
    mistake("provider: eurostat", "provider: empl", 0, "'indicator.series.0.concept'",
            "'youth_unemployment_rate' prefers eurostat,", "and not 'empl'", "add it to 'prefer'",
            name="a provider that its concept does not rank"),
    mistake("Example rates", "[1, 2]", 3, "'title'", "valid string", "[1, 2]",
            name="a wrong type"),
    mistake("format:", "expected_every_days: often\nformat:", 8, "'expected_every_days'",
            "valid integer", "found 'often'", name="a word for a number"),
    mistake("eurostat_tsv", "eurostat_xls", 8, "'format'", "'eurostat_tsv'", "found",
            name="an unknown format"),
    mistake("kind: indicator", "kind: figures", 1, "'kind': is none of survey, document",
            name="an unknown kind"),
    mistake("kind: indicator\n", "", 1, "'kind': is missing; write one of", name="no kind"),
    mistake("id: rates\nkind", "id: rate\nkind", 1, "'id': expected 'rates', the name of the file",
            name="an id that is not the file's name"),
    mistake("id: rates\nkind", "id: my rates\nkind", 1, "'id'", "found 'my rates'",
            name="an id with a blank"),
    mistake("[example.org]", "[example.com]", 9, "'fetch'", "'hosts' to list 'example.org'",
            name="a host that is not listed"),
    mistake("https://example.org", "ftp://example.org", 10, "'fetch.url'", "https:, http: or file:",
            name="a scheme that we do not speak"),
    mistake("\n  hosts: [example.org]\n", "\n  hosts: [example.org]" + STAMP % "([0-9]", 12,
            "'fetch.change_stamp.pattern'", "expected a regular expression",
            name="a pattern that is none"),
    mistake("\n  hosts: [example.org]\n", "\n  hosts: [example.org]" + STAMP % "[0-9]+", 12,
            "'fetch.change_stamp.pattern'", "exactly one group", name="a pattern without a group"),
]
# fmt: on


@pytest.mark.parametrize(("text", "line", "says"), MISTAKES)
def test_a_mistake_is_named_by_file_line_and_key(
    sources: SourceFolder, text: str, line: int, says: tuple[str, ...]
) -> None:
    path = sources.put("rates.yml", text)
    sentence = next(m for m in sources.mistakes() if says[0] in m)
    is_one_clear_sentence(sentence, f"{path}:{line}:" if line else f"{path}:", *says)
    assert sentence.source_id == "rates"
    assert sources.all() == []


def test_the_yaml_without_a_mistake_is_a_source(sources: SourceFolder) -> None:
    sources.put("rates.yml", GOOD)
    assert [declared.id for declared in sources.all()] == ["rates"]
    assert sources.mistakes() == []


def test_a_source_that_is_not_utf_8_is_a_mistake(sources: SourceFolder) -> None:
    sources.put("rates.yml", GOOD.replace("Nobody", "Société").encode("latin-1"))
    (sentence,) = sources.mistakes()
    is_one_clear_sentence(sentence, "rates.yml", "is not UTF-8 text", "save it as UTF-8")


def test_a_survey_without_its_column_map_is_a_mistake(sources: SourceFolder) -> None:
    source, _ = examples.survey()
    sources.write(source)
    (sentence,) = sources.mistakes()
    is_one_clear_sentence(sentence, "survey.yml", "'survey.column_map'", "columns.csv", "write it")


def test_a_pattern_of_file_names_that_is_none_is_a_mistake(sources: SourceFolder) -> None:
    source, files = examples.survey()
    source["survey"]["wave_from_name"] = "results-("
    sources.write(source, files)
    (sentence,) = sources.mistakes()
    is_one_clear_sentence(sentence, "survey.yml", "'survey.wave_from_name'", "regular expression")


def test_check_names_every_mistake_and_says_so_by_its_exit_code(
    sources: SourceFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    sources.put("rates.yml", GOOD.replace("title", "titel").replace("owner", "ownr"))
    assert check() == WRONG_USE
    printed = capsys.readouterr().out
    assert "'titel': is not known" in printed
    assert "'title': is missing" in printed
    assert "0 sources are valid, 4 mistakes" in printed


def test_a_source_that_is_no_yaml_tonight_fails_and_keeps_its_load(rates: Bench) -> None:
    rates.sources.put("rates.yml", "id: rates\ntitle: [Example\n")
    rates.fails("fetch", "rates.yml:3: is not valid YAML", "correct that line")


def test_a_source_with_an_unknown_key_tonight_fails_and_keeps_its_load(rates: Bench) -> None:
    rates.change(frequency="daily")
    rates.fails("fetch", "rates.yml:", "key 'frequency': is not known", "remove it")


def test_an_id_declared_twice_fails_and_neither_declaration_counts(rates: Bench) -> None:
    twin = (rates.sources.root / "rates.yml").read_text().replace("Example rates", "Other rates")
    rates.sources.put("old/rates.yml", twin)
    rates.fails("fetch", "rates.yml, ", "old/rates.yml", "'rates' is declared 2 times", "keep one")


def test_a_source_whose_yaml_breaks_stays_in_the_warehouse(rates: Bench) -> None:
    both = ["next_door", "rates"]
    assert [each.id for each in collect(rates.home, rates.sources.all()).sources] == both
    rates.change(frequency="daily")
    inputs = collect(rates.home, rates.sources.all())
    assert [each.id for each in inputs.sources] == both
    assert inputs.load_of("rates") is not None


def test_a_source_whose_yaml_is_taken_away_leaves_the_warehouse(rates: Bench) -> None:
    collect(rates.home, rates.sources.all())
    (rates.sources.root / "rates.yml").unlink()
    inputs = collect(rates.home, rates.sources.all())
    assert [each.id for each in inputs.sources] == ["next_door"]
