"""Finding terms: accents, plurals, stars, parts, whole words, and where they stand."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pes_observatory.coding.lexicon import Lexicon, folded_with_places, load_lexicons


def found(term: str, text: str) -> list[str]:
    """The words of ``text`` that a lexicon of one term finds."""
    return [text[each.start : each.end] for each in Lexicon([("X1", term)]).find(text)]


@pytest.mark.parametrize(
    ("term", "text", "words"),
    [
        ("télétravail", "Le TELETRAVAIL reste", ["TELETRAVAIL"]),
        ("teletravail", "Le télétravail reste", ["télétravail"]),
        ("jeune", "des jeunes et un jeune", ["jeunes", "jeune"]),
        ("jeunes", "un jeune", []),
        ("emploi", "réemploi, employeur", []),
        ("sanction*", "sanctions, sanctionner, sanction", ["sanctions", "sanctionner", "sanction"]),
        ("bonnes pratiques", "les bonnes\npratiques", ["bonnes\npratiques"]),
        ("main-d'œuvre", "la main‑d’oeuvre manque", ["main‑d’oeuvre"]),
        ("a.b", "aXb a.b", ["a.b"]),
        ("señal*", "las SENALES", ["SENALES"]),
    ],
)
def test_a_term_is_found_however_it_is_spelt_and_only_as_a_whole_word(term, text, words):
    assert found(term, text) == words


def test_parts_joined_by_a_plus_must_all_be_there_in_any_order():
    term = "intelligence artificielle + marché"
    assert found(term, "Le marché et l'intelligence artificielle aussi") == [
        "marché et l'intelligence artificielle"
    ]
    assert found(term, "L'intelligence artificielle seule") == []


def test_a_longer_term_wins_over_the_one_inside_it():
    lexicon = Lexicon([("A1", "emploi"), ("B1", "emploi des jeunes"), ("C1", "jeunes")])
    assert [each.codes for each in lexicon.find("l'emploi des jeunes")] == [("B1",)]
    assert [each.codes for each in lexicon.find("l'emploi, les jeunes")] == [("A1",), ("C1",)]


def test_of_two_that_overlap_the_one_that_begins_first_wins():
    lexicon = Lexicon([("A1", "politique du marché"), ("B1", "marché du travail actif")])
    assert [each.codes for each in lexicon.find("politique du marché du travail actif")] == [
        ("A1",)
    ]


def test_a_term_of_two_codes_gives_both():
    lexicon = Lexicon([("A1", "télétravail"), ("B1", "Teletravail")])
    assert [each.codes for each in lexicon.find("télétravail")] == [("A1", "B1")]


def test_an_empty_lexicon_finds_nothing():
    assert Lexicon([]).find("anything") == []


def test_the_seed_has_a_lexicon_for_each_of_our_languages():
    assert set(load_lexicons()) == {"en", "es", "fr"}


@settings(max_examples=50, derandomize=True, deadline=None)
@given(text=st.text(max_size=60))
def test_every_folded_sign_knows_its_place_in_the_text(text):
    plain, places = folded_with_places(text)
    assert len(plain) == len(places)
    assert places == sorted(places)
    assert all(0 <= place < len(text) for place in places)
    for start in range(len(plain)):
        first, last = places[start], places[-1]
        again, _ = folded_with_places(text[first : last + 1])
        assert again.endswith(plain[start:])


@settings(max_examples=50, derandomize=True, deadline=None)
@given(text=st.text(max_size=60))
@example(text="\u2121 \u01fd \u0130 \ufb01 \u2011")
def test_folding_is_lower_case_and_stable(text):
    plain, _ = folded_with_places(text)
    assert folded_with_places(plain)[0] == plain


@settings(max_examples=50, derandomize=True, deadline=None)
@given(text=st.text(max_size=40), term=st.sampled_from(["bonnes pratiques", "télétravail", "IA"]))
def test_found_words_are_a_slice_of_the_text(text, term):
    around = f"{text} {term} {text}"
    for each in Lexicon([("X1", term)]).find(around):
        assert 0 <= each.start < each.end <= len(around)
        assert folded_with_places(around[each.start : each.end])[0].startswith(
            folded_with_places(term)[0]
        )
