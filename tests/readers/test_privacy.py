"""What identifies a person is blotted out, and nothing else is: checked on real answers first."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pes_observatory.errors import LoadRejected, SourceInvalid
from pes_observatory.read.person_names import without_names
from pes_observatory.read.privacy import own_words, without_persons
from pes_observatory.read.survey.answers import answers_from_cells
from pes_observatory.read.survey.cells import Cells

ROOT = Path(__file__).parents[2]
KEY = "a secret of this test, long enough for all"


def seed(name: str, *columns: str) -> list[str]:
    with (ROOT / "dbt_project" / "seeds" / name).open(encoding="utf-8", newline="") as stream:
        return [row[column] for row in csv.DictReader(stream) for column in columns]


class TestNothingElseIsEaten:
    @pytest.mark.parametrize(
        ("format_name", "file", "source", "answers"),
        [
            ("answers_csv", "wapes-2022-published-verbatims.csv", "wapes_2022_published", 57),
            ("limesurvey_csv", "results-survey-wapes-2022.csv", "wapes_2022", 90),
        ],
    )
    def test_real_answers_stay_as_they_are(self, read_real, format_name, file, source, answers):
        rows = read_real(format_name, f"surveys/{file}", source=source).rows
        said = [row for row in rows if row["value_state"] == "answered"]
        assert len(said) == answers
        for row in said:
            assert row["answer_text"] == row["answer_raw"].replace("\r\n", "\n").strip()

    def test_every_country_and_pes_stays(self):
        names = seed("pes_alias.csv", "alias") + seed("pes.csv", "pes_name")
        names += seed("country.csv", "name_fr", "name_en", "name_es")
        assert [name for name in names if without_persons(name) != name] == []
        sentences = [f"Un accord avec {name} Emploi ; with {name} Ministry" for name in names]
        assert [said for said in sentences if without_persons(said) != said] == []

    def test_every_theme_of_the_codebook_stays(self):
        said = seed("codebook.csv", "label_fr", "label_en", "label_es", "definition")
        said += seed("question.csv", "text_fr", "text_en", "text_es")
        assert [text for text in said if without_persons(text) != text] == []

    @pytest.mark.parametrize(
        "text",
        [
            "Le programme Marie Curie et la loi Simone Veil",
            "Rosa Luxemburg Foundation, Leonardo da Vinci programme, Centro Pablo Iglesias",
            "Pilar Europeo de Derechos Sociales",
            "Grant Programme and Will Support, May 2022",
            "Un accord entre l’ANETI et Pôle Emploi Bretagne",
            "Kazi Kwa Vijana, la Isla de Pascua, San José, Costa Rica, the Hunter Valley",
            "Mr President, M. le Ministre, Sr. Director General",
            "U.S. Department, art. 4.2, version 10.4.2",
            "à 12:30:45, ratio 3:1, ref. 12:34",
        ],
    )
    def test_programmes_laws_places_and_offices_stay(self, text):
        assert without_persons(text) == text

    @given(text=st.text(max_size=60))
    def test_what_is_left_is_as_it_was(self, text):
        rest = re.split(r"\[(?:name|ip|e-mail|phone)\]", without_persons(text))
        assert all(part in text for part in rest)


class TestPersons:
    @pytest.mark.parametrize(
        ("text", "left"),
        [
            ("Contact Jean Dupont à Paris", "Contact [name] à Paris"),
            ("Demandez à Mme Zeynep Öztürk-Diop demain", "Demandez à Mme [name] demain"),
            ("J. Dupont et P.-Y. Martin", "[name] et [name]"),
            ("DUPONT Jean, directeur", "[name], directeur"),
            ("María de los Ángeles García López dirige", "[name] dirige"),
            ("Merci à Abdoulaye Diop et Aïcha Ben Salah.", "Merci à [name] et [name]."),
            ("Sr. Quispe Mamani lo explicó", "Sr. [name] lo explicó"),
            ("Our colleague Xanthe Zzyzx knows", "Our colleague [name] knows"),
            ("Rose Martin, Paul Young", "[name], [name]"),
            ("Ask Ms Young of ESDC Canada", "Ask Ms [name] of ESDC Canada"),
            ("D. Ana Pérez Ruiz, Agencia Emploi", "D. [name], Agencia Emploi"),
        ],
    )
    def test_names_in_three_languages(self, text, left):
        assert without_names(text) == left

    @pytest.mark.parametrize(
        ("text", "left"),
        [
            ("from 192.0.2.7 or 2001:db8::7, today", "from [ip] or [ip], today"),
            ("see 192.0.2.7.", "see [ip]."),
            ("ana (at) pes.example.org, ana[arobase]pes.example", "[e-mail], [e-mail]"),
        ],
    )
    def test_addresses(self, text, left):
        assert without_persons(text) == left

    @pytest.mark.parametrize(
        ("cells", "text", "left"),
        [
            (["Xanthe Zzyzx"], "zzyzx asked, said XANTHE ZZYZX", "[name] asked, said [name]"),
            (["Zzyzx"], "ask Zzyzx or Zzyzxa", "ask [name] or Zzyzxa"),
            (["xanthe.z@pes.example"], "write to Xanthe.Z there", "write to [name] there"),
            (["q7Kp-88xa"], "my token is q7Kp-88xa", "my token is [name]"),
            (["48291377"], "my code is 48291377", "my code is [name]"),
            (["anonymous", "Mali", "emploi", "", "2022"], "Mali: emploi, 2022, anonymous", None),
        ],
    )
    def test_what_personal_cells_of_the_record_say(self, cells, text, left):
        assert without_persons(text, own_words(cells)) == (left or text)


@pytest.fixture
def landed(survey_source):
    """``landed({header: cell}, ...)``: the rows of these records, as a text and as a list."""
    columns = {"response_id": "id", "respondent": "PES", "neutrality": "quiet", "Q6.1": "a"}

    def read(*records, header_of=columns, **survey):
        declared = survey_source(header_of, **survey)
        cells = Cells(list(records[0]), [""] * len(records[0]), [[*r.values()] for r in records])
        return answers_from_cells(declared, "example.csv", cells).to_pylist()

    return read


def record(number="7", pes="Mali", quiet="", text="Former les jeunes", **more):
    return {"id": number, "PES": pes, "quiet": quiet, "a": text, **more}


class TestPersonalColumns:
    def test_their_words_leave_the_other_cells_of_the_record_alone(self, landed):
        first = record(text="Xanthe Zzyzx est notre contact", who="Xanthe Zzyzx")
        second = record("8", text="Xanthe Zzyzx est notre contact", who="")
        rows = landed(first, second, personal=["who"])
        assert [row["answer_text"] for row in rows] == [
            "[name] est notre contact",
            "Xanthe Zzyzx est notre contact",
        ]

    def test_a_person_is_blotted_out_of_the_respondent_too(self, landed):
        [row] = landed(record(pes="ANPE Mali, Mme Aminata Traoré"))
        assert (row["respondent_raw"], row["respondent_key"]) == (
            "ANPE Mali, Mme [name]",
            "anpe mali mme name",
        )


class TestPseudonyms:
    def test_the_same_value_is_the_same_hash_under_a_key_and_nowhere_in_clear(
        self, landed, monkeypatch
    ):
        monkeypatch.setenv("PES_PSEUDONYM_KEY", KEY)
        rows = landed(record("q7Kp"), record("Q7kp"), record("zz9"), pseudonymised=["id"])
        ids = [row["response_id"] for row in rows]
        assert ids[0] == ids[1] != ids[2]
        assert re.fullmatch(r"p-[0-9a-f]{24}", ids[0])
        assert "q7kp" not in str(rows).casefold()
        monkeypatch.setenv("PES_PSEUDONYM_KEY", KEY[::-1])
        assert landed(record("q7Kp"), pseudonymised=["id"])[0]["response_id"] != ids[0]

    @pytest.mark.parametrize(("key", "found"), [(None, "none"), ("short", "5")])
    def test_without_a_long_key_the_load_is_refused(self, landed, monkeypatch, key, found):
        monkeypatch.delenv("PES_PSEUDONYM_KEY", raising=False)
        if key:
            monkeypatch.setenv("PES_PSEUDONYM_KEY", key)
        with pytest.raises(LoadRejected, match=f"PES_PSEUDONYM_KEY, found {found}; set it") as said:
            landed(record(), pseudonymised=["id"])
        assert "short;" not in str(said.value)

    def test_a_pseudonymised_respondent_is_anonymous_and_can_be_told_from_others(
        self, landed, monkeypatch
    ):
        monkeypatch.setenv("PES_PSEUDONYM_KEY", KEY)
        rows = landed(record("1"), record("2"), pseudonymised=["PES"])
        assert {row["attribution"] for row in rows} == {"anonymous"}
        assert len({row["respondent_key"] for row in rows}) == 1
        assert "mali" not in str(rows).casefold()

    def test_an_answer_has_no_pseudonym(self, landed, monkeypatch):
        monkeypatch.setenv("PES_PSEUDONYM_KEY", KEY)
        with pytest.raises(SourceInvalid, match="names the header of Q6.1, expected that of"):
            landed(record(), pseudonymised=["a"])


class TestNeutrality:
    @pytest.mark.parametrize(
        ("pes", "withheld"),
        [
            ("Turquie", ["TUR-ISKUR"]),
            ("Agence turque İŞKUR", ["Türkiye"]),
            ("Atlantis, service de l'emploi", ["atlantis"]),
            ("Belgique", ["Actiris"]),
        ],
    )
    def test_a_listed_pes_is_withheld_however_it_prints_its_name(self, landed, pes, withheld):
        [row] = landed(record(pes=pes), withheld=withheld)
        assert row["attribution"] == "withheld"
        for field in ("respondent_raw", "respondent_key", "submitted_at", "ui_language"):
            assert row[field] is None
        assert (row["value_state"], row["answer_text"]) == ("answered", "Former les jeunes")

    @pytest.mark.parametrize("pes", ["Mali", "Belgique (Forem)", "Turkménistan", ""])
    def test_another_is_not(self, landed, pes):
        [row] = landed(record(pes=pes), withheld=["TUR-ISKUR", "Actiris", ""])
        assert row["attribution"] == ("named" if pes else "anonymous")

    def test_a_respondent_asks_for_it_itself(self, landed):
        rows = landed(record("1", quiet="Oui"), record("2", quiet="Non"))
        assert [row["attribution"] for row in rows] == ["withheld", "named"]

    def test_its_number_is_one_among_the_withheld_and_not_its_place_in_the_file(self, landed):
        quiet = {"quiet": "Y"}
        there = [record("10", **quiet), record("2", "Chad"), record("9", "Togo", **quiet)]
        ids = [row["response_id"] for row in landed(*there)]
        assert [own.rpartition("-")[2] for own in ids] == ["2", "2", "1"]
        assert [own.startswith("withheld-") for own in ids] == [True, False, True]
        again = [row["response_id"] for row in landed(*there[::-1])]
        assert again == ids[::-1]

    @pytest.mark.parametrize("printed", ["Anonymous", "anonyme", "Anónimo", "", None])
    def test_a_respondent_that_is_not_printed_is_anonymous(self, landed, printed):
        [row] = landed(record(pes=printed))
        assert (row["attribution"], row["respondent_raw"]) == ("anonymous", None)
