"""Finding terms: stems, accents, stars, parts, exclusions, and where the words stand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pes_observatory.coding.codebook import load_codebook
from pes_observatory.coding.lexicon import Lexicon, Term, load_lexicons
from pes_observatory.coding.words import words_of
from pes_observatory.errors import WrongUse


def found(term: str, text: str, lang: str = "fr", unless: str = "") -> list[str]:
    """The words of ``text`` that a lexicon of one term finds."""
    lexicon = Lexicon(lang, [Term("X1", term, unless)])
    places = [span for each in lexicon.find(text) for span in each.spans]
    return [text[start:end] for start, end in places]


def codes(text: str, *terms: tuple[str, str]) -> list[str]:
    lexicon = Lexicon("fr", [Term(code, term) for code, term in terms])
    return [each.code for each in lexicon.find(text)]


@pytest.mark.parametrize(
    ("lang", "term", "text", "words"),
    [
        ("fr", "télétravail", "Le TELETRAVAIL reste", ["TELETRAVAIL"]),
        ("fr", "teletravail", "Le télétravail reste", ["télétravail"]),
        ("fr", "télétravail", "Le te\u0301le\u0301travail", ["te\u0301le\u0301travail"]),
        ("fr", "jeunes", "un jeune", ["jeune"]),
        ("fr", "emploi", "réemploi, employeur", []),
        ("fr", "sanction*", "sanctionnait", ["sanctionnait"]),
        ("fr", "bonnes pratiques", "les bonnes\npratiques", ["bonnes\npratiques"]),
        ("fr", "main-d'œuvre", "la main‑d’oeuvre manque", ["main‑d’oeuvre"]),
        (
            "fr",
            "formation conseillers",
            "formation de nos conseillères",
            ["formation de nos conseillères"],
        ),
        ("es", "formación", "las formaciones y la formacion", ["formaciones"]),
        ("es", "formación", "la formacion", ["formacion"]),
        ("es", "señal*", "las SENALES", ["SENALES"]),
        ("en", "train advisers", "Training of our advisers", ["Training of our advisers"]),
    ],
)
def test_a_term_is_found_in_all_its_forms_and_only_as_whole_words(lang, term, text, words):
    assert found(term, text, lang) == words


def test_parts_joined_by_a_plus_must_all_be_there_in_any_order():
    term = "intelligence artificielle + marché"
    assert found(term, "Le marché et l'intelligence artificielle aussi") == [
        "marché",
        "intelligence artificielle",
    ]
    assert found(term, "L'intelligence artificielle seule") == []


def test_a_term_is_taken_back_by_a_word_that_excludes_it():
    assert found("formation", "formation des chômeurs", unless="conseiller|personnel") == [
        "formation"
    ]
    assert found("formation", "formation du personnel", unless="conseiller|personnel") == []


def test_a_word_belongs_to_the_longest_term_that_has_it():
    terms = ("A1", "emploi"), ("B1", "emploi des jeunes"), ("C1", "jeunes")
    assert codes("l'emploi des jeunes", *terms) == ["B1"]
    assert codes("l'emploi, puis les jeunes", *terms[:1], *terms[2:]) == ["A1", "C1"]


def test_parts_far_apart_outweigh_the_single_words_in_them():
    terms = ("OS2.2", "formation"), ("OP1.1", "formation + conseiller")
    assert codes("formation continue de tous nos conseillers", *terms) == ["OP1.1"]
    assert codes("formation continue", *terms) == ["OS2.2"]


def test_a_term_of_two_codes_gives_both():
    assert codes("télétravail", ("A1", "télétravail"), ("B1", "Teletravail")) == ["A1", "B1"]


def test_a_term_weighs_by_its_words_and_its_own_weight():
    lexicon = Lexicon("fr", [Term("A1", "bonnes pratiques", weight=1.5)])
    (only,) = lexicon.find("bonnes pratiques")
    assert only.weight == 3.0


def test_what_was_blotted_out_is_no_word():
    assert found("phone", "write or call [phone]", "en") == []
    assert found("phone", "hand out phones [phone]", "en") == ["phones"]


def test_an_empty_lexicon_finds_nothing():
    assert Lexicon("en", []).find("anything") == []


def test_a_term_without_a_word_that_means_something_is_a_mistake():
    with pytest.raises(ValueError, match=r"term 'de la' \(fr\) has function words only"):
        Lexicon("fr", [Term("A1", "de la")])


def test_there_is_a_lexicon_for_each_of_our_languages():
    assert set(load_lexicons(load_codebook().themes)) == {"en", "es", "fr"}


def test_a_term_of_a_code_that_the_codebook_has_not_is_named(tmp_path):
    (tmp_path / "en.csv").write_text("code,term,unless,weight\nXX1,youth,,\n")
    with pytest.raises(WrongUse, match=r"en\.csv, record 1: the codebook has no code 'XX1'"):
        load_lexicons({"PU1"}, tmp_path)


def test_a_weight_that_is_no_number_is_named(tmp_path):
    (tmp_path / "en.csv").write_text("code,term,unless,weight\nPU1,youth,,heavy\n")
    with pytest.raises(WrongUse, match=r"en\.csv, record 1: weight 'heavy' is no number"):
        load_lexicons({"PU1"}, tmp_path)


def test_a_lexicon_without_its_columns_is_named(tmp_path):
    (tmp_path / "en.csv").write_text("code,term\nPU1,youth\n")
    with pytest.raises(
        WrongUse, match=r"en\.csv: has the columns code, term, expected code, term,"
    ):
        load_lexicons({"PU1"}, tmp_path)


def test_of_three_parts_all_must_be_there():
    lexicon = Lexicon("en", [Term("A1", "visits + companies + rural")])
    assert lexicon.find("visits to companies in towns") == []
    (only,) = lexicon.find("rural companies like visits")
    assert only.weight == 3.0


@settings(max_examples=100, derandomize=True, deadline=None)
@given(text=st.text(max_size=60), lang=st.sampled_from(["en", "es", "fr"]))
def test_words_are_slices_of_the_text_in_order(text, lang):
    words = words_of(text, lang)
    assert all(0 <= word.start < word.end <= len(text) for word in words)
    assert [word.start for word in words] == sorted(word.start for word in words)
    assert all(word.plain == word.plain.lower() for word in words)


@settings(max_examples=50, derandomize=True, deadline=None)
@given(text=st.text(max_size=40), term=st.sampled_from(["bonnes pratiques", "télétravail", "IA"]))
def test_a_term_is_found_whatever_stands_around_it(text, term):
    assert term in found(term, f"{text} ; {term} ; {text}") or term.lower() in text.lower()
