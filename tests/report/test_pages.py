"""The barometer's pages: complete, self-contained, harmless and the same each time."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hand_made import HOSTILE, VERSION, bare_warehouse, render

from pes_observatory.report import write_report

LANGUAGES = ("en", "fr", "es")
WAVE_PAGES = [f"demo-2024.{lang}.html" for lang in LANGUAGES]
ALL_PAGES = sorted(
    [
        *WAVE_PAGES,
        *(f"codebook.{lang}.html" for lang in LANGUAGES),
        *(f"findings.{lang}.html" for lang in LANGUAGES),
        "index.html",
        "index.fr.html",
        "index.es.html",
    ]
)
RESOURCES = ("src", "srcset", "data", "poster", "background", "action", "formaction", "xlink:href")


class Tags(HTMLParser):
    """Every tag of a page with its attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data):
        self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.texts).split())


def themes_of(html: str, question: str) -> list[str]:
    """The themes in the table of a question, in order."""
    section = html.partition(f'id="{question}"')[2].partition("</section>")[0]
    table = section.partition('<table class="themes">')[2].partition("</table>")[0]
    return [" ".join(name.split()) for name in re.findall(r'<th scope="row">(.*?)</th>', table)]


def test_there_is_a_page_per_wave_and_language_an_index_and_the_codebook(pages):
    assert sorted(pages) == ALL_PAGES


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("en", "Provisional coding: people have checked 3 of 40 units of meaning;"),
        ("fr", "Codage provisoire : des personnes ont vérifié 3 des 40 unités de sens ;"),
        ("es", "Codificación provisional: personas han comprobado 3 de 40 unidades de sentido;"),
    ],
)
def test_a_wave_says_how_much_of_its_coding_people_have_checked(pages, lang, sentence):
    assert sentence in Tags(pages[f"demo-2024.{lang}.html"]).text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_is_in_its_language_and_leads_to_the_others(pages, lang):
    html = pages[f"demo-2024.{lang}.html"]
    assert f'<html lang="{lang}">' in html
    policies = {"en": "Active policies", "fr": "Politiques actives", "es": "Políticas activas"}
    for each, label in policies.items():
        assert (label in html) is (each == lang)
    links = [attrs.get("href") for tag, attrs in Tags(html).tags if tag == "a"]
    for other in set(LANGUAGES) - {lang}:
        assert f"demo-2024.{other}.html" in links


def test_every_link_within_the_report_leads_somewhere(pages):
    for name, html in pages.items():
        tags = Tags(html).tags
        ids = {attrs["id"] for _, attrs in tags if "id" in attrs}
        for tag, attrs in tags:
            href = attrs.get("href", "") if tag == "a" else ""
            if href.startswith("#"):
                assert href[1:] in ids, f"{name}: {href}"
            elif href and not href.startswith("http"):
                assert href.partition("#")[0] in pages, f"{name}: {href}"


def test_the_release_that_made_it_is_printed(pages):
    for name, html in pages.items():
        assert VERSION in html, name


@pytest.mark.parametrize("which", ["pages", "hostile_pages"])
def test_nothing_is_run_or_loaded_from_outside(which, request):
    for name, html in request.getfixturevalue(which).items():
        for tag, attrs in Tags(html).tags:
            where = f"{name}: <{tag} {attrs}>"
            assert tag not in ("script", "iframe", "object", "embed", "img", "link", "base"), where
            assert not [attr for attr in attrs if attr.startswith("on")], where
            assert not set(attrs) & set(RESOURCES), where
            assert "url(" not in attrs.get("style", ""), where
            if "href" in attrs:
                assert tag == "a", where
                assert not attrs["href"].strip().lower().startswith(("javascript:", "data:")), where
        styles = "".join(re.findall(r"<style>(.*?)</style>", html, re.DOTALL))
        assert "url(" not in styles
        assert "@import" not in styles


def test_hostile_words_are_shown_as_they_are_and_do_nothing(hostile_pages):
    for name in WAVE_PAGES:
        html = hostile_pages[name]
        assert "<script" not in html
        assert "<img" not in html
        shown = Tags(html).text
        assert shown.count(HOSTILE) > 5, "the words are printed where they belong"
    assert HOSTILE in Tags(hostile_pages["index.html"]).text
    assert HOSTILE in Tags(hostile_pages["codebook.en.html"]).text
    assert HOSTILE in Tags(hostile_pages["findings.en.html"]).text


def test_an_equal_warehouse_gives_the_same_bytes_anywhere(tmp_path, pages):
    again = render(tmp_path, "plain words")
    assert {name for name in ALL_PAGES if again[name] != pages[name]} == set()


def test_the_warehouse_is_only_read(tmp_path):
    warehouse = bare_warehouse(tmp_path / "warehouse.duckdb")
    before = warehouse.path.read_bytes()
    warehouse.path.chmod(0o444)
    write_report(warehouse.path, tmp_path / "report", version=VERSION)
    assert warehouse.path.read_bytes() == before


def test_a_wave_without_questions_regions_or_context_has_its_pages(tmp_path):
    warehouse = bare_warehouse(tmp_path / "warehouse.duckdb")
    paths = write_report(warehouse.path, tmp_path / "report", version=VERSION)
    assert {path.name for path in paths} >= {f"bare-2020.{lang}.html" for lang in LANGUAGES}


class TestQuestions:
    def test_residual_codes_stand_last_however_many_named_them(self, pages):
        named = themes_of(pages["demo-2024.en.html"], "Q1")
        assert named == ["Active policies", "Reception", "Not coded"]

    def test_a_residual_code_never_leads(self, pages):
        html = pages["demo-2024.en.html"]
        glance = html.partition('class="glance"')[2].partition("</table>")[0]
        assert "Active policies" in glance
        assert "Not coded" not in glance

    def test_numbers_name_their_denominator(self, pages):
        text = Tags(pages["demo-2024.en.html"]).text
        assert "6 PES answered this question" in text
        assert "3 of 6" in text

    def test_small_numbers_are_marked(self, pages):
        html = pages["demo-2024.en.html"]
        section = html.partition('id="Q8"')[2].partition("</section>")[0]
        assert themes_of(html, "Q8") == ["Reception*"]
        assert "Fewer than five" in section

    def test_each_question_has_a_chart_with_words_for_those_who_do_not_see_it(self, pages):
        for name in WAVE_PAGES:
            charts = [attrs for tag, attrs in Tags(pages[name]).tags if tag == "svg"]
            assert len(charts) == 7, "Q1, G10 in two regions, Q8, G11, coverage and context"
            for attrs in charts:
                assert attrs["role"] == "img"
                assert len(attrs["aria-label"]) > 20

    def test_numbers_are_written_as_the_language_does(self, pages):
        assert "50%" in pages["demo-2024.en.html"]
        assert "50\u202f%" in pages["demo-2024.fr.html"]


class TestFigures:
    def test_a_figure_stands_with_its_year_change_flag_basis_and_provider(self, pages):
        table = pages["demo-2024.en.html"].partition('id="rate"')[2].partition("</details>")[0]
        belgium, france = [Tags(row).text for row in table.split("<tr>")[2:]]
        assert belgium.split() == [
            *("BEL", "plain", "words", "5.5b", "2023", "break", "in", "between"),
            *("modelled", "World", "Bank", "MT1"),
        ]
        assert "7.3b 2023 \u22122.1 modelled World Bank MT1" in france

    def test_the_sum_of_a_concept_names_its_providers_and_how_many_changes_it_rests_on(self, pages):
        html = pages["demo-2024.fr.html"].partition('id="context"')[2]
        text = Tags(html.partition("</details>")[0]).text
        assert "Banque mondiale 2" in text
        assert "\u22122,1n = 1" in text

    def test_a_theme_beside_a_figure_is_an_association_with_n_and_interval(self, pages):
        html = pages["demo-2024.en.html"].partition('id="associations"')[2]
        text = Tags(html.partition("</section>")[0]).text
        assert "never a cause" in text
        assert "7.0n = 12" in text
        assert "5.5n = 9" in text
        assert "+1.5+0.4 to +2.6 associated with higher figures" in text
        assert "Too few countries on one side to compare (named / not named): OS1 Rate" in text
        assert "(2 / 9)" in text


def test_a_synthetic_wave_says_so(pages):
    assert "Synthetic data" in pages["demo-2024.en.html"]


def test_a_failing_check_and_its_reason_are_on_the_index(pages):
    assert "landing_answers" in pages["index.html"]
    assert "plain words" in pages["index.html"]
