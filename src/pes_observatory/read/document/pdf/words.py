"""The words of a page's text layer, each with its place on the page as it is looked at.

Coordinates are PDF points from the lower left corner of the page after its rotation. A word's
height is that of its type, ascent to descent, so that one with an accent is no taller, and one
that runs up the page is as tall as beside it.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

BROKEN = "\ufffe"  # PDFium's sign for a hyphen that ends a line
_WORD = re.compile(rf"[^\s{BROKEN}]+{BROKEN}?")
_NOTE_BEFORE = re.compile(r"(\d{1,3})(?=[^\W\d]{2}|[“\"«])")
_NOTE_AFTER = re.compile(r"(?<=[^\W\d]{3})[”»\"'’)\].,]{0,2}(\d{1,3})[.,;:]?$")
_BOLD_NAME = re.compile(rb"bold|black|heavy|demi|CMBX", re.IGNORECASE)
_FORCED_BOLD = 0x40000
_LEAST_BOLD_WEIGHT = 600
_LONGEST_FONT_NAME = 128

Box = tuple[float, float, float, float]


@dataclass(slots=True)
class Word:
    """Signs between two spaces; ``start`` and ``end`` are offsets into the page's text."""

    text: str
    start: int
    end: int
    left: float
    bottom: float
    right: float
    top: float
    height: float
    is_bold: bool
    is_broken: bool
    is_sideways: bool


class TextLayer:
    """The text of one page and where each of its signs stands."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        text_page = page.get_textpage()
        self._handle = text_page.raw
        self._text_page = text_page
        self.text: str = text_page.get_text_range()
        self._upright = _turned_upright(page)
        self._index_of = self._indexes()
        self._box = pdfium.FS_RECTF()
        self._flags = ctypes.c_int()
        self._bold_fonts: dict[tuple[bytes, int], bool] = {}
        self._name = ctypes.create_string_buffer(_LONGEST_FONT_NAME)

    def close(self) -> None:
        """Let go of the page's text in PDFium."""
        self._text_page.close()

    def words(self) -> Iterator[Word]:
        """The words in the order in which the page draws them, raised numbers apart."""
        for found in _WORD.finditer(self.text):
            start, end = found.span()
            for part_start, part_end in self._parts(found[0], start, end):
                yield self._word(part_start, part_end)

    def _word(self, start: int, end: int) -> Word:
        text = self.text[start:end]
        first, last = self._index_of(start), self._index_of(end - 1)
        left, bottom, right, top = self._box_of(first)
        height = top - bottom
        is_sideways = False
        if last > first:
            far = self._box_of(last)
            is_sideways = abs(far[1] - bottom) > abs(far[0] - left)
            left, right = min(left, far[0]), max(right, far[2])
            if is_sideways:
                bottom, top, height = min(bottom, far[1]), max(top, far[3]), right - left
        return Word(
            text.rstrip(BROKEN), start, end, left, bottom, right, top, height,
            self._is_bold(first), text.endswith(BROKEN), is_sideways,
        )  # fmt: skip

    def _parts(self, text: str, start: int, end: int) -> list[tuple[int, int]]:
        """Where a word is, and where the raised number of a note that it begins or ends with."""
        before = _NOTE_BEFORE.match(text)
        if before and self._is_smaller(start, start + before.end()):
            return [(start, start + before.end()), (start + before.end(), end)]
        after = _NOTE_AFTER.search(text)
        if after and self._is_smaller(start + after.start(1), start):
            at = start + after.start(1)
            return [(start, at), (at, end)]
        return [(start, end)]

    def _is_smaller(self, one: int, other: int) -> bool:
        """Whether one sign of the text is set clearly smaller than another."""
        heights = []
        for at in (one, other):
            _, bottom, _, top = self._box_of(self._index_of(at))
            heights.append(top - bottom)
        return heights[0] < 0.8 * heights[1]

    def _box_of(self, index: int) -> Box:
        box = self._box
        pdfium.FPDFText_GetLooseCharBox(self._handle, index, box)
        return self._upright(box.left, box.bottom, box.right, box.top)

    def _is_bold(self, index: int) -> bool:
        name, flags = self._name, self._flags
        pdfium.FPDFText_GetFontInfo(self._handle, index, name, _LONGEST_FONT_NAME, flags)
        font = (name.value, flags.value)
        if font not in self._bold_fonts:
            weight = pdfium.FPDFText_GetFontWeight(self._handle, index)
            is_named_bold = bool(_BOLD_NAME.search(name.value))
            is_forced = bool(flags.value & _FORCED_BOLD)
            self._bold_fonts[font] = is_named_bold or is_forced or weight >= _LEAST_BOLD_WEIGHT
        return self._bold_fonts[font]

    def _indexes(self) -> Callable[[int], int]:
        """From an offset into the text to PDFium's number of the sign; mostly the same."""
        count = pdfium.FPDFText_CountChars(self._handle)
        if count == len(self.text):
            return int
        units = [0]
        for sign in self.text:
            units.append(units[-1] + (2 if ord(sign) > 0xFFFF else 1))
        handle = self._handle
        return lambda at: int(pdfium.FPDFText_GetCharIndexFromTextIndex(handle, units[at]))


def _turned_upright(page: pypdfium2.PdfPage) -> Callable[[float, float, float, float], Box]:
    """From a box on the page as it is stored to one on the page as it is looked at."""
    turn = page.get_rotation()
    if turn == 0:
        return lambda left, bottom, right, top: (left, bottom, right, top)
    width, height = page.get_size()
    if turn == 90:
        return lambda left, bottom, right, top: (bottom, height - right, top, height - left)
    if turn == 180:
        return lambda left, bottom, right, top: (
            width - right, height - top, width - left, height - bottom,
        )  # fmt: skip
    return lambda left, bottom, right, top: (width - top, left, width - bottom, right)
