"""Footnotes: small type at the foot of a column, from a number or sign on."""

from __future__ import annotations

from collections.abc import Sequence

from pes_observatory.read.document.pdf.lines import Line
from pes_observatory.read.document.pdf.markers import NOTE
from pes_observatory.read.document.pdf.paragraphs import Paragraph

SMALLER = 0.94  # than the body
LOWEST_START = 0.75  # of the page's height: above it no footnote begins


def footnotes_of(pieces: Sequence[Paragraph], body: float, page_height: float) -> set[int]:
    """The ``id`` of each paragraph that is a footnote, or goes on one.

    ``pieces`` are those of one page, in reading order.
    """
    found: set[int] = set()
    for column in _columns(pieces):
        is_note = False
        for paragraph in column:
            is_small = all(line.height <= SMALLER * body for line in paragraph.lines)
            is_low = paragraph.top <= LOWEST_START * page_height
            starts = begins_note(paragraph.lines[0])
            is_note = (
                is_small
                and is_low
                and (is_note or starts)
                and not _has_body_below(paragraph, column, body)
            )
            if is_note:
                found.add(id(paragraph))
    return found


def begins_note(line: Line) -> bool:
    """Whether the line begins with a note's number or sign."""
    return bool(NOTE.fullmatch(line.words[0].text)) and len(line.words) > 1


def _columns(pieces: Sequence[Paragraph]) -> list[list[Paragraph]]:
    """In reading order, a piece above the one before it begins the next column."""
    columns: list[list[Paragraph]] = []
    for piece in pieces:
        if columns and piece.top <= columns[-1][-1].top:
            columns[-1].append(piece)
        else:
            columns.append([piece])
    return columns


def _has_body_below(note: Paragraph, column: Sequence[Paragraph], body: float) -> bool:
    """Whether type of the body's size comes further down in the column."""
    return any(
        piece.top < note.bottom and any(line.height > SMALLER * body for line in piece.lines)
        for piece in column
    )
