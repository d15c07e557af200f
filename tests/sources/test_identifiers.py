"""Identifiers of documents: the check digit, the prefix, the letter of the medium, by hand."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from pes_observatory.sources.documents import DeclaredList, DocumentItem, Manifestation
from pes_observatory.sources.identifiers import catalogue_no, celex, doi, isbn13, parts_of


class TestIsbn:
    def test_the_check_digit_is_computed(self):
        # 9+7*3+8+9*3+2+7*3+6+4*3+0+2*3+6+0*3 = 118, and 118 + 2 is a multiple of ten
        assert isbn13("978-92-76-40260-2") == "9789276402602"

    @pytest.mark.parametrize("wrong", ["978-92-76-40260-3", "9789276402620"])
    def test_a_wrong_check_digit_is_named(self, wrong):
        with pytest.raises(ValueError, match="check digit [0-9] at its end"):
            isbn13(wrong)

    @pytest.mark.parametrize("wrong", ["92-76-40260-2", "978-92-76-40260", "977-92-76-40260-2", ""])
    def test_another_number_is_none(self, wrong):
        with pytest.raises(ValueError, match="13 digits that begins with 978 or 979"):
            isbn13(wrong)


class TestDoi:
    @pytest.mark.parametrize(
        "written",
        ["10.2767/493389", "doi:10.2767/493389", "https://doi.org/10.2767/493389",
         "http://dx.doi.org/10.2767/493389"],
    )  # fmt: skip
    def test_it_is_stored_without_its_resolver(self, written):
        assert doi(written) == "10.2767/493389"

    def test_case_makes_no_other_doi(self):
        assert doi("10.1787/EMPL_Outlook-2015-en") == "10.1787/empl_outlook-2015-en"

    @pytest.mark.parametrize("wrong", ["11.2767/493389", "10.27/493389", "10.2767/", "493389"])
    def test_another_prefix_is_refused(self, wrong):
        with pytest.raises(ValueError, match=r"expected a DOI such as 10\.2767/375655"):
            doi(wrong)


class TestCatalogueNumber:
    @pytest.mark.parametrize(
        ("number", "medium"),
        [("KE-02-21-429-FR-C", "print"), ("KE-02-21-429-FR-N", "pdf"),
         ("KE-02-21-429-FR-Q", "html"), ("KE-02-21-429-FR-E", None)],
    )  # fmt: skip
    def test_its_last_letter_is_the_medium(self, number, medium):
        parts = parts_of(catalogue_no(number.lower()))
        assert (parts.work, parts.lang, parts.medium) == ("KE-02-21-429", "fr", medium)

    def test_a_series_may_be_letters(self):
        assert parts_of(catalogue_no("KE-EX-21-001-EN-N")).work == "KE-EX-21-001"

    @pytest.mark.parametrize("wrong", ["KE-02-21-429", "KE-02-21-42-FR-C", "KE0221429FRC"])
    def test_a_part_of_one_is_refused(self, wrong):
        with pytest.raises(ValueError, match="such as KE-02-21-429-FR-C"):
            catalogue_no(wrong)


class TestCelex:
    @pytest.mark.parametrize(
        "number", ["32014D0573", "32020D1782", "52017DC0287", "32014D0573R(01)"]
    )
    def test_sector_year_type_and_number(self, number):
        assert celex(f"CELEX:{number}") == number

    @pytest.mark.parametrize("wrong", ["573/2014/EU", "32114D0573", "31914D0573", "3D0573"])
    def test_another_year_or_form_is_refused(self, wrong):
        with pytest.raises(ValueError, match="such as 32014D0573"):
            celex(wrong)


def item(**more: object) -> DocumentItem:
    said = {"file": "a.pdf", "document_id": "a-text", "title": "A text", "lang": "fr", **more}
    return DocumentItem.model_validate(said)


class TestEditions:
    def test_a_number_of_another_medium_is_refused(self):
        with pytest.raises(ValidationError, match="expected medium pdf, which the last letter"):
            Manifestation.model_validate({"medium": "html", "catalogue_no": "KE-02-21-429-FR-N"})

    def test_a_number_of_another_language_is_refused(self):
        with pytest.raises(ValidationError, match="expected lang en, which KE-02-21-429-EN-N"):
            item(manifestations=[{"medium": "pdf", "catalogue_no": "KE-02-21-429-EN-N"}])

    def test_a_medium_stands_once(self):
        with pytest.raises(ValidationError, match="each medium once"):
            item(manifestations=[{"medium": "pdf"}, {"medium": "pdf"}])

    @pytest.mark.parametrize("work", [{}, {"document_id": "a-text-fr", "work_id": "a-text"}])
    def test_a_work_replaces_others_and_not_itself(self, work):
        assert item(supersedes=["old-text"], **work).supersedes == ["old-text"]
        with pytest.raises(ValidationError, match="'supersedes' to name other works than its own"):
            item(supersedes=["old-text", "a-text"], **work)

    @pytest.mark.parametrize("day", ["2021", "2021-06", "2021-06-24"])
    def test_a_date_has_the_precision_that_is_known(self, day):
        assert item(adopted_on=day).adopted_on == day

    @pytest.mark.parametrize("day", ["2021-13", "2021-02-30"])
    def test_a_day_that_is_none_is_refused(self, day):
        with pytest.raises(ValidationError, match="expected a date such as"):
            item(adopted_on=day)


class TestTreeOfAList:
    def test_children_follow_their_parent(self):
        declared = DeclaredList(
            list_id="objectives", heading="x", expected_count=8, children={1: 4}
        )
        assert declared.nodes() == [
            ("1", None), ("1.1", "1"), ("1.2", "1"), ("1.3", "1"), ("1.4", "1"),
            ("2", None), ("3", None), ("4", None),
        ]  # fmt: skip

    @pytest.mark.parametrize("children", [{5: 4}, {1: 0}, {1: 3, 3: 1}])
    def test_children_outside_the_list_are_refused(self, children):
        with pytest.raises(ValidationError, match="expected 'children' of item"):
            DeclaredList(list_id="goals", heading="x", expected_count=8, children=children)
