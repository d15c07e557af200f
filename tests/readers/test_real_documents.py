"""The published documents: passages, declared lists, and spans that lead to the words."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from difflib import SequenceMatcher

import pypdfium2
import pytest

from pes_observatory.errors import LoadRejected
from pes_observatory.read.document.pdf.reader import read_pdf

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

    def test_four_objectives_of_which_the_first_has_four_parts(self, strategy):
        found = items_of(strategy, "objectives")
        assert [row["list_position"] for row in found] == list(range(1, 9))
        assert [row["text"].split()[0] for row in found] == [
            "promouvoir", "la", "l'appui", "l'adoption", "la",
            "appuyer", "renforcer", "améliorer",
        ]  # fmt: skip

    def test_seven_activities_and_not_the_list_before_them(self, strategy):
        found = items_of(strategy, "network_activities")
        assert found[0]["text"] == "recenser les offres de services;"
        assert found[6]["text"].startswith("apporter des éléments probants")
        assert len(found) == 7

    def test_its_passages_are_numbered_and_named(self, strategy):
        assert len(strategy) == 176
        assert strategy.column("passage_no") == list(range(1, 177))
        first = strategy.rows[0]
        assert first["passage_id"] == "eu-pes-network-strategy-2021/1"
        assert (first["network"], first["lang"]) == ("eu_pes_network", "fr")
        assert first["published_on"] == "2021"

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
            "table": 1,
            "heading": 21,
        }

    def test_a_title_and_its_page_number_are_cells_of_one_table(self, read_real):
        report = read_real("markdown", REPORT, source="wapes_report_2022")
        contents = report.one(passage_kind="table")
        assert contents["heading_path"] == "2022 > Plan du document"
        rows = [row.split("\t") for row in contents["text"].splitlines()]
        assert len(rows) == 15
        assert rows[0][0].startswith("Introduction")
        assert rows[0][1] == "3"


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
    def test_no_letter_of_the_text_layer_is_lost_or_doubled(self, inputs, read_real, path, pages):
        reading = read_real("pdf", path)
        reading_text = " ".join(reading.column("text"))
        assert set(reading.column("page")) == set(range(1, pages + 1))
        with pypdfium2.PdfDocument(inputs / path) as document:
            printed = " ".join(page.get_textpage().get_text_bounded() for page in document)
        found, wanted = (Counter(filter(str.isalpha, text)) for text in (reading_text, printed))
        assert found == wanted

    def test_lines_of_a_paragraph_are_one_passage_even_when_set_wide(self, read_real):
        passages = read_real("pdf", "documents/pdf/eu-icdar2013-tables/eu-005.pdf")
        start = "Ultimately, the most important comparison is inter-temporal"
        found = [text for text in passages.column("text") if text.startswith(start)]
        assert len(found) == 1
        assert "concentration changing over time? Unfortunately, here, we are confined" in found[0]

    def test_a_passage_names_its_page(self, read_real):
        path = "documents/pdf/es-metodologia-laboral/estandar_procesos_INE.pdf"
        passages = read_real("pdf", path)
        version = passages.one(text="Versión 7 de abril de 2015")
        assert version["page"] == 1
        heading = passages.one(text="1 Justificación de la necesidad del estándar")
        assert heading["page"] == 2

    def test_a_scan_without_text_is_refused_or_read_by_ocr(self, read_real):
        path = "documents/pdf/ocrmypdf-scans/francais.pdf"
        if shutil.which("tesseract") is None:
            with pytest.raises(LoadRejected, match="has no text layer on its 1 pages"):
                read_real("pdf", path)
            return
        reading = read_real("pdf", path)
        assert set(reading.column("is_ocr")) == {True}
        assert reading.column("lang")[0] == "fr"

    def test_pages_of_pictures_among_pages_of_text_are_no_passages(self, read_real):
        reading = read_real("pdf", "documents/pdf/ocrmypdf-scans/multipage.pdf")
        if shutil.which("tesseract") is None:
            assert set(reading.column("page")) == {4}
        assert {row["page"] for row in reading.rows if not row["is_ocr"]} == {4}

    def test_three_columns_are_read_down_and_their_footnotes_stand_apart(self, read_real):
        reading = read_real("pdf", "documents/pdf/pdfplumber/federal-register-2020-17221.pdf")
        notes = [row for row in reading.rows if row["passage_kind"] == "footnote"]
        numbers = [int(row["text"].split()[0]) for row in notes if row["text"][0].isdigit()]
        assert numbers[:9] == list(range(1, 10))
        assert {row["page"] for row in notes[:9]} == {2}
        second = [row["text"] for row in reading.rows if row["page"] == 2]
        body = " ".join(text for text in second if not text[0].isdigit())
        stall, alert = body.index("stall warning activation"), body.index("altitude disagree alert")
        assert stall < alert < body.index("and the Ethiopian Civil Aviation Authority")

    def test_its_running_heads_and_page_numbers_are_gone(self, read_real):
        reading = read_real("pdf", "documents/pdf/pdfplumber/federal-register-2020-17221.pdf")
        texts = "\n".join(reading.column("text"))
        assert "VerDate" not in texts
        assert "47699" not in texts

    def test_two_columns_of_a_paper(self, inputs):
        path = inputs / "malformed/pdf/py-pdf-sample-files/026-latex-multicolumn/multicolumn.pdf"
        page = [block.text for block in read_pdf(path).blocks if block.page == 1]
        assert page[:3] == [
            "Two-Column Document with Lorem Ipsum",
            "Your Name January 3, 2024",
            "Abstract",
        ]
        assert page[4].startswith("Lorem ipsum dolor sit amet, consectetuer adipiscing elit.")
        assert page[-4].endswith("Vivamus viverra fermentum felis. Donec nonummy")
        assert page[-3].startswith("pellentesque ante. Phasellus adipiscing semper elit.")

    def test_a_table_has_the_cells_that_people_marked(self, read_real):
        reading = read_real("pdf", "documents/pdf/eu-icdar2013-tables/eu-004.pdf")
        tables = [row for row in reading.rows if row["passage_kind"] == "table"]
        first = next(row for row in tables if row["page"] == 2)["text"].splitlines()
        assert first[0].split("\t") == [
            "",
            "per capita GNP ($000) 1995",
            "population 1995 (mn)",
            "Number of retail outlets (000)",
            "inhabitants per outlet",
            "Retail sales (Ecu bn)",
            "Retail sales per outlet (Ecu 000)",
        ]
        assert first[1].split("\t") == ["Germany", "27.5", "81.9", "415.3", "196", "373", "898"]
        assert first[-1].split("\t") == ["EU15 Total", "", "372.3", "3236.5", "115", "1565", "549"]

    def test_numbered_headings_have_levels_and_tasks_stand_below_them(self, read_real):
        path = "documents/pdf/es-metodologia-laboral/estandar_procesos_INE.pdf"
        passages = read_real("pdf", path)
        task = passages.one(text="4.1.1 Ejecutar construcción de la población marco")
        assert task["passage_kind"] == "list_item"
        assert task["heading_path"].endswith(
            "4 Recoger/Obtener > 4.1 Crear marco y seleccionar muestra"
        )


TEXT_PDFS = (
    *(f"eu-icdar2013-tables/eu-{number}" for number in ("002", "006", "007", "008", "010", "011")),
    "eu-bigdata-hackathon2017/ESS_BigData_Hackathon_description",
    "ec-eusurvey-guides/Editor_Guide_FR",
    "ec-eusurvey-sample-surveys/PublicConsultationFrameworkProgramme",
    "eurostat-edp-notifications/2012_1",
    "pdfplumber/WARN-Report-for-7-1-2015-to-03-25-2016",
)


@pytest.mark.parametrize("name", TEXT_PDFS)
def test_real_pdfs_keep_98_percent_of_their_letters_once(inputs, name):
    path = inputs / "documents" / "pdf" / f"{name}.pdf"
    with pypdfium2.PdfDocument(path) as document:
        printed = " ".join(page.get_textpage().get_text_bounded() for page in document)
    wanted = Counter(filter(str.isalpha, printed))
    found = Counter(filter(str.isalpha, " ".join(block.text for block in read_pdf(path).blocks)))
    assert (wanted & found).total() >= 0.98 * wanted.total()
    assert (found - wanted).total() <= 0.002 * wanted.total()


SINGLE_COLUMN = (
    "es-metodologia-laboral/estandar_procesos_INE.pdf",
    "eu-bigdata-hackathon2017/Methodology_summary.pdf",
    "eu-icdar2013-tables/eu-008.pdf",
    "ec-eusurvey-sample-surveys/SatisfactionSurvey.pdf",
)


@pytest.mark.parametrize("name", SINGLE_COLUMN)
def test_single_column_text_is_in_the_order_in_which_it_is_printed(inputs, name):
    path = inputs / "documents" / "pdf" / name
    with pypdfium2.PdfDocument(path) as document:
        whole = " ".join(page.get_textpage().get_text_bounded() for page in document)
    ours = " ".join(block.text for block in read_pdf(path).blocks)
    printed, found = (re.findall(r"[^\W\d_]+", text) for text in (whole, ours))
    matcher = SequenceMatcher(None, printed, found, autojunk=False)
    in_order = sum(block.size for block in matcher.get_matching_blocks())
    assert in_order >= 0.98 * len(found) > 300


class TestHtml:
    def test_the_main_text_without_menus(self, read_real):
        path = "documents/html/trafilatura-eval/arbeitsagentur.de-arbeitsmarkt.html"
        passages = read_real("html", path)
        heading = passages.rows[0]
        assert heading["passage_kind"] == "heading"
        assert heading["text"] == "Entwicklung des Arbeitsmarkts 2022 in Deutschland"
        assert "Der Arbeitsmarkt ist gut in das Jahr 2022 gestartet" in passages.rows[2]["text"]
        assert passages.rows[2]["heading_path"].endswith("Jahresanfang auf Erholungskurs")
