"""PDF to blocks: the text layer page by page, paragraphs parted by wider gaps and other type."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pypdfium2

from pes_observatory.errors import LoadRejected
from pes_observatory.read.document.passages import Block
from pes_observatory.read.document.text import text_blocks

MOST_PAGES = 2000
WIDEST_GAP = 1.3
MOST_CHANGE_OF_SIZE = 0.15
BROKEN_WORD = "\ufffe"


@dataclass(frozen=True)
class _Line:
    words: str
    bottom: float
    height: float


def pdf_blocks(where: str, path: Path) -> Iterator[Block]:
    """The blocks of every page; offsets are into the page's text.

    Raises:
        LoadRejected: no PDF, encrypted, too many pages, or no text on any page.
    """
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise LoadRejected(
            f"{where}: is not a readable PDF ({error}); ask for it again without a password."
        ) from None
    with document:
        if len(document) > MOST_PAGES:
            raise LoadRejected(
                f"{where}: has {len(document)} pages, more than {MOST_PAGES}; split it."
            )
        found = 0
        for number, page in enumerate(document, start=1):
            for block in text_blocks(_page_text(page), page=number):
                found += 1
                yield block
        if not found:
            raise LoadRejected(
                f"{where}: has no text layer on its {len(document)} pages; "
                "it is a scan, run it through OCR first."
            )


def _page_text(page: pypdfium2.PdfPage) -> str:
    """The page's text with a blank line where a wider gap or another size of type comes."""
    lines = list(_lines(page.get_textpage()))
    steps = sorted(
        upper.bottom - line.bottom for upper, line in pairwise(lines) if upper.bottom > line.bottom
    )
    usual = steps[len(steps) // 2] if steps else 0.0
    parts = [line.words for line in lines[:1]]
    for upper, line in pairwise(lines):
        is_near = 0 <= upper.bottom - line.bottom <= WIDEST_GAP * usual
        is_alike = abs(upper.height - line.height) <= MOST_CHANGE_OF_SIZE * line.height
        parts.append(f"\n{line.words}" if is_near and is_alike else f"\n\n{line.words}")
    return "".join(parts)


def _lines(text_page: pypdfium2.PdfTextPage) -> Iterator[_Line]:
    """The lines as PDFium parts them, each at the place and height of its first sign."""
    start = 0
    for line in text_page.get_text_range().split("\r\n"):
        words = line.replace(BROKEN_WORD, "").strip()
        if words:
            first = start + len(line) - len(line.lstrip())
            _, bottom, _, top = text_page.get_charbox(first, loose=True)
            yield _Line(words, bottom, top - bottom)
        start += len(line) + 2
