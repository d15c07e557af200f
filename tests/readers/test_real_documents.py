"""The published documents: passages, declared lists, and spans that lead to the words."""

from __future__ import annotations

import re
from collections import Counter

import pypdfium2
import pytest

from pes_observatory.errors import LoadRejected

STRATEGY = "documents/eu-pes-network-strategy-2021.fr.md"
REPORT = "documents/wapes-strategies-enjeux-2022.fr.md"
ARTICLE_2013 = "documents/pole-emploi-2013-spe-outils-numeriques.fr.txt"
ARTICLE_2017 = "documents/pole-emploi-2017-defi-innovation.fr.txt"
MARKUP = re.compile(r"</?\w{1,8}>|\]\([^)]*\)|[*\\]")


def words(text: str) -> list[str]:
    """The words of a text, whatever its markup."""
    return re.findall(r"\w+", MARKUP.sub("", text))


@pytest.fixture(scope="module")
def strategy(read_real):
    return read_real("markdown", STRATEGY, source="eu_pes_network_strategy_2021")


def items_of(reading, list_id: str) -> list[dict]:
    return [row for row in reading.rows if row["list_id"] == list_id]


class TestStrategyOfTheEuropeanNetwork:
    def test_ten_megatrends_are_found_in_nine_bullets(self, inputs, strategy):
        lines = (inputs / STRATEGY).read_text(encoding="utf-8").splitlines()[124:133]
        assert sum(line.lstrip().startswith("- ") for line in lines) == 9
        found = items_of(strategy, "megatrends")
        assert [row["list_position"] for row in found] == list(range(1, 11))
        assert [row["label"] for row in found] == [
            "la responsabilisation",
            "la polarisation",
            "l'hyperconnectivité",
            "le désengagement",
            "le vieillissement",
            "la dématérialisation",
            "la rareté des ressources",
            "le flou des frontières",
            "l'érosion de la gouvernance",
            "le déplacement",
        ]

    def test_the_merged_bullet_is_parted_where_its_second_label_begins(self, strategy):
        seventh, eighth = items_of(strategy, "megatrends")[6:8]
        assert seventh["text"].endswith("à la promotion des emplois verts")
        assert eighth["text"].startswith("le flou des frontières : le co-développement")

    def test_nine_goals_of_the_mission(self, strategy):
        found = items_of(strategy, "mission_goals")
        assert [row["list_position"] for row in found] == list(range(1, 10))
        assert found[0]["text"].startswith("renforcer la capacité d'améliorer le fonctionnement")
        assert found[8]["text"].startswith("optimiser les avantages de l'évolution")
        assert {row["heading_path"].split(" > ")[-1] for row in found} == {"MISSION"}

    def test_nine_actors_of_the_ecosystem(self, strategy):
        found = items_of(strategy, "ecosystem_actors")
        assert [row["list_position"] for row in found] == list(range(1, 10))
        assert found[0]["text"] == "des organisations non gouvernementales;"
        assert found[8]["text"] == "des agences de travail temporaire."

    def test_its_passages_are_numbered_and_named(self, strategy):
        assert len(strategy) == 176
        assert strategy.column("passage_no") == list(range(1, 177))
        first = strategy.rows[0]
        assert first["passage_id"] == "eu-pes-network-strategy-2021/1"
        assert (first["network"], first["lang"]) == ("eu_pes_network", "fr")
        assert first["published_on"] == "2021-06-24"

    def test_its_office_e_mail_is_blotted_out(self, strategy):
        texts = "\n".join(strategy.column("text"))
        assert "EMPL-PES-SECRETARIAT" not in texts
        assert "[e-mail]" in texts


class TestWapesReport:
    def test_every_block_is_a_passage(self, read_real):
        report = read_real("markdown", REPORT, source="wapes_report_2022")
        assert Counter(report.column("passage_kind")) == {
            "paragraph": 179,
            "list_item": 96,
            "table": 30,
            "heading": 21,
        }

    def test_a_title_and_its_page_number_are_cells_of_a_table(self, read_real):
        report = read_real("markdown", REPORT, source="wapes_report_2022")
        assert report.one(row_no=5)["text"].startswith("Introduction")
        assert report.one(row_no=5)["passage_kind"] == "table"
        assert report.one(row_no=5)["heading_path"] == "2022 > Plan du document"
        assert report.one(row_no=6)["text"] == "3"


class TestArticles:
    def test_paragraphs_are_parted_by_blank_lines(self, read_real):
        article = read_real("text", ARTICLE_2013, source="pole_emploi_articles")
        assert len(article) == 10
        assert article.one(row_no=1)["text"] == "Imprimer Envoyer à un ami"
        assert article.one(row_no=3)["text"] == "23.09.2013"
        assert article.one(row_no=9)["text"] == "Accompagner les évolutions futures"

    def test_without_blank_lines_each_long_line_is_a_paragraph(self, read_real):
        article = read_real("text", ARTICLE_2017, source="pole_emploi_articles")
        assert len(article) == 6
        assert article.one(row_no=2)["text"].startswith("Publié le 21/09/2017")
        assert article.one(row_no=6)["text"].startswith("Développer le « digital à visage humain »")


@pytest.mark.parametrize(
    ("format_name", "path", "source"),
    [
        ("markdown", STRATEGY, "eu_pes_network_strategy_2021"),
        ("markdown", REPORT, "wapes_report_2022"),
        ("text", ARTICLE_2013, "pole_emploi_articles"),
        ("text", ARTICLE_2017, "pole_emploi_articles"),
    ],
)
def test_every_span_holds_the_words_of_its_passage(inputs, read_real, format_name, path, source):
    text = (inputs / path).read_text(encoding="utf-8")
    for row in read_real(format_name, path, source=source).rows:
        if "[e-mail]" in row["text"] or "[phone]" in row["text"]:
            continue
        slice_ = " ".join(words(text[row["char_start"] : row["char_end"]]))
        assert " ".join(words(row["text"])) in slice_, row["row_no"]


class TestPdf:
    @pytest.mark.parametrize(
        ("path", "pages"),
        [
            ("documents/pdf/eu-icdar2013-tables/eu-001.pdf", 3),
            ("documents/pdf/es-metodologia-laboral/estandar_procesos_INE.pdf", 12),
        ],
    )
    def test_no_word_of_the_text_layer_is_lost_or_cut(self, inputs, read_real, path, pages):
        reading = read_real("pdf", path)
        assert set(reading.column("page")) == set(range(1, pages + 1))
        with pypdfium2.PdfDocument(inputs / path) as document:
            printed = " ".join(page.get_textpage().get_text_bounded() for page in document)
        assert Counter(words(" ".join(reading.column("text")))) == Counter(words(printed))

    def test_lines_of_a_paragraph_are_one_passage_even_when_set_wide(self, read_real):
        passages = read_real("pdf", "documents/pdf/eu-icdar2013-tables/eu-005.pdf")
        second = passages.one(row_no=2)["text"]
        assert second.startswith("Ultimately, the most important comparison is inter-temporal")
        assert "concentration changing over time? Unfortunately, here, we are confined" in second

    def test_a_passage_names_its_page(self, read_real):
        path = "documents/pdf/es-metodologia-laboral/estandar_procesos_INE.pdf"
        passages = read_real("pdf", path)
        version = passages.one(text="Versión 7 de abril de 2015")
        assert version["page"] == 1
        heading = passages.one(text="1 Justificación de la necesidad del estándar")
        assert heading["page"] == 2

    def test_a_scan_without_text_is_refused(self, read_real):
        with pytest.raises(LoadRejected, match="has no text layer on its 1 pages"):
            read_real("pdf", "documents/pdf/ocrmypdf-scans/francais.pdf")


class TestHtml:
    def test_the_main_text_without_menus(self, read_real):
        path = "documents/html/trafilatura-eval/arbeitsagentur.de-arbeitsmarkt.html"
        passages = read_real("html", path)
        heading = passages.rows[0]
        assert heading["passage_kind"] == "heading"
        assert heading["text"] == "Entwicklung des Arbeitsmarkts 2022 in Deutschland"
        assert "Der Arbeitsmarkt ist gut in das Jahr 2022 gestartet" in passages.rows[2]["text"]
        assert passages.rows[2]["heading_path"].endswith("Jahresanfang auf Erholungskurs")
