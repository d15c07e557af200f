"""Pages that are pictures: read by tesseract where it is installed, else named."""

from __future__ import annotations

import shutil
import time
from collections.abc import Sequence
from functools import cache

import pypdfium2

from pes_observatory.read.document.blocks import Block
from pes_observatory.read.document.text import text_blocks

DOTS_PER_INCH = 300
MOST_DOTS = 40_000_000
MOST_SECONDS_A_PAGE = 60
MOST_SECONDS = 400  # of all pages: with less than a document may take, the text layer is kept
TESSERACT_OF = {
    "cs": "ces", "da": "dan", "de": "deu", "el": "ell", "en": "eng", "es": "spa", "fi": "fin",
    "fr": "fra", "it": "ita", "nl": "nld", "pl": "pol", "pt": "por", "ro": "ron", "sv": "swe",
}  # fmt: skip


def read_scans(
    document: pypdfium2.PdfDocument, numbers: Sequence[int], lang: str | None
) -> tuple[list[Block], list[str]]:
    """The blocks of these pages, marked as OCR, and a note of each kind of page left out."""
    if not numbers:
        return [], []
    if not is_installed():
        note = (
            f"{_pages(numbers)} of {len(document)} without a text layer not read, as tesseract "
            "is not installed; install it, or run the document through OCR first."
        )
        return [], [note]
    blocks: list[Block] = []
    read: list[int] = []
    blank: list[int] = []
    left: list[int] = []
    end = time.monotonic() + MOST_SECONDS
    for number in numbers:
        if time.monotonic() > end:
            left.append(number)
            continue
        found = _read(document[number - 1], number, lang)
        blocks += found
        (read if found else blank).append(number)
    told = (
        (read, "read by OCR; expect wrong letters."),
        (blank, "without a text layer gave no words by OCR; look at whether they are blank."),
        (left, f"not read, as OCR took more than {MOST_SECONDS} seconds; split the document."),
    )
    return blocks, [f"{_pages(some)} of {len(document)} {what}" for some, what in told if some]


@cache
def is_installed() -> bool:
    """Whether the program tesseract can be called."""
    return shutil.which("tesseract") is not None


def _read(page: pypdfium2.PdfPage, number: int, lang: str | None) -> list[Block]:
    """The blocks of one picture; offsets are into what tesseract read."""
    import pytesseract

    wanted = TESSERACT_OF.get((lang or "").split("-")[0], "eng")
    known = wanted if wanted in pytesseract.get_languages() else "eng"
    width, height = page.get_size()
    scale = min(DOTS_PER_INCH / 72, (MOST_DOTS / max(width * height, 1)) ** 0.5)
    picture = page.render(scale=scale, grayscale=True).to_pil()
    try:
        text = pytesseract.image_to_string(picture, lang=known, timeout=MOST_SECONDS_A_PAGE)
    except (RuntimeError, pytesseract.TesseractError):
        return []
    return [block._replace(is_ocr=True) for block in text_blocks(text, page=number)]


def _pages(numbers: Sequence[int]) -> str:
    """``page 3`` or ``pages 1-4, 7``."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1] = [runs[-1][0], number]
        else:
            runs.append([number])
    printed = ", ".join("-".join(map(str, run)) for run in runs)
    return f"page{'s' if len(numbers) > 1 else ''} {printed}"
