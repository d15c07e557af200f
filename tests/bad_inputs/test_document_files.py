"""Documents that cannot be read, are not declared, or no longer hold what they held."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from bench import Bench, SpoilAfterGoodNight
from support.examples import document, notes_md, pdf
from support.nights import outcomes_of
from support.pdfs import Text, made_pdf, pdf_of
from support.server import LOGIN_PAGE

INPUTS = Path(os.environ.get("PES_INPUTS") or Path(__file__).parents[3] / "shared" / "inputs")
MALFORMED = INPUTS / "malformed" / "pdf"
PAGE = [Text(60, 700, "Counsellors help young people find work near their home.")]
GOOD_PDF = pdf("Counsellors help young people.", "Employers train them.")
GOOD_PAGE = f"""<!DOCTYPE html><html><head><title>Leaflet</title></head><body><article>
<h1>Counsellors</h1><p>{"Counsellors help young people find work near their home. " * 9}</p>
</article></body></html>"""


@pytest.fixture
def leaflet(after_a_good_night: SpoilAfterGoodNight) -> Bench:
    return after_a_good_night(document("pdf", "leaflet.pdf", GOOD_PDF))


@pytest.fixture
def page(after_a_good_night: SpoilAfterGoodNight) -> Bench:
    return after_a_good_night(document("html", "page.html", GOOD_PAGE))


def test_a_pdf_that_is_no_pdf_is_rejected(leaflet: Bench) -> None:
    leaflet.put("leaflet.pdf", "Counsellors help young people.")
    leaflet.is_rejected("read", "file leaflet.pdf", "not a readable PDF", "ask for it again")


def test_pages_without_text_are_named_in_the_outcome_of_the_night(leaflet: Bench) -> None:
    leaflet.change(gate={"max_change_share": 5})
    leaflet.put("leaflet.pdf", made_pdf(PAGE, [], [Text(60, 700, "A last page.")]))
    night = leaflet.night()
    assert night.failures == {}
    read = next(r for r in outcomes_of(leaflet.home, night, "leaflet") if r["step"] == "read")
    assert read["outcome"] == "landed"
    assert read["detail"].startswith("leaflet.pdf: page 2 of 3 without a text layer")


def test_a_pdf_of_too_many_pages_is_rejected(leaflet: Bench) -> None:
    leaflet.put("leaflet.pdf", pdf_of([b""] * 2_001))
    leaflet.is_rejected("read", "file leaflet.pdf", "has 2,001 pages", "split it")


def test_a_pdf_that_ends_early_is_rejected(leaflet: Bench) -> None:
    leaflet.put("leaflet.pdf", GOOD_PDF[:60])
    leaflet.is_rejected("read", "file leaflet.pdf", "not a readable PDF", "ask for it again")


def test_a_pdf_without_a_text_layer_is_rejected(leaflet: Bench) -> None:
    leaflet.put("leaflet.pdf", pdf())
    leaflet.is_rejected("read", "file leaflet.pdf", "no text layer on its 1 pages", "OCR")


@pytest.mark.parametrize(
    "name",
    [
        "ArturT/encrypted.pdf",
        "ArturT/corrupted.pdf",
        "py-pdf-sample-files/005-libreoffice-writer-password/libreoffice-writer-password.pdf",
    ],
)
def test_a_pdf_from_the_wild_that_nobody_can_open_is_rejected(leaflet: Bench, name: str) -> None:
    if not MALFORMED.is_dir():
        pytest.skip(f"there are no malformed inputs at {MALFORMED}; set PES_INPUTS")
    leaflet.put("leaflet.pdf", (MALFORMED / name).read_bytes())
    leaflet.is_rejected("read", "file leaflet.pdf", "not a readable PDF", "without a password")


def test_a_login_page_where_a_page_was_due_is_rejected(page: Bench) -> None:
    page.put("page.html", LOGIN_PAGE)
    page.is_rejected("read", "file page.html", "has no main text", "check the address")


def test_a_document_that_is_not_declared_is_rejected(notes: Bench) -> None:
    notes.put("more.md", notes_md())
    notes.is_rejected("read", "file more.md", "is not among document.items", "add it there")


def test_a_declared_document_that_did_not_come_is_rejected(notes: Bench) -> None:
    notes.remove("notes.md")
    notes.put("notes-v2.md", notes_md())
    notes.is_rejected("read", "notes.md is declared in document.items", "put it back")


@pytest.mark.parametrize("count", [2, 4])
def test_a_declared_list_with_another_count_is_rejected(notes: Bench, count: int) -> None:
    notes.put("notes.md", notes_md(measures=count))
    notes.is_rejected(
        "read", "file notes.md", f"list measures has {count} items", "expected 3", "correct"
    )


def test_latin_1_where_utf_8_is_due_is_rejected(notes: Bench) -> None:
    notes.put("notes.md", notes_md(ending="Employés").encode("latin-1"))
    notes.is_rejected("read", "file notes.md", "is not utf-8", "set read.encoding")


def test_a_document_without_words_is_rejected(notes: Bench) -> None:
    notes.put("notes.md", "![a picture](picture.png)\n\n---\n")
    notes.is_rejected("read", "file notes.md", "has no text", "put the whole document there")
