"""The rule coder: one primary code, weighed by words and by what the question may be about."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pes_observatory.coding.codebook import Codebook, Theme, load_codebook
from pes_observatory.coding.lexicon import Lexicon, Term, load_lexicons
from pes_observatory.coding.rules import RuleCoder

WORDS = ["jeunes", "télétravail", "bonnes", "pratiques", "partage", "été", "chômeurs", ";", ","]
FOREIGN_WORDS = ["youth", "training", "skills", "jóvenes", "empleo"]
TEXTS = st.lists(st.sampled_from(WORDS + FOREIGN_WORDS), max_size=12).map(" ".join)


def theme(code: str, parent: str = "", questions: str = "") -> Theme:
    level = "family" if not parent else "theme"
    return Theme(code, level, parent, frozenset(questions.split()))


@pytest.fixture(scope="module")
def coder():
    """A codebook of two families and the network's, with a term or two for each theme."""
    themes = [
        theme("MT"),
        theme("MT1", "MT", "Q1"),
        theme("OS"),
        theme("OS1", "OS", "Q3"),
        theme("RX"),
        theme("RX1", "RX"),
        theme("PU"),
        theme("PU1", "PU", "Q4"),
    ]
    french = Lexicon(
        "fr",
        [
            Term("MT1", "mesures"),
            Term("OS1", "services en ligne"),
            Term("PU1", "jeunes"),
            Term("RX1", "partage"),
        ],
    )
    english = Lexicon("en", [Term("MT1", "measures"), Term("PU1", "youth")])
    codebook = Codebook("1", {each.code: each for each in themes})
    return RuleCoder(codebook, {"en": english, "fr": french})


@pytest.fixture(scope="module")
def real_coder():
    codebook = load_codebook()
    return RuleCoder(codebook, load_lexicons(codebook.themes))


def ranked(codes) -> list[str]:
    return [each.code for each in codes]


def test_nothing_found_is_zz2_without_confidence(coder):
    (only,) = coder.codes("xyz", "fr", "Q1")
    assert (only.code, only.is_primary, only.confidence, only.terms) == ("ZZ2", True, 0.0, ())


def test_the_longer_term_weighs_more(coder):
    codes = coder.codes("mesures et services en ligne", "fr", None)
    assert ranked(codes) == ["OS1", "MT1"]
    assert [each.confidence for each in codes] == [0.667, 0.333]


def test_a_code_that_answers_the_question_comes_first(coder):
    codes = coder.codes("jeunes, mesures", "fr", "Q1")
    assert ranked(codes) == ["MT1", "PU1"]
    assert [each.is_primary for each in codes] == [True, False]
    assert [each.confidence for each in codes] == [0.5, 0.5]


def test_a_code_that_does_not_answer_the_question_is_better_than_none(coder):
    (only,) = coder.codes("services en ligne", "fr", "Q1")
    assert (only.code, only.is_primary, only.confidence) == ("OS1", True, 1.0)


def test_question_9_is_about_the_network_and_question_8_about_all_else(coder):
    assert ranked(coder.codes("partage de mesures", "fr", "Q9"))[0] == "RX1"
    assert ranked(coder.codes("partage de mesures", "fr", "Q8"))[0] == "MT1"


def test_what_is_asked_of_the_network_is_no_second_meaning_elsewhere(coder):
    assert ranked(coder.codes("partage, mesures", "fr", "Q1")) == ["MT1"]
    assert ranked(coder.codes("partage, mesures", "fr", "Q9")) == ["RX1", "MT1"]


def test_among_equals_the_first_in_the_text_wins(coder):
    assert ranked(coder.codes("jeunes, mesures", "fr", None)) == ["PU1", "MT1"]
    assert ranked(coder.codes("mesures, jeunes", "fr", None)) == ["MT1", "PU1"]


def test_at_most_three_codes_are_given(coder):
    text = "mesures, jeunes, partage, services en ligne"
    assert len(coder.codes(text, "fr", "Q9")) == 3


def test_the_language_chooses_the_lexicon(coder):
    assert ranked(coder.codes("youth", "en", None)) == ["PU1"]
    assert ranked(coder.codes("youth", "fr", None)) == ["ZZ2"]


@pytest.mark.parametrize("lang", ["de", None, ""])
def test_without_a_lexicon_of_the_language_all_are_asked(coder, lang):
    assert ranked(coder.codes("youth und mesures", lang, None)) == ["PU1", "MT1"]


def test_a_term_is_the_words_as_written_where_they_stand_first(coder):
    (only,) = coder.codes("Des MESURES, puis des mesures", "fr", None)
    assert only.terms == ("MESURES",)


@pytest.mark.parametrize(
    ("text", "lang", "question", "code", "terms"),
    [
        ("Partage des bonnes pratiques", "fr", "Q9", "RX1", ("bonnes pratiques",)),
        ("Intégration des JEUNES", "fr", "Q4", "PU1.1", ("JEUNES",)),
        ("jovenes sin empleo", "es", "Q4", "PU1.1", ("jovenes",)),
        ("youth unemployment", "en", "Q4", "PU1.1", ("youth unemployment",)),
        ("Le teletravail", "fr", "Q5", "OP1.3", ("teletravail",)),
    ],
)
def test_the_real_codebook_in_three_languages(real_coder, text, lang, question, code, terms):
    primary = real_coder.codes(text, lang, question)[0]
    assert primary.code == code
    assert all(any(term in found for found in primary.terms) for term in terms)


@settings(max_examples=50, derandomize=True, deadline=None)
@given(
    text=TEXTS,
    lang=st.sampled_from(["fr", "en", "es", "de", None]),
    question=st.sampled_from([None, *(f"Q{number}" for number in range(1, 10))]),
)
def test_every_text_has_exactly_one_primary_code(real_coder, text, lang, question):
    codes = real_coder.codes(text, lang, question)
    assert [each.is_primary for each in codes] == [True, *[False] * (len(codes) - 1)]
    assert len({each.code for each in codes}) == len(codes) <= 3
    assert all(each.code in real_coder.codebook.themes for each in codes)
    assert all(0 <= each.confidence <= 1 for each in codes)
    assert all(term in text for each in codes for term in each.terms)
    assert codes == real_coder.codes(text, lang, question)


class TestCodebook:
    def test_a_sub_theme_answers_the_questions_of_its_theme(self):
        codebook = load_codebook()
        assert codebook.may_be_primary("MT1.1", "Q6")
        assert not codebook.may_be_primary("MT1.1", "Q5")

    def test_a_question_in_brackets_is_for_secondary_codes(self):
        """The row of OS4 reads ``Q1 Q2 Q3 Q6 (Q5)``."""
        codebook = load_codebook()
        assert codebook.may_be_primary("OS4", "Q6")
        assert not codebook.may_be_primary("OS4", "Q5")

    def test_a_code_knows_its_family(self):
        assert load_codebook().family("PU1.1") == "PU"

    def test_its_version_is_the_seeds(self):
        assert load_codebook().version == "2022.1"
