"""What a document says of itself: identifiers, licence and contributors, or nothing."""

from __future__ import annotations

import pytest

from pes_observatory.facts.imprint import imprint_in

WORKING_GROUP = (
    "Cette stratégie est le résultat d'un groupe de travail présidé par le SPE autrichien qui a "
    "réuni 10 autres SPE européens: Allemagne, Pays-Bas, Suède ainsi que le Secrétariat du réseau "
    "européen des SPE. Ils se sont rencontrés entre février et mai 2021."
)
SUPPORT = (
    "La stratégie a été rédigée avec le soutien du Secrétariat du réseau européen des SPE et "
    "d'Eamonn Davern, dans le cadre d'un contrat de service avec le consortium ICON et leur "
    "partenaire ÖSB."
)
NOTICE = "PDF ISBN 978-92-76-40261-9 doi:10.2767/375655 KE-02-21-429-FR-N"


def told(text: str, lang: str = "fr") -> list[tuple[str, str | None, str]]:
    return [(each.kind, each.role, each.name) for each in imprint_in(text, lang)]


class TestIdentifiers:
    def test_those_of_a_legal_notice(self):
        assert told(NOTICE) == [
            ("identifier", "doi", "10.2767/375655"),
            ("identifier", "isbn", "9789276402619"),
            ("identifier", "catalogue_no", "KE-02-21-429-FR-N"),
        ]

    def test_the_quote_is_what_is_printed(self):
        assert [each.quote for each in imprint_in(NOTICE, "fr")][1] == "978-92-76-40261-9"

    def test_a_wrong_check_digit_is_none(self):
        assert told("ISBN 978-92-76-40261-8") == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("sous licence CC BY 4.0.", "CC-BY-4.0"),
        ("Creative Commons Attribution 4.0 International (CC BY 4.0)", "CC-BY-4.0"),
        ("https://creativecommons.org/licenses/by-nc-sa/3.0/igo", "CC-BY-NC-SA-3.0"),
        ("CC BY-ND 4.0", "CC-BY-ND-4.0"),
        ("CC BY", "CC-BY"),
        ("CC0 1.0", "CC0-1.0"),
        ("la décision 2011/833/UE de la Commission", "EC reuse, 2011/833/EU"),
        ("Commission Decision 2011/833/EU", "EC reuse, 2011/833/EU"),
        ("Todos los derechos reservados", "all rights reserved"),
    ],
)
def test_a_licence_is_named_in_one_way(text, name):
    assert told(text) == [("licence", None, name)]


class TestContributors:
    def test_who_chaired_and_who_were_members(self):
        assert told(WORKING_GROUP) == [
            ("contributor", "chair", "SPE autrichien"),
            ("contributor", "member", "Allemagne"),
            ("contributor", "member", "Pays-Bas"),
            ("contributor", "member", "Suède"),
            ("contributor", "member", "Secrétariat du réseau européen des SPE"),
        ]

    def test_who_helped_and_under_which_contract(self):
        assert told(SUPPORT) == [
            ("contributor", "support", "Secrétariat du réseau européen des SPE"),
            ("contributor", "support", "Eamonn Davern"),
            ("contributor", "contractor", "consortium ICON"),
            ("contributor", "contractor", "partenaire ÖSB"),
        ]

    def test_a_name_with_a_conjunction_stays_whole(self):
        text = "le soutien financier du Programme pour l'emploi et l'innovation sociale (2014-2020)"
        assert told(text) == [
            ("contributor", "funder", "Programme pour l'emploi et l'innovation sociale"),
        ]

    @pytest.mark.parametrize(
        ("lang", "text", "expected"),
        [
            ("en", "Written by Ann Lee and the Danish PES.", ["Ann Lee", "Danish PES"]),
            ("es", "Elaborado por Luis Gil y la Red de SPE", ["Luis Gil", "Red de SPE"]),
            ("en", "Written by Ann Lee, Bo Ek, and Cy Dahl.", ["Ann Lee", "Bo Ek", "Cy Dahl"]),
            ("en", "Authors: Ann Lee, Bo Ek and Cy Dahl", ["Ann Lee", "Bo Ek", "Cy Dahl"]),
            ("en", "Written by: Ann Lee, Vienna, March 2021", ["Ann Lee"]),
            ("fr", "Rédigé par Anne Roy, qui dirige la DARES et Pôle", ["Anne Roy"]),
        ],
    )
    def test_in_other_languages(self, lang, text, expected):
        assert told(text, lang) == [("contributor", "author", name) for name in expected]

    def test_words_without_a_name_are_nobody(self):
        assert told("des services financés par des fonds publics") == []
        assert told("a report chaired by everyone", "de") == []

    def test_the_sentence_is_the_one_around_it(self):
        found = imprint_in(f"{SUPPORT} Elle vaut jusqu'en 2027.", "fr")
        assert {each.sentence for each in found} == {SUPPORT}
