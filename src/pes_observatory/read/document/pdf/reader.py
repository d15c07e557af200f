"""PDF to blocks: its text layer page by page; pages that are pictures by OCR, or said so."""

from __future__ import annotations

from pathlib import Path

import pypdfium2

from pes_observatory.read.document.blocks import Extract, Unreadable
from pes_observatory.read.document.pdf.furniture import PageLines
from pes_observatory.read.document.pdf.lines import lines_of
from pes_observatory.read.document.pdf.ocr import is_installed, read_scans
from pes_observatory.read.document.pdf.pages import blocks_of
from pes_observatory.read.document.pdf.words import TextLayer

MOST_PAGES = 2000
MOST_SIGNS = 20_000_000


def read_pdf(path: Path, lang: str | None = None) -> Extract:
    """The blocks of every page; offsets are into the page's text. ``lang`` is for OCR.

    Raises:
        Unreadable: no PDF, encrypted, too long, or no text on any page.
    """
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise Unreadable(
            f"is not a readable PDF ({error}); ask for it again without a password."
        ) from None
    with document:
        count = len(document)
        if count > MOST_PAGES:
            raise Unreadable(f"has {count:,} pages, more than {MOST_PAGES:,}; split it.")
        pages, scans = _pages(document)
        blocks = blocks_of(pages)
        read, notes = read_scans(document, scans, lang)
        if not blocks and not read:
            why = "OCR found no words on them either" if is_installed() else "it is a scan"
            raise Unreadable(
                f"has no text layer on its {count} pages, {why}; install tesseract with its "
                "language, or run it through OCR first."
            )
        title = document.get_metadata_dict(skip_empty=True).get("Title", "").strip() or None
        blocks = sorted([*blocks, *read], key=lambda block: block.page or 0)
        return Extract(blocks, title=title, notes=notes)


def _pages(document: pypdfium2.PdfDocument) -> tuple[list[PageLines], list[int]]:
    """The pages with text, and the numbers of those without."""
    pages: list[PageLines] = []
    scans: list[int] = []
    signs = 0
    for number in range(1, len(document) + 1):
        try:
            page = document[number - 1]
            layer = TextLayer(page)
        except pypdfium2.PdfiumError:
            raise Unreadable(
                f"is damaged on page {number} of {len(document)}; ask for it again."
            ) from None
        signs += len(layer.text)
        if signs > MOST_SIGNS:
            raise Unreadable(f"has more than {MOST_SIGNS:,} characters; split it.")
        lines = lines_of(layer.words())
        width, height = page.get_size()
        if lines:
            pages.append(PageLines(number, width, height, layer.text, lines))
        else:
            scans.append(number)
        layer.close()
        page.close()
    return pages, scans
