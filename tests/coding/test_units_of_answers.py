"""Units: where a verbatim is parted, and where it is not."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pes_observatory.coding.units import units_of


def parted(text: str) -> list[str]:
    return [text[unit.start : unit.end] for unit in units_of(text)]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("Partager les bonnes pratiques", ["Partager les bonnes pratiques"]),
        (
            "Appui technique - Appui financier -Appui matériel",
            ["Appui technique", "Appui financier", "Appui matériel"],
        ),
        (
            "1) Former le personnel 2) Ouvrir des agences",
            ["Former le personnel", "Ouvrir des agences"],
        ),
        (
            "Former le personnel ;\nOuvrir des agences ;",
            ["Former le personnel", "Ouvrir des agences"],
        ),
        ("• Más oficinas\n• Mejor atención", ["Más oficinas", "Mejor atención"]),
        ("More staff needed. We also lack IT.", ["More staff needed.", "We also lack IT."]),
        (
            "¿Qué hacen otros? ¿Cómo miden el impacto?",
            ["¿Qué hacen otros?", "¿Cómo miden el impacto?"],
        ),
        (
            "Programmes actifs pour les jeunes, Solutions numériques pour les publics fragiles",
            [
                "Programmes actifs pour les jeunes",
                "Solutions numériques pour les publics fragiles",
            ],
        ),
    ],
)
def test_several_requests_in_one_answer_are_several_units(text, units):
    assert parted(text) == units


@pytest.mark.parametrize(
    "text",
    [
        "Training, guidance and job search support",
        "Cooperation with France, Canada and Morocco on mobility",
        "Public-private partnerships for long-term unemployed",
        "Les jeunes (p. ex. Garantie pour la jeunesse) et leurs familles",
        "Recruter avec Mme. Dupont et Dr. Sow un data scientist",
        "Échanges avec d'autres pays (Amériques du Nord et du Sud, Asie du Sud et de l'Est)",
        "Budget of 7.5 million in 2022",
    ],
)
def test_commas_abbreviations_brackets_and_numbers_part_nothing(text):
    assert parted(text) == [text]


def test_a_word_alone_stays_with_what_stands_before_it():
    assert parted("Former les conseillers. Vite.") == ["Former les conseillers. Vite."]


@pytest.mark.parametrize("text", ["", " ", "-", "...", "\n\n"])
def test_a_text_without_words_has_no_unit(text):
    assert units_of(text) == []


@settings(max_examples=200, derandomize=True, deadline=None)
@given(text=st.text(alphabet="abc AB.,;:-–•\n()1é", max_size=80))
def test_units_are_numbered_do_not_overlap_and_lose_no_word(text):
    units = units_of(text)
    assert [unit.unit_no for unit in units] == list(range(1, len(units) + 1))
    assert all(a.end <= b.start for a, b in pairwise(units))
    kept = "".join(text[unit.start : unit.end] for unit in units)
    letters = [sign for sign in text if sign.isalpha() and sign not in "abcAB"]
    assert [sign for sign in kept if sign in letters] == letters
