"""Search on marts made by hand: what is found, in which order, and what must never be."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from pes_observatory.errors import WrongUse
from pes_observatory.search.index import build_index
from pes_observatory.search.query import search
from pes_observatory.search.words import learn_stems

PASSAGES = [
    ("fr/1", "fr", "La garantie pour la jeunesse est un engagement."),
    (
        "fr/2",
        "fr",
        "La Garantie Jeunesse aide les moins de trente ans et les employeurs.",
    ),
    ("fr/3", "fr", "Les garanties de l'État couvrent l'œuvre des services numériques."),
    ("en/1", "en", "Advisers guide young jobseekers towards skilled employment."),
    ("en/2", "en", "An adviser may guide employers; skills are measured in 2013."),
    ("es/1", "es", "La garantía juvenil llega a las oficinas rurales."),
    ("de/1", "de", "Der Service public bleibt."),
]
VERBATIMS = [
    ("wapes/2022/7/Q4/1", "fr", "Garantie renforcée pour les publics éloignés", "FRA-FT"),
    ("wapes/2022/9/Q4/1", "en", "Guidance for seniors", None),
]


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("search") / "warehouse.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE SCHEMA marts")
        connection.execute(
            "CREATE TABLE marts.document_passages (passage_id VARCHAR, lang VARCHAR, text VARCHAR, "
            "citation VARCHAR, link VARCHAR)"
        )
        connection.executemany(
            "INSERT INTO marts.document_passages VALUES "
            "(?, ?, ?, 'Strategy (2021), p. 3, MISSION', 'https://pes.example/a.pdf#page=3')",
            PASSAGES,
        )
        connection.execute(
            "CREATE TABLE marts.verbatims (answer_id VARCHAR, lang VARCHAR, answer_text VARCHAR, "
            "pes_id VARCHAR, survey_id VARCHAR, wave INTEGER, question_id VARCHAR)"
        )
        connection.executemany(
            "INSERT INTO marts.verbatims VALUES (?, ?, ?, ?, 'wapes', 2022, 'Q4')", VERBATIMS
        )
        connection.execute(
            "CREATE TABLE marts.dim_wave AS SELECT 'wapes' AS survey_id, 2022 AS wave, "
            "'WAPES survey' AS title"
        )
        connection.execute(
            "CREATE TABLE marts.dim_pes AS SELECT 'FRA-FT' AS pes_id, 'France Travail' AS pes_name"
        )
    assert build_index(path) == len(PASSAGES) + len(VERBATIMS)
    return path


@pytest.fixture
def reader(warehouse):
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        learn_stems(connection)
        yield connection


def found(reader, asked: str, **more) -> list[str]:
    return [hit.text_id for hit in search(reader, asked, **more)]


class TestWhatIsFound:
    def test_all_words_are_needed_and_the_phrase_goes_first(self, reader):
        assert found(reader, "garantie jeunesse") == ["fr/2", "fr/1"]

    def test_case_accents_and_plural_make_no_difference(self, reader):
        assert found(reader, "GARANTIES numerique") == ["fr/3"]

    def test_an_accent_may_be_a_sign_of_its_own(self, reader):
        assert found(reader, "services nume\u0301riques") == ["fr/3"]

    def test_a_ligature_is_two_letters(self, reader):
        assert found(reader, "oeuvre") == ["fr/3"]
        assert found(reader, "œuvre") == ["fr/3"]

    def test_words_that_a_stemmer_takes_for_one_another_stay_apart(self, reader):
        assert found(reader, "employers") == ["en/2"]
        assert found(reader, "employment") == ["en/1"]

    def test_each_language_has_its_stemmer(self, reader):
        assert set(found(reader, "advisers")) == {"en/1", "en/2"}
        assert found(reader, "garantia juvenil") == ["es/1"]

    def test_a_language_without_a_stemmer_is_found_word_by_word(self, reader):
        assert found(reader, "bleibt") == ["de/1"]

    def test_numbers_are_words(self, reader):
        assert found(reader, "2013") == ["en/2"]

    def test_function_words_are_passed_over(self, reader):
        assert found(reader, "la garantie de la jeunesse") == ["fr/1", "fr/2"]

    def test_where_no_text_has_all_words_some_will_do(self, reader):
        hits = search(reader, "garantie zèbre")
        assert {hit.text_id for hit in hits} == {
            "fr/1", "fr/2", "fr/3", "es/1", "wapes/2022/7/Q4/1",
        }  # fmt: skip
        assert not any(hit.has_all_words for hit in hits)

    def test_nothing_is_nothing(self, reader):
        assert search(reader, "zèbre") == []

    def test_only_function_words_are_refused(self, reader):
        with pytest.raises(WrongUse, match=r"no word to look for in 'de la'"):
            search(reader, "de la", langs=("fr",))

    def test_kind_language_and_number_can_be_chosen(self, reader):
        assert found(reader, "garantie", kinds=("verbatim",)) == ["wapes/2022/7/Q4/1"]
        assert found(reader, "garantia", langs=("es",)) == ["es/1"]
        assert len(found(reader, "garantie", most=2)) == 2


class TestWhatIsSaidOfAHit:
    def test_a_passage_is_cited_with_its_link(self, reader):
        hit = search(reader, "engagement")[0]
        assert hit.citation == "Strategy (2021), p. 3, MISSION"
        assert hit.link == "https://pes.example/a.pdf#page=3"

    def test_an_answer_is_cited_by_wave_question_and_pes(self, reader):
        named, unnamed = search(reader, "éloignés")[0], search(reader, "seniors")[0]
        assert named.citation == "WAPES survey, 2022, Q4, France Travail"
        assert unnamed.citation == "WAPES survey, 2022, Q4"

    def test_the_words_are_marked_where_they_stand(self, reader):
        hit = search(reader, "garantie jeunesse")[0]
        assert [hit.text[start:end] for start, end in hit.marked] == ["Garantie", "Jeunesse"]

    def test_the_score_is_bm25(self, reader):
        # English texts have 7, 6 and 2 terms, 5 on average; "adviser" is in two of the three:
        # ln(1 + (3 - 2 + .5) / (2 + .5)) = .470004, of the first times
        # 2.2 / (1 + 1.2 * (.25 + .75 * 7 / 5)) = .859375, of the second with 6 terms .924370
        scores = {hit.text_id: hit.score for hit in search(reader, "adviser")}
        assert scores == {
            "en/1": pytest.approx(0.470004 * 0.859375, abs=1e-5),
            "en/2": pytest.approx(0.470004 * 0.924370, abs=1e-5),
        }


class TestTheFile:
    def test_a_reader_without_the_extension_opens_it(self, warehouse):
        code = (
            "import duckdb, sys; c = duckdb.connect(sys.argv[1], read_only=True);"
            "c.execute('SET autoload_known_extensions = false');"
            "print(c.execute('SELECT count(*) FROM marts.verbatims').fetchone()[0],"
            " c.execute('SELECT count(*) > 20 FROM search.postings').fetchone()[0])"
        )
        done = subprocess.run(
            [sys.executable, "-c", code, str(warehouse)], capture_output=True, text=True, check=True
        )
        assert done.stdout.split() == ["2", "True"]

    def test_nothing_is_left_beside_it(self, warehouse):
        assert [path.name for path in warehouse.parent.iterdir()] == ["warehouse.duckdb"]

    def test_the_words_of_few_texts_are_looked_up_not_searched_for(self, reader):
        for wanted in (
            "document_passages WHERE passage_id IN ('fr/1', 'es/1')",
            "verbatims WHERE answer_id IN ('wapes/2022/7/Q4/1', 'wapes/2022/9/Q4/1')",
        ):
            (_, plan) = reader.execute(f"EXPLAIN ANALYZE SELECT * FROM marts.{wanted}").fetchone()
            assert "Index Scan" in plan

    def test_the_index_can_be_made_anew(self, warehouse, tmp_path):
        again = tmp_path / "warehouse.duckdb"
        shutil.copy(warehouse, again)
        assert build_index(again) == len(PASSAGES) + len(VERBATIMS)

    def test_it_holds_no_text_of_its_own(self, reader):
        columns = reader.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_schema = 'search' "
            "ORDER BY 1"
        ).fetchall()
        assert {name for (name,) in columns} == {
            "kind", "lang", "term", "term_no", "text_id", "text_no", "texts", "weight",
        }  # fmt: skip
