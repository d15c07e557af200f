"""Pages that are pictures: each is read or named, however much stands on those before it."""

from __future__ import annotations

import itertools

import pytest

from pes_observatory.read.document.blocks import Block
from pes_observatory.read.document.pdf import ocr

LINES = [Block("paragraph", f"line {number}", 0, 6, is_ocr=True) for number in range(50)]


class Scans(list):
    """A document of eight pages that are pictures; the third is blank."""

    def __init__(self) -> None:
        super().__init__(range(1, 9))


@pytest.fixture(autouse=True)
def _tesseract(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: True)
    monkeypatch.setattr(ocr, "_read", lambda page, number, lang: [] if number == 3 else LINES)


def test_every_page_is_read_however_many_lines_they_have():
    blocks, notes = ocr.read_scans(Scans(), range(1, 9), "en")
    assert len(blocks) == 7 * 50
    assert notes == [
        "pages 1-2, 4-8 of 8 read by OCR; expect wrong letters.",
        "page 3 of 8 without a text layer gave no words by OCR; look at whether they are blank.",
    ]


def test_pages_for_which_there_was_no_time_are_named_as_not_read(monkeypatch):
    clock = itertools.count(0, ocr.MOST_SECONDS / 4)
    monkeypatch.setattr(ocr.time, "monotonic", lambda: next(clock))
    blocks, notes = ocr.read_scans(Scans(), range(1, 9), "en")
    assert len(blocks) == 3 * 50
    assert notes[-1] == (
        "pages 5-8 of 8 not read, as OCR took more than 400 seconds; split the document."
    )
