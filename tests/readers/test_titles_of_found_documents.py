"""A found document is called as it is listed, unless that says nothing and it knows better."""

from __future__ import annotations

import pytest

from pes_observatory.read.document.blocks import Block, Extract
from pes_observatory.read.document.titles import title_of

AT = "https://pes.example/files/annual-report_2021.pdf"


def extract(title: str | None = None, *headings: str, page: int | None = 1) -> Extract:
    blocks = [Block("heading", words, 0, len(words), 1, page) for words in headings]
    return Extract([Block("paragraph", "To help", 0, 7), *blocks], title=title)


@pytest.mark.parametrize(
    "listed",
    [
        "Download", "PDF (2,3 MB)", "Télécharger le document", "Descargar PDF", "English", "2021",
        "annual-report_2021.pdf", "Annual report 2021", AT, "Lire la suite…",
    ],
)  # fmt: skip
def test_a_link_that_says_nothing_gives_way_to_the_title_of_the_document(listed):
    assert title_of(extract("How offices help"), listed, AT) == "How offices help"


@pytest.mark.parametrize("listed", ["Strategy", "Download our strategy", "Annual review 2021"])
def test_a_link_that_says_something_stays(listed):
    assert title_of(extract("How offices help"), listed, AT) == listed


@pytest.mark.parametrize(
    "title",
    [
        None, "", "untitled", "Microsoft Word - final_v3.docx", "AR21_inside.indd", "Présentation",
        "PowerPoint Presentation", "Rapport", "Microsoft Word - Final of May.docx", "x" * 400,
    ],
)  # fmt: skip
def test_a_title_that_a_program_left_gives_way_to_the_first_heading(title):
    assert title_of(extract(title, "2021", "A year of offices"), "PDF", AT) == "A year of offices"


def test_what_a_program_put_before_a_title_goes():
    assert title_of(extract("Microsoft Word - Offices and youth"), "PDF", AT) == "Offices and youth"


@pytest.mark.parametrize(
    "part", ["7.4. Concentration of offices", "CHAPTER 6 - An overview", "Annexe A"]
)
def test_a_heading_of_a_part_is_no_title(part):
    assert title_of(extract(None, part, "2021 in our offices"), "PDF", AT) == "2021 in our offices"


def test_a_heading_far_inside_is_no_title():
    assert title_of(extract(None, "A year of offices", page=3), "PDF", AT) == "PDF"


def test_where_nothing_is_better_the_link_stays():
    assert title_of(extract(), "Download", AT) == "Download"


def test_a_title_names_nobody_to_write_to():
    said = title_of(extract("Report by anne@pes.example"), "PDF", AT)
    assert "anne@" not in said
    assert said.startswith("Report by ")
