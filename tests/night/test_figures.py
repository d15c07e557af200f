"""The weighted figures of a release, reckoned again in plain Python, one respondent at a time."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import duckdb
import pytest

REGIONS = ("africa", "americas", "asia_pacific", "europe", "mopa")
QUESTIONS = [("Q1", 2021), ("Q1", 2023), ("Q4", 2022), ("Q5", 2022), ("Q7", 2023)]


@pytest.fixture(scope="module")
def db(first_night: tuple[Path, str]) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(first_night[0] / "releases/current/warehouse.duckdb"), read_only=True)


class Answers:
    """Who answered a question of the sample, from where, and which themes in which slots."""

    def __init__(self, db: duckdb.DuckDBPyConnection, question_id: str, wave: int) -> None:
        of_question = f"WHERE question_id = '{question_id}' AND wave = {wave}"
        self.region: dict[str, str] = dict(
            db.execute(
                f"SELECT DISTINCT counted_id, region_id FROM intermediate.int_survey__answered "
                f"{of_question}"
            ).fetchall()
        )
        self.slots: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        for who, code, slot in db.execute(
            f"SELECT counted_id, code, slot FROM intermediate.int_survey__mentions {of_question} "
            "AND level = 'theme'"
        ).fetchall():
            self.slots[who][code].add(slot)
        self.members: dict[str, int] = dict(
            db.execute(
                "SELECT region_id, count(*) FROM intermediate.int_survey__members "
                f"WHERE wave = {wave} GROUP BY region_id"
            ).fetchall()
        )
        self.themes = sorted({code for codes in self.slots.values() for code in codes})

    def of_region(self, region: str) -> list[str]:
        return [who for who, its_region in self.region.items() if its_region == region]


def _published(
    db: duckdb.DuckDBPyConnection, mart: str, question_id: str, wave: int, method: str, *more: str
) -> dict[Any, Any]:
    columns = ", ".join(["share", *more])
    key = "(code, region_id)" if mart == "theme_region_weighted" else "code"
    found = db.execute(
        f"SELECT {key}, ({columns}) FROM marts.{mart} WHERE level = 'theme' "
        f"AND question_id = '{question_id}' AND wave = {wave} AND method = '{method}'"
    ).fetchall()
    assert found
    return dict(found)


@pytest.mark.parametrize(("question_id", "wave"), QUESTIONS)
def test_m1_gives_each_region_the_same_weight(
    db: duckdb.DuckDBPyConnection, question_id: str, wave: int
) -> None:
    answers = Answers(db, question_id, wave)
    published = _published(db, "theme_region_weighted", question_id, wave, "M1")
    for (code, region), share in published.items():
        rates = {
            each: sum(code in answers.slots[who] for who in people) / len(people)
            for each in REGIONS
            if (people := answers.of_region(each))
        }
        assert share == pytest.approx(rates[region] / sum(rates.values()), abs=1e-6)


@pytest.mark.parametrize(("question_id", "wave"), QUESTIONS)
def test_m3_weighs_each_respondent_by_the_members_behind_it(
    db: duckdb.DuckDBPyConnection, question_id: str, wave: int
) -> None:
    answers = Answers(db, question_id, wave)
    regions = [each for each in REGIONS if answers.of_region(each) and answers.members.get(each)]
    people = [who for each in regions for who in answers.of_region(each)]
    all_members = sum(answers.members[each] for each in regions)
    weight = {
        who: (answers.members[region] / all_members)
        / (len(answers.of_region(region)) / len(people))
        for who in people
        for region in [answers.region[who]]
    }
    n_eff = sum(weight.values()) ** 2 / sum(each**2 for each in weight.values())
    published = _published(db, "theme_weighted", question_id, wave, "M3", "n_eff")
    for code, (share, its_n_eff) in published.items():
        naming = sum(weight[who] for who in people if code in answers.slots[who])
        assert share == pytest.approx(naming / sum(weight.values()), abs=1e-6)
        assert its_n_eff == pytest.approx(n_eff, abs=1e-6)


@pytest.mark.parametrize(("question_id", "wave"), QUESTIONS)
def test_m4_gives_each_coded_respondent_one_vote(
    db: duckdb.DuckDBPyConnection, question_id: str, wave: int
) -> None:
    answers = Answers(db, question_id, wave)
    published = _published(db, "theme_weighted", question_id, wave, "M4")
    voters = [codes for codes in answers.slots.values() if codes]
    for code in answers.themes:
        votes = sum(1 / len(codes) for codes in voters if code in codes)
        assert published[code] == pytest.approx(votes / len(voters), abs=1e-6)
    assert sum(published.values()) == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize(("question_id", "wave"), [("Q1", 2021), ("Q1", 2023), ("Q5", 2022)])
def test_m5_weighs_the_first_answer_most(
    db: duckdb.DuckDBPyConnection, question_id: str, wave: int
) -> None:
    answers = Answers(db, question_id, wave)
    published = _published(db, "theme_weighted", question_id, wave, "M5")
    for code in answers.themes:
        weights = [
            {1: 3, 2: 2, 3: 1}[slot] for codes in answers.slots.values() for slot in codes[code]
        ]
        assert published[code] == pytest.approx(sum(weights) / 6 / len(answers.region), abs=1e-6)


def test_only_questions_that_ask_for_three_answers_have_a_rank_weighting(
    db: duckdb.DuckDBPyConnection,
) -> None:
    found = db.execute("SELECT DISTINCT question_id FROM marts.theme_weighted WHERE method = 'M5'")
    assert sorted(found.fetchall()) == [("Q1",), ("Q2",), ("Q3",), ("Q5",), ("Q8",)]


def test_a_series_says_what_the_ranking_of_each_wave_says(db: duckdb.DuckDBPyConnection) -> None:
    compared, differing = db.execute(
        "SELECT count(*), count(*) FILTER (r.respondents IS DISTINCT FROM t.numerator "
        "OR r.denominator <> t.denominator OR r.ci_low <> t.ci_low) "
        "FROM marts.theme_by_question AS r LEFT JOIN marts.theme_trend AS t "
        "USING (survey_id, wave, question_id, level, code)"
    ).fetchone()
    assert compared > 500
    assert differing == 0


def test_every_figure_names_a_method_that_is_defined(db: duckdb.DuckDBPyConnection) -> None:
    marts = db.execute(
        "SELECT table_name FROM information_schema.columns "
        "WHERE table_schema = 'marts' AND column_name = 'method' AND table_name <> 'dim_method'"
    ).fetchall()
    assert len(marts) >= 6
    for (mart,) in marts:
        undefined = f"SELECT count(*) FROM marts.{mart} ANTI JOIN marts.dim_method USING (method)"
        assert db.execute(undefined).fetchone() == (0,), mart
