"""Documents on the pages: passages with their place, beside how many PES name the theme."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hand_made import HOSTILE, SURVEY, VERSION, Warehouse, fill

from pes_observatory.report import write_report
from pes_observatory.report.documents import LONGEST, cut

LINK = "https://pes.example/strategy.pdf#page=3"
PASSAGES = [
    ("s/1", "paragraph", "The network helps its members to reach every young jobseeker.", 0.9),
    ("s/2", "heading", "Reaching every young jobseeker: a heading of some length here", 1.0),
    ("s/3", "paragraph", "Too short to say much.", 1.0),
    ("s/4", "list_item", "reception by appointment or without one, in every office", 0.4),
]  # fmt: skip


def fill_documents(warehouse: Warehouse, words: str = "") -> None:
    """A strategy in two editions, passages on MT1 and OS1, a megatrend and two claims."""
    document = {"document_id": "s", "work_id": "s", "network": "eu_pes_network", "lang": "en"}
    dates = {"adopted_on": "2021-06-24", "published_on": "2021"}
    warehouse.put(
        "marts.dim_document",
        {**document, **dates, "title": f"Strategy {words}", "year": 2021, "passages": 4},
    )
    for medium, isbn in (("pdf", "9789276402619"), ("print", "9789276402602")):
        edition = {"manifestation_id": f"s/{medium}", "medium": medium, "isbn": isbn}
        warehouse.put(
            "marts.document_catalog", {**document, **edition, "doi": "10.2767/375655",
                                       "is_held": False}
        )  # fmt: skip
    for number, (passage_id, kind, text, confidence) in enumerate(PASSAGES, start=1):
        place: dict[str, Any] = {
            "passage_id": passage_id, "document_id": "s", "network": "eu_pes_network", "lang": "en",
            "passage_no": number, "text": f"{text} {words}".strip(),
            "citation": f"Strategy (2021), p. 3 {words}".strip(), "link": LINK,
        }  # fmt: skip
        warehouse.put("marts.document_passages", {**place, "passage_kind": kind})
        code = "OS1" if passage_id == "s/4" else "MT1"
        coded = {"theme_code": code, "code": code, "terms": words or "young", "coder": "rules"}
        warehouse.put("marts.document_evidence", {**place, **coded, "confidence": confidence})
    for code, passages, respondents in (("MT1", 3, 4), ("OS1", 1, 2)):
        warehouse.put(
            "marts.theme_evidence",
            {
                "network": "eu_pes_network", "year": 2021, "theme_code": code, "documents": 1,
                "documents_in_year": 1, "passages": passages, "passages_in_year": 176, **SURVEY,
                "respondents": respondents, "denominator": 6, "denominator_kind": "respondents",
                "respondent_share": respondents / 6,
            },
        )  # fmt: skip
    trend = {"node_id": "s/megatrends/1", "document_id": "s", "list_position": 1}
    warehouse.put(
        "marts.megatrend_themes", {**trend, "label": f"la polarisation {words}", "code": "MT1"}
    )
    for status, value in (("accepted", 1_000_000), ("proposed", 100), ("rejected", 55)):
        claim = {"claim_id": f"s/1/{value}", "status": status, "value": value, "unit": "visitors"}
        warehouse.put(
            "marts.claims",
            {**claim, "document_id": "s", "quote": f"{value} visitors {words}", "per": "month",
             "sentence": f"It has {value} visitors. {words}", "qualifier": "near",
             "citation": "Strategy (2021)", "subject_iso3": "FRA"},
        )  # fmt: skip

    warehouse.put(
        "marts.claims",
        {"claim_id": "s/1/1001", "status": "accepted", "found_by": "person", "document_id": "s",
         "quote": "a dozen offices", "sentence": "It has a dozen offices.", "citation": "Strategy"},
    )  # fmt: skip


def render(folder: Path, words: str = "") -> dict[str, str]:
    warehouse = Warehouse(folder / "warehouse.duckdb")
    fill(warehouse, words)
    fill_documents(warehouse, words)
    warehouse.close()
    paths = write_report(warehouse.path, folder / "report", version=VERSION)
    return {path.name: path.read_text(encoding="utf-8") for path in paths}


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    return render(tmp_path_factory.mktemp("documents"))


class TestDocumentsPage:
    @pytest.mark.parametrize(
        ("lang", "title", "dates"),
        [
            ("en", "What the documents say", "adopted Jun 24, 2021"),
            ("fr", "Ce que disent les documents", "adopté 24 juin 2021"),
            ("es", "Lo que dicen los documentos", "adoptado 24 jun 2021"),
        ],
    )
    def test_it_is_there_in_three_languages_with_the_dates_of_each(self, pages, lang, title, dates):
        page = pages[f"documents.{lang}.html"]
        assert f"<h1>{title}</h1>" in page
        assert dates in page
        assert f'href="documents.{lang}.html"' in pages[f"demo-2024.{lang}.html"]

    def test_the_index_leads_to_it(self, pages):
        assert 'href="documents.fr.html"' in pages["index.fr.html"]

    def test_every_edition_shows_its_identifiers(self, pages):
        page = pages["documents.en.html"]
        assert "ISBN 9789276402619" in page and "ISBN 9789276402602" in page
        assert 'href="https://doi.org/10.2767/375655"' in page

    def test_a_passage_leads_to_its_page(self, pages):
        assert f'<a href="{LINK}">Strategy (2021), p. 3</a>' in pages["documents.en.html"]

    def test_headings_and_scraps_are_no_evidence(self, pages):
        page = pages["documents.en.html"]
        assert "reach every young jobseeker" in page
        assert "a heading of some length" not in page
        assert "Too short to say much" not in page

    def test_how_much_a_network_speaks_names_what_it_is_of(self, pages):
        assert "Passages: European PES Network 3 / 176" in pages["documents.en.html"]
        assert "Passages : Réseau européen des SPE 3 / 176" in pages["documents.fr.html"]

    def test_a_proposal_is_not_shown_as_a_fact_and_a_rejected_one_not_at_all(self, pages):
        claims = pages["documents.en.html"].partition('id="claims"')[2]
        accepted, proposed = claims.index("1,000,000"), claims.index("100 visitors")
        assert 'class="faint"' not in claims[:accepted]
        assert 'class="faint"' in claims[accepted:proposed]
        assert "55 visitors" not in claims

    def test_a_claim_without_a_number_has_a_dash(self, pages):
        row = (
            pages["documents.en.html"].partition("a dozen offices<small>")[2].partition("</tr>")[0]
        )
        assert '<td class="number"> –</td>' in row

    def test_a_megatrend_stands_with_its_themes(self, pages):
        trends = pages["documents.es.html"].partition('id="megatrends"')[2]
        assert "la polarisation" in trends and "Políticas activas" in trends


class TestWavePage:
    def test_themes_come_in_the_order_in_which_pes_name_them(self, pages):
        section = pages["demo-2024.en.html"].partition('id="documents"')[2].partition("</section>")
        first, second = section[0].index("named by 4 of 6 PES"), section[0].index("named by 2 of 6")
        assert first < second

    def test_a_passage_tells_its_language_where_it_is_another(self, pages):
        section = pages["demo-2024.fr.html"].partition('id="documents"')[2].partition("</section>")
        assert "· anglais" in section[0]


def test_hostile_words_of_a_document_do_nothing(tmp_path):
    for name, page in render(tmp_path, HOSTILE).items():
        assert "<script" not in page and "<img" not in page, name


def test_the_same_warehouse_gives_the_same_pages(tmp_path, pages):
    assert render(tmp_path) == pages


class TestCut:
    def test_a_short_passage_stays_whole(self):
        assert cut("x" * LONGEST, "x") == "x" * LONGEST

    def test_a_long_one_is_cut_around_its_word(self):
        text = "before " * 100 + "needle " + "after " * 100
        shown = cut(text, "missing|needle")
        assert shown.startswith("… before") and shown.endswith("after …")
        assert "needle" in shown and len(shown) <= LONGEST + 4

    def test_without_its_word_it_is_cut_at_its_end(self):
        assert cut("word " * 200, None).startswith("word word")
