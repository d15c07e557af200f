"""The charts of the 2022 report on a wave's page, and the page that holds the report to account."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

LANGUAGES = ("en", "fr", "es")


class Texts(HTMLParser):
    """The text of a page, on one line."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.feed(html)

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.parts).split())


def part(html: str, start: str, end: str) -> str:
    return html.partition(start)[2].partition(end)[0]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_chart_has_its_title_and_its_place_on_the_page(pages, lang):
    html = pages[f"demo-2024.{lang}.html"]
    for chart_id in ("G01", "G10", "G11", "G16"):
        assert html.count(f'id="{chart_id}"') == 1
        assert f"{chart_id} in {lang}" in html


class TestTheListOfCharts:
    def test_a_chart_that_a_wave_cannot_fill_says_why(self, pages):
        row = part(pages["demo-2024.en.html"], '<tr class="faint" id="G16">', "</tr>")
        assert "not drawn, nobody answered the question" in row

    def test_the_printed_number_stands_beside_the_chart(self, pages):
        row = part(pages["demo-2024.en.html"], 'href="#G11"', "</tr>")
        assert '<td class="number">7</td>' in row

    def test_each_method_is_explained_where_the_chart_points_to(self, pages):
        html = pages["demo-2024.en.html"]
        methods = set(re.findall(r'href="#(method-\w+)"', html))
        assert methods == {"method-plain", "method-mentions", "method-M1"}
        for method in methods:
            assert f'<dt id="{method}">' in html


class TestAChart:
    def test_the_chart_that_ranks_the_question_is_drawn_once(self, pages):
        question = part(pages["demo-2024.en.html"], 'id="Q1"', "</section>")
        assert question.count('<figure class="chart') == 3, "G01 and G10 in two regions"

    def test_what_is_counted_is_said_with_the_chart(self, pages):
        question = Texts(part(pages["demo-2024.en.html"], 'id="Q8"', "</section>")).text
        assert "Share of passages · of the 3 coded passages on the question" in question

    def test_it_has_its_numbers_as_a_table_too(self, pages):
        chart = part(pages["demo-2024.en.html"], 'id="G11"', "</table>")
        cells = re.findall(r'<td class="number">(.*?)</td>', chart)
        assert cells == ["2", "3", "67%", "57–77%", "2"]

    def test_a_region_prints_its_n_and_is_marked_under_five(self, pages):
        chart = Texts(part(pages["demo-2024.en.html"], 'id="G10"', "</section>")).text
        assert "africa en n = 2*" in chart
        assert "europe en n = 6" in chart
        assert "europe en n = 6*" not in chart

    def test_regions_share_one_scale(self, pages):
        chart = part(pages["demo-2024.en.html"], 'id="G10"', "</section>")
        drawings = re.findall(r"<svg.*?</svg>", chart, re.DOTALL)
        assert len(drawings) == 2
        for drawing in drawings:
            assert re.findall(r">(\d+%)</text>", drawing) == ["0%", "50%", "100%"]

    def test_a_region_shows_its_share_with_the_pes_behind_it(self, pages):
        chart = part(pages["demo-2024.en.html"], 'id="G10"', "</section>")
        assert "1 / 2 · 60%*" in chart
        assert "2 / 6 · 40%" in chart


class TestChanges:
    def test_a_change_comes_with_its_interval_and_its_reading(self, pages):
        rows = Texts(part(pages["demo-2024.en.html"], 'id="changes"', "</section>")).text
        assert "40% 2023: 2 / 5 50% 2024: 3 / 6 +10 pts −38 pts to +52 pts not settled" in rows

    def test_a_break_shows_no_change(self, pages):
        rows = Texts(part(pages["demo-2024.en.html"], 'id="changes"', "</section>")).text
        assert "Reception 40% 2023: 2 / 5 50% 2024: 3 / 6 – not comparable, the codebook" in rows


class TestTheReportOf2022:
    def test_a_contradiction_is_a_sentence_with_its_numbers(self, pages):
        found = Texts(part(pages["findings.en.html"], 'id="contradictions"', "</section>")).text
        assert (
            "Active policies: no whole number out of 35 makes 65%. "
            "22 would be 62.9%, 23 would be 65.7%."
        ) in found
        assert "Number of respondents: the values 33, 36, 37 are all given." in found
        assert "Members thanked: 37 entries, but 36 different ones; FRA plain words stands" in found

    def test_of_the_numbers_that_would_do_five_are_named(self, pages):
        found = Texts(part(pages["findings.en.html"], 'id="contradictions"', "</section>")).text
        assert "61% / 22% of one chart cannot be of any number that the report prints" in found
        assert "would allow, for example, 18, 23, 36, 41, 46." in found

    def test_numbers_are_written_as_the_language_does(self, pages):
        found = Texts(part(pages["findings.fr.html"], 'id="contradictions"', "</section>")).text
        assert "22 feraient 62,9 %, 23 feraient 65,7 %." in found

    def test_a_claim_stands_beside_what_is_recomputed(self, pages):
        table = Texts(part(pages["findings.en.html"], 'class="claims"', "</table>")).text
        assert "Active policies 65% of 35 21.4% (6 / 28) +44 pts differs !" in table
        assert "Number of respondents 37 37 0 agrees" in table

    def test_a_claim_about_a_wave_that_is_not_loaded_says_so(self, pages):
        table = Texts(part(pages["findings.en.html"], 'class="claims"', "</table>")).text
        assert "plain words 7 – – wave not loaded" in table

    def test_the_entries_of_a_list_are_not_compared_one_by_one(self, pages):
        table = part(pages["findings.en.html"], 'class="claims"', "</table>")
        assert table.count("<tr") == 4, "a head and three claims"
