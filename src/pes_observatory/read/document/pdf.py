"""PDF to blocks: the text layer page by page, paragraphs parted by wider line gaps."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2

from pes_observatory.errors import LoadRejected
from pes_observatory.read.document.passages import Block
from pes_observatory.read.document.text import text_blocks

MOST_PAGES = 2000


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
    """The page's text with a blank line where the gap to the next line is wider than usual."""
    text_page = page.get_textpage()
    lines: list[tuple[float, float, str]] = []
    for index in range(text_page.count_rects()):
        left, bottom, right, top = text_page.get_rect(index)
        words = text_page.get_text_bounded(left, bottom, right, top).strip()
        if not words:
            continue
        if lines and abs(lines[-1][1] - bottom) < (top - bottom) / 2:
            lines[-1] = (lines[-1][0], lines[-1][1], f"{lines[-1][2]} {words}")
        else:
            lines.append((top, bottom, words))
    heights = sorted(top - bottom for top, bottom, _ in lines) or [0.0]
    usual = heights[len(heights) // 2]
    parts: list[str] = []
    for number, (top, _, words) in enumerate(lines):
        is_apart = number > 0 and not 0 <= lines[number - 1][1] - top < 0.9 * usual
        parts.append(f"\n\n{words}" if is_apart else f"\n{words}")
    return "".join(parts).strip()
