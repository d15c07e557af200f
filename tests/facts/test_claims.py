"""Numbers that passages state: found with unit, period, qualifier and subject, or left alone."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pes_observatory.facts.claims import Claim, claims_in

SWEDEN = (
    "Premier exemple, en Suède, où le SPE cherchait à optimiser ses moyens. Si l’utilisation des "
    "services en ligne n’y est pas obligatoire, ils attirent près d’un million de visiteurs par "
    "mois. Dans ce pays, des postes sont disponibles."
)


def only(text: str, lang: str) -> Claim:
    (claim,) = claims_in(text, lang)
    return claim


def told(claim: Claim) -> tuple[object, ...]:
    return (claim.value, claim.unit, claim.per, claim.qualifier)


class TestTheClaimOfTheArticle:
    def test_nearly_a_million_visitors_a_month_in_sweden(self):
        claim = only(SWEDEN, "fr")
        assert claim.quote == "près d’un million de visiteurs par mois"
        assert told(claim) == (Decimal(1_000_000), "visitors", "month", "near")
        assert claim.subject_iso3 == "SWE"

    def test_its_place_is_that_of_its_words(self):
        claim = only(SWEDEN, "fr")
        assert SWEDEN[claim.start : claim.end] == claim.quote
        assert claim.sentence.startswith("Si l’utilisation") and claim.sentence.endswith("mois.")

    def test_a_decision_to_halve_is_a_change_by_half(self):
        text = "Aux Pays-Bas, décision de réduire de moitié les effectifs de conseillers."
        claim = only(text, "fr")
        assert told(claim) == (Decimal(50), "percent", None, "reduced_by")
        assert claim.subject_iso3 == "NLD"


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("fr", "7,5 millions de dollars", (Decimal(7_500_000), "dollars", None, None)),
        ("fr", "12 500 demandeurs d'emploi par an", (Decimal(12_500), "jobseekers", "year", None)),
        ("fr", "près de 40% des réponses", (Decimal(40), "percent", None, "near")),
        ("fr", "880\u202f000 travailleurs", (Decimal(880_000), "workers", None, None)),
        ("en", "nearly two million visits a week", (Decimal(2_000_000), "visits", "week", "near")),
        ("en", "more than 12,500 jobs", (Decimal(12_500), "jobs", None, "more_than")),
        ("en", "2.5 per cent", (Decimal("2.5"), "percent", None, None)),
        ("en", "at least 40 of 60 offices", (Decimal(60), "offices", None, None)),
        ("es", "más de 12.500 empleos al año", (Decimal(12_500), "jobs", "year", "more_than")),
        ("es", "3,5 mil millones de euros", (Decimal(3_500_000_000), "EUR", None, None)),
    ],
)  # fmt: skip
def test_numbers_as_each_language_writes_them(lang, text, expected):
    assert told(only(text, lang)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Adoptée le 24 juin 2021, modifiée en 2020.",
        "l'article 3 de la décision n° 573/2014/UE",
        "ISBN 978-92-76-40260-2 doi:10.2767/493389 KE-02-21-429-FR-C",
        "de nombreux pays, plusieurs SPE, la majorité des jeunes",
        "une personne, deux SPE",
        "SPE-33 jeunes",
    ],
)
def test_what_counts_nothing_is_left_alone(text):
    assert claims_in(text, "fr") == []


def test_a_language_without_words_has_no_claims():
    assert claims_in("eine Million Besucher", "de") == []
    assert claims_in("1 million people", None) == []


class TestSubjectAndYear:
    def test_the_country_named_last_before_the_number_is_meant(self):
        text = "In Norway nothing changed. Sweden counts 40 offices, Denmark 12 offices."
        assert [claim.subject_iso3 for claim in claims_in(text, "en")] == ["SWE", "DNK"]

    def test_else_the_first_one_after_it_in_the_sentence(self):
        assert only("There are 40 offices in Sweden.", "en").subject_iso3 == "SWE"
        assert only("There are 40 offices. Sweden is cold.", "en").subject_iso3 is None

    def test_the_year_of_the_sentence_is_kept_where_there_is_one(self):
        assert only("In 2013 it had 40 offices. In 2020 none.", "en").stated_year == 2013
        assert only("From 2013 to 2020 it had 40 offices.", "en").stated_year is None
