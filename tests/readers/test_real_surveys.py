"""The WAPES 2022 wave and other real exports, checked against the files by hand."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import datetime

import pytest

WAPES = "surveys/results-survey-wapes-2022.csv"
PUBLISHED = "surveys/wapes-2022-published-verbatims.csv"
LIMESURVEY = {"encoding": "utf-8-sig", "delimiter": ";"}


@pytest.fixture(scope="module")
def wapes(read_real):
    return read_real("limesurvey_csv", WAPES, source="wapes_2022")


@pytest.fixture(scope="module")
def published(read_real):
    return read_real("answers_csv", PUBLISHED, source="wapes_2022_published")


class TestWapesCells:
    def test_37_respondents_in_24_columns_without_the_empty_last_line(self, read_real):
        cells = read_real("limesurvey_csv", WAPES, **LIMESURVEY)
        assert cells.table.schema.names == ["row_no", "header", "sub_header", "value"]
        assert set(cells.column("row_no")) == set(range(1, 38))
        assert len(set(cells.column("header"))) == 24
        assert len(cells) == 37 * 24

    def test_cells_stand_under_their_header(self, read_real):
        cells = read_real("limesurvey_csv", WAPES, **LIMESURVEY)
        assert cells.one(row_no=9, header="PES")["value"] == "Canada"
        assert cells.one(row_no=10, header="PES")["value"] == "Canada"
        assert cells.one(row_no=6, header="PES")["value"] == "Belgique (Actiris Bruxelles)"
        assert cells.one(row_no=26, header="Q4[SQ001]")["value"] == "Programme Filet social"
        assert cells.one(row_no=37, header="Q7[SQ001]")["value"] == ""


class TestWapesAnswers:
    def test_90_answers_among_18_slots_of_37_responses(self, wapes):
        assert len(wapes) == 37 * 18
        assert Counter(wapes.column("value_state")) == {"answered": 90, "empty": 576}
        assert len(set(wapes.column("answer_id"))) == 37 * 18

    def test_37_responses_of_36_respondents_with_canada_twice(self, wapes):
        response_of = set(
            zip(wapes.column("response_id"), wapes.column("respondent_key"), strict=True)
        )
        assert len(response_of) == 37
        assert Counter(key for _, key in response_of).most_common(2)[0] == ("canada", 2)
        assert len({key for _, key in response_of}) == 36

    @pytest.mark.parametrize(
        ("answer_id", "row_no", "respondent", "text"),
        [
            ("wapes/2022/4/Q4/2", 4, "Australie", "Youth Advisory Sessions, 7,5 millions de"),
            ("wapes/2022/6/Q5/1", 6, "Belgique (Actiris Bruxelles)", "Réflexion NWOW, nouvelles"),
            ("wapes/2022/9/Q4/1", 9, "Canada", "Peuples autochtones"),
            ("wapes/2022/9/Q5/3", 9, "Canada", "Communication : visibilité et image de marque"),
            ("wapes/2022/12/Q2/1", 12, "Corée du Sud", "Mise en relation des chercheurs d'emploi"),
            ("wapes/2022/30/Q2/1", 30, "Suède", "Orientation « Digital first »"),
            ("wapes/2022/31/Q6/1", 31, "Suisse", "Retour au régime précédent d'assurance chômage"),
            ("wapes/2022/35/Q5/2", 35, "Türkiye", "Sécurisation des données"),
        ],
    )
    def test_an_answer_leads_back_to_its_cell(self, wapes, answer_id, row_no, respondent, text):
        found = wapes.one(answer_id=answer_id)
        assert (found["row_no"], found["respondent_raw"]) == (row_no, respondent)
        assert found["answer_text"].startswith(text)
        assert found["answer_raw"] == found["answer_text"]
        assert (found["lang"], found["ui_language"]) == ("fr", "fr")

    def test_an_empty_answer_is_a_row_too(self, wapes):
        found = wapes.one(answer_id="wapes/2022/10/Q4/1")
        assert (found["value_state"], found["answer_text"], found["lang"]) == ("empty", None, None)
        assert (found["header"], found["slot"]) == ("Q4[SQ001]", 1)

    def test_what_the_response_says_of_itself(self, wapes):
        found = wapes.one(answer_id="wapes/2022/36/Q7/1")
        assert found["respondent_raw"] == "USA (États-Unis d'Amérique)"
        assert found["respondent_key"] == "usa etats unis d amerique"
        assert found["submitted_at"] == datetime(2022, 1, 15, 12)
        assert found["is_complete"] is True
        assert found["has_consent"] is None
        assert found["is_translated"] is False


class TestPublishedVerbatims:
    def test_26_for_question_8_and_31_for_question_9(self, published):
        assert Counter(published.column("question_id")) == {"Q8": 26, "Q9": 31}
        assert Counter(published.column("value_state")) == {"answered": 57}

    def test_5_printed_headings_are_kept(self, published):
        assert Counter(published.column("published_heading")) == {
            "Les publics": 7,
            "Outils, Technologie et IA": 7,
            "Actions sur le Marché du travail": 5,
            "Résilience et organisation SPE": 4,
            "Ressources Humaines": 3,
            None: 31,
        }

    def test_a_verbatim_of_two_lines_is_one_answer(self, published):
        """Record 42 fills lines 43 and 44 of the file."""
        found = published.one(row_no=42)
        assert found["answer_text"].startswith("2) Fournir un soutien financier")
        assert found["answer_text"].count("\n") == 1
        assert "\n3) Élaborer et mettre en œuvre des plans" in found["answer_text"]
        assert published.one(row_no=43)["answer_text"].startswith("Des échanges de pratiques")

    def test_no_respondent_is_made_up_and_the_translation_is_said(self, published):
        assert set(published.column("respondent_key")) == {None}
        assert set(published.column("is_translated")) == {True}
        assert published.one(row_no=6)["answer_text"] == "La migration"
        assert published.one(row_no=6)["answer_id"] == "wapes_2022_published/2022/row-6/Q8/1"


@pytest.mark.parametrize(
    ("path", "delimiter", "responses", "columns", "row_no", "header", "value"),
    [
        ("digitaltwins_results_english.csv", ";", 96, 317, 1, "Answer ID", "1"),
        ("sealuzh_results-survey.csv", ",", 70, 146, 1, "Date submitted", "1980-01-01 00:00:00"),
        ("PLR_tool_AP_results-survey.csv", ",", 50, 45, 1, "Q00PARTICIPANT", "S004"),
    ],
)
def test_other_real_limesurvey_exports_are_read_whole(
    inputs, read_real, path, delimiter, responses, columns, row_no, header, value
):
    file = f"surveys/limesurvey/{path}"
    cells = read_real("limesurvey_csv", file, encoding="utf-8-sig", delimiter=delimiter)
    assert len(cells) == responses * columns
    assert cells.one(row_no=row_no, header=header)["value"] == value
    with (inputs / file).open(encoding="utf-8-sig", newline="") as stream:
        records = list(csv.reader(stream, delimiter=delimiter))[1:]
    printed = sorted(cell for record in records for cell in record if cell)
    assert sorted(cell for cell in cells.column("value") if cell) == printed
