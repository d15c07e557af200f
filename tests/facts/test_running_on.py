"""Lists of contributors that run on: no name is lost, none is put where it does not stand."""

from __future__ import annotations

import pytest

from pes_observatory.facts.running_on import imprints_of


def told(*passages: str | tuple[str, str], lang: str = "fr") -> list[list[tuple[str | None, str]]]:
    """Per passage the roles and names; a passage is a paragraph unless its kind is given."""
    kinds = [each if isinstance(each, tuple) else ("paragraph", each) for each in passages]
    found = imprints_of(
        [{"passage_kind": kind, "text": text, "lang": lang} for kind, text in kinds]
    )
    return [[(each.role, each.name) for each in statements] for statements in found]


GROUP = "Le groupe a réuni trois SPE : Allemagne,"


def test_members_on_the_next_page_are_members_too():
    assert told(GROUP, "Bulgarie ainsi que le Secrétariat du réseau. Ils se sont vus.") == [
        [("member", "Allemagne")],
        [("member", "Bulgarie"), ("member", "Secrétariat du réseau")],
    ]


def test_a_name_that_is_cut_is_whole_and_of_the_passage_that_it_begins_in():
    assert told("Présidé par le Secrétariat du réseau", "européen des SPE. Il a siégé.") == [
        [("chair", "Secrétariat du réseau européen des SPE")],
        [],
    ]


def test_a_footnote_between_the_halves_is_none_of_them():
    note = ("footnote", "1 Voir Décision 573/2014/UE.")
    assert told(GROUP, note, "Suède.") == [[("member", "Allemagne")], [], [("member", "Suède")]]


def test_words_that_announce_names_may_be_a_paragraph_before_them():
    assert told("The group brought together three services:", "Latvia, Spain, Sweden.", lang="en")[
        1
    ] == [("member", "Latvia"), ("member", "Spain"), ("member", "Sweden")]
    assert told("Written by:", "Ann Lee, Bo Ek and Cy Dahl.", lang="en")[1] == [
        ("author", "Ann Lee"), ("author", "Bo Ek"), ("author", "Cy Dahl"),
    ]  # fmt: skip


@pytest.mark.parametrize("words", ["Authors:", "This report was written by:"])
def test_the_entries_of_an_announced_list_are_names(words):
    entries = [
        ("list_item", "Ann Lee (Danish PES)"),
        ("list_item", "Bo Ek, Arbetsförmedlingen"),
        ("list_item", "and others"),
        ("paragraph", "Cy Dahl disagrees"),
    ]
    assert told(words, *entries, lang="en") == [
        [], [("author", "Ann Lee")], [("author", "Bo Ek")], [], [],
    ]  # fmt: skip


def test_a_sentence_that_has_ended_does_not_run_on():
    assert told("Présidé par le SPE autrichien.", "Suède et Norvège ont suivi.") == [
        [("chair", "SPE autrichien")],
        [],
    ]
    assert told("Présidé par le SPE autrichien", "Suède et Norvège ont suivi.")[1] == []


def test_a_list_that_follows_other_words_is_of_nobody():
    assert told("Nos priorités :", ("list_item", "Ann Lee")) == [[], []]


def test_what_two_halves_say_again_is_said_once():
    assert told("Rédigé avec le soutien de", "la DARES. Il est financé par la DARES.") == [
        [],
        [("support", "DARES"), ("funder", "DARES")],
    ]
