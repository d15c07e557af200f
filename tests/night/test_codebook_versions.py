"""A new version of the codebook: what becomes of old waves, old codings, and the series.

Version 2023.1 adds the theme RX7, splits PU7 (its rural part, PU7.4, becomes PU10.1 under the new
PU10) and OS5.2, and merges RX1 into RX5. The sample's codings by a person were made under 2022.1.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from nights import ROOT, run_night, run_night_apart
from support.nights import a_night
from support.sources import SourceFolder

from pes_observatory.settings import Home

Rows = list[dict[str, str]]
SURVEY_AND_ITS_CODINGS = ("synthetic_pes_survey", "synthetic_pes_codings")
CROSSWALK = [
    ("", "RX7", "added", "false"),
    ("PU7", "PU7", "split", "false"),
    ("PU7", "PU10", "split", "false"),
    ("PU7.4", "PU10.1", "renamed", "true"),
    ("OS5.2", "OS5.2", "split", "false"),
    ("OS5.2", "OS5.6", "split", "false"),
    ("RX1", "RX5", "merged", "true"),
]


def _rewrite(seed: Path, change: Callable[[Rows], Rows]) -> None:
    with seed.open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream)
        header, changed = list(rows.fieldnames or ()), change(list(rows))
    with seed.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, header, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(changed)


def _new_codes(rows: Rows) -> Rows:
    kept = [row for row in rows if row["code"] not in ("RX1", "PU7.4")]
    by_code = {row["code"]: row for row in rows}
    added = [
        {**by_code["RX6"], "code": "RX7", "label_fr": "Ateliers"},
        {**by_code["PU7"], "code": "PU10", "label_fr": "Ruraux"},
        {**by_code["PU7.4"], "code": "PU10.1", "parent": "PU10"},
        {**by_code["OS5.2"], "code": "OS5.6", "label_fr": "Conseil aux entreprises"},
    ]
    return [{**row, "codebook_version": "2023.1"} for row in [*kept, *added]]


def _moved_terms(rows: Rows) -> Rows:
    heirs = {"RX1": "RX5", "PU7.4": "PU10.1"}
    return [{**row, "code": heirs.get(row["code"], row["code"])} for row in rows]


def _new_terms(rows: Rows) -> Rows:
    wanted = [("RX7", "clear goals"), ("RX7", "yearly report")]
    return [*rows, *({"code": code, "term": term, "weight": "3"} for code, term in wanted)]


def _next_version(project: Path) -> None:
    seeds = project / "dbt_project" / "seeds"
    _rewrite(seeds / "codebook.csv", _new_codes)
    for lexicon in (project / "dbt_project" / "lexicon").glob("*.csv"):
        _rewrite(lexicon, _moved_terms)
    _rewrite(project / "dbt_project" / "lexicon" / "en.csv", _new_terms)
    version = {"version": "2023.1", "valid_from": "2023-02-01", "note": "a test's own"}
    _rewrite(seeds / "codebook_version.csv", lambda rows: [*rows, version])
    steps = [
        {"from_version": "2022.1", "from_code": old, "to_version": "2023.1", "to_code": new}
        | {"change": change, "is_comparable": is_comparable}
        for old, new, change, is_comparable in CROSSWALK
    ]
    _rewrite(seeds / "codebook_crosswalk.csv", lambda rows: [*rows, *steps])


Night = tuple[Path, Path, Path]


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Night:
    """Homes before and after the change, and one that never knew the old codebook."""
    folder = tmp_path_factory.mktemp("versions")
    sources = Path(shutil.copytree(ROOT / "sources", folder / "sources"))
    for path in sources.glob("*/*.yml"):
        if path.stem not in SURVEY_AND_ITS_CODINGS:
            path.unlink()
    project = folder / "project"
    for part in ("dbt_project", "expectations", "dags"):
        shutil.copytree(ROOT / part, project / part)
    before, after, anew = (folder / name for name in ("before", "after", "anew"))
    exit_code, printed = run_night(before, PES_SOURCES=str(sources))
    assert exit_code == 0, printed
    shutil.copytree(before, after, symlinks=True)
    _next_version(project)
    places = {"PES_SOURCES": str(sources), "PES_PROJECT": str(project)}
    exit_code, printed = run_night_apart(after, **places)
    assert exit_code == 0, printed
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PES_PROJECT", str(project))
        a_night(Home(anew), SourceFolder(sources))
    return before, after, anew


def _ask(home: Path, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(home / "releases/current/warehouse.duckdb"), read_only=True) as db:
        return db.execute(query).fetchall()


def test_all_old_waves_are_coded_again_and_again_alike(nights: Night) -> None:
    _, after, anew = nights
    versions = _ask(
        after,
        "SELECT DISTINCT codebook_version FROM staging.stg_coding__codings "
        "WHERE coder_type <> 'human'",
    )
    assert versions == [("2023.1",)]
    waves = _ask(after, "SELECT DISTINCT wave FROM marts.theme_trend WHERE code = 'RX7'")
    assert sorted(waves) == [(2021,), (2022,), (2023,)]
    assert len(_codings(after)) > 1000
    assert _codings(after) == _codings(anew)


def _codings(home: Path) -> list[tuple[Any, ...]]:
    loads = home / "landing/codings/*/last_good/accepted.parquet"
    return duckdb.sql(f"FROM read_parquet('{loads}') ORDER BY ALL").fetchall()


def test_an_added_theme_is_found_in_waves_that_are_older_than_it(nights: Night) -> None:
    before, after, _ = nights
    found = "SELECT count(*) FROM marts.theme_by_question WHERE code = 'RX7' AND wave < 2023"
    assert _ask(before, found) == [(0,)]
    assert _ask(after, found)[0][0] > 0


def test_what_a_person_coded_counts_as_what_the_code_has_become(nights: Night) -> None:
    before, after, _ = nights
    coding = (
        "SELECT code, coder, codebook_version FROM intermediate.int_coding__effective "
        "WHERE target_id = 'synthetic_pes/2022/67/Q9/1'"
    )
    assert _ask(before, coding) == [("RX1", "person-a", "2022.1")]
    assert _ask(after, coding) == [("RX5", "person-a", "2022.1")]


def test_a_merged_theme_has_the_respondents_of_both_and_no_break(nights: Night) -> None:
    before, after, _ = nights
    asked = "SELECT wave, {} FROM marts.theme_trend WHERE question_id = 'Q9' AND code IN ({}) "
    single = _ask(before, asked.format("max(numerator)", "'RX1', 'RX5'") + "GROUP BY wave")
    merged = _ask(after, asked.format("numerator", "'RX5'"))
    least = dict(single)
    assert len(least) == 3
    assert all(respondents >= least[wave] for wave, respondents in merged)
    breaks = asked.format("is_break", "'RX5'")
    assert [is_break for _, is_break in _ask(after, breaks)] == [False, False, False]
    assert _ask(after, "SELECT count(*) FROM marts.theme_trend WHERE code = 'RX1'") == [(0,)]


def test_a_code_that_was_split_is_listed_for_review_and_left_to_the_machine(nights: Night) -> None:
    before, after, _ = nights
    listed = "SELECT target_id, code, change, candidates FROM marts.codebook_review ORDER BY 1"
    assert _ask(before, listed) == []
    assert _ask(after, listed) == [
        ("synthetic_pes/2022/41/Q3/2", "OS5.2", "split", "OS5.2,OS5.6"),
        ("synthetic_pes/2022/63/Q1/1", "OS5.2", "split", "OS5.2,OS5.6"),
        ("synthetic_pes/2023/66/Q1/3", "OS5.2", "split", "OS5.2,OS5.6"),
    ]
    coder = (
        "SELECT DISTINCT coder_type = 'human' FROM intermediate.int_coding__effective "
        "WHERE target_id = 'synthetic_pes/2022/41/Q3/2'"
    )
    assert (_ask(before, coder), _ask(after, coder)) == ([(True,)], [(False,)])


@pytest.mark.parametrize(
    ("question_id", "code", "is_break"),
    [
        ("Q4", "PU7", True),
        ("Q4", "PU10", True),
        ("Q4", "PU10.1", False),
        ("Q4", "PU1", False),
        ("Q9", "RX7", True),
        ("Q9", "RX6", False),
    ],
)
def test_a_series_breaks_where_an_old_coding_counts_and_the_code_meant_something_else(
    nights: Night, question_id: str, code: str, is_break: bool
) -> None:
    """A person coded Q4 in 2021, 2022 and 2023 and Q9 likewise, all under 2022.1."""
    series = _ask(
        nights[1],
        "SELECT is_break, break_reason, change IS NULL, direction IS NULL FROM marts.theme_trend "
        f"WHERE question_id = '{question_id}' AND code = '{code}' AND wave > 2021 ORDER BY wave",
    )
    assert series == [(is_break, "codebook" if is_break else None, is_break, is_break)] * 2
