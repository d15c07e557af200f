"""The ``fetch`` block that names a provider's API: what it may say, and what is told when not."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from support.sources import SourceFolder

from pes_observatory.errors import WrongUse
from pes_observatory.settings import sources_folder, sources_folders
from pes_observatory.sources.fetch import BASE_URL, FORMATS_OF_API, Fetch
from pes_observatory.sources.models import SourceFile, asked_for
from pes_observatory.sources.registry import find_sources, get_source

GOOD: dict[str, Any] = {
    "id": "jobs",
    "kind": "indicator",
    "title": "Jobs",
    "publisher": "Nobody",
    "licence": "CC0-1.0",
    "attribution": "Written for a test.",
    "owner": "test-desk",
    "format": "sdmx_csv",
    "fetch": {"api": "eurostat", "hosts": ["ec.europa.eu"], "filter": {"sex": ["T"]}},
    "indicator": {"provider": "eurostat", "dataset": "une_rt_a", "area_scheme": "eurostat"},
}


@pytest.mark.parametrize(
    ("fetch", "is_another_question"),
    [
        ({"filter": {"sex": ["F"]}}, True),
        ({"start_period": "2015"}, True),
        ({"end_period": "2020"}, True),
        ({"sdmx_version": "2.1"}, True),
        ({"base_url": "https://mirror.example/api", "hosts": ["mirror.example"]}, False),
        ({"split_by": "sex"}, False),
        ({"poll_seconds": 1}, False),
        ({"most_wait_seconds": 5}, False),
        ({"backoff_seconds": 2}, False),
        ({"requests_per_minute": 3}, False),
        ({"timeout_seconds": 7}, False),
        ({"max_megabytes": 9}, False),
    ],
)
def test_what_is_asked_is_the_table_and_its_part_and_not_how(
    fetch: dict[str, Any], is_another_question: bool
) -> None:
    before = SourceFile.model_validate(GOOD).root
    after = SourceFile.model_validate({**GOOD, "fetch": {**GOOD["fetch"], **fetch}}).root
    assert (asked_for(before) != asked_for(after)) == is_another_question


@pytest.fixture
def mistake_in(sources: SourceFolder) -> Callable[..., str]:
    """The one sentence about a source whose ``fetch`` is changed so."""

    def told(**fetch: Any) -> str:
        sources.write({**GOOD, "fetch": {**GOOD["fetch"], **fetch}})
        (sentence,) = sources.mistakes()
        return str(sentence)

    return told


def test_an_api_needs_no_address(sources: SourceFolder) -> None:
    sources.write(GOOD)
    fetch = sources.declared("jobs").source.fetch
    assert fetch.base() == "https://ec.europa.eu/eurostat/api/dissemination"
    assert not fetch.is_folder


@pytest.mark.parametrize(
    ("fetch", "says"),
    [
        ({"url": "https://ec.europa.eu/x"}, "expected either 'url' or 'api'"),
        ({"hosts": []}, "expected 'hosts' to list 'ec.europa.eu'"),
        ({"base_url": "https://example.org"}, "expected 'hosts' to list 'example.org'"),
        ({"base_url": "ftp://ec.europa.eu"}, "that starts with https:, http: or file:"),
        ({"api": "imf"}, "key 'fetch.api'"),
        ({"filter": {"geo": [False]}}, "expected a code between quotes: to YAML, NO and 1 are no"),
        ({"filter": {"geo": []}}, "expected a code of geo; to have all its codes take the dim"),
        ({"filter": {"geo": ["A.B"]}}, "expected codes of geo, 'A.B' is none"),
        ({"filter": {"geo": [""]}}, "expected codes of geo, '' is none"),
        ({"filter": {"c[geo]": ["AT"]}}, "expected names of dimensions, 'c[geo]' is none"),
        ({"split_by": "geo"}, "expected 'split_by' to be time or in 'filter', not geo"),
        ({"start_period": "last year"}, "key 'fetch.start_period'"),
        ({"requests_per_minute": 0}, "key 'fetch.requests_per_minute'"),
        (
            {"change_stamp": {"url": "https://ec.europa.eu", "pattern": "(x)"}},
            "key 'change_stamp' belongs to 'url', and 'api' is given",
        ),
    ],
)
def test_a_mistake_is_one_sentence_with_its_line(
    mistake_in: Callable[..., str], fetch: dict[str, Any], says: str
) -> None:
    sentence = mistake_in(**fetch)
    assert says in sentence
    assert "jobs.yml:" in sentence
    assert sentence.endswith(".")


def test_what_belongs_to_an_api_is_refused_beside_an_address(sources: SourceFolder) -> None:
    address = {"url": "file:x.csv", "filter": {"sex": ["T"]}}
    sources.write({**GOOD, "fetch": address})
    (sentence,) = sources.mistakes()
    assert "key 'filter' belongs to 'api', and 'url' is given" in sentence


def test_a_format_that_the_api_does_not_give_is_refused(sources: SourceFolder) -> None:
    sources.write({**GOOD, "format": "ilostat_csv"})
    (sentence,) = sources.mistakes()
    assert "a format that api eurostat gives (sdmx_csv, eurostat_tsv, jsonstat)" in sentence


def test_only_indicators_are_asked_of_an_api(sources: SourceFolder) -> None:
    coding = {"coder": "person-a", "codebook_version": "2022.1", "survey_id": "survey"}
    common = {key: GOOD[key] for key in GOOD if key not in ("indicator", "kind", "format")}
    sources.write({**common, "kind": "coding", "format": "coding_csv", "coding": coding})
    (sentence,) = sources.mistakes()
    assert "only indicators are asked of an 'api'" in sentence


def test_every_api_has_an_address_and_formats() -> None:
    assert BASE_URL.keys() == FORMATS_OF_API.keys()
    assert Fetch(api="worldbank", hosts=["api.worldbank.org"]).seconds_between_requests == 1


class TestSeveralFolders:
    @pytest.fixture
    def two(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
        """Sources of the night, and live ones within."""
        own, live = tmp_path / "sources", tmp_path / "sources" / "live"
        for folder, source_id in ((own, "jobs"), (live, "vacancies")):
            path = folder / "indicators" / f"{source_id}.yml"
            path.parent.mkdir(parents=True)
            path.write_text(yaml.safe_dump({**GOOD, "id": source_id}))
        monkeypatch.setenv("PES_SOURCES", os.pathsep.join(map(str, (own, live))))
        return own, live

    def test_they_are_named_as_in_path_and_the_first_takes_what_is_new(
        self, two: tuple[Path, Path]
    ) -> None:
        assert sources_folders() == two
        assert sources_folder() == two[0]
        assert [each.id for each in find_sources(sources_folders())[0]] == ["jobs", "vacancies"]

    def test_live_sources_stay_out_where_their_folder_is_not_named(
        self, two: tuple[Path, Path]
    ) -> None:
        assert [each.id for each in find_sources(two[0])[0]] == ["jobs"]
        assert [each.id for each in find_sources(two[1])[0]] == ["vacancies"]

    def test_an_id_in_two_folders_counts_in_neither(self, two: tuple[Path, Path]) -> None:
        (two[1] / "jobs.yml").write_text(yaml.safe_dump(GOOD))
        found, mistakes = find_sources(two)
        assert [each.id for each in found] == ["vacancies"]
        assert "'jobs' is declared 2 times; keep one." in mistakes[0]

    def test_a_folder_named_twice_declares_nothing_twice(self, two: tuple[Path, Path]) -> None:
        found, mistakes = find_sources((two[0], two[0]))
        assert ([each.id for each in found], mistakes) == (["jobs"], [])

    def test_a_source_that_is_nowhere_is_told_with_all_folders(
        self, two: tuple[Path, Path]
    ) -> None:
        with pytest.raises(WrongUse, match=f"in {two[0]}, {two[1]}; known sources: jobs, vacan"):
            get_source(two, "wages")
