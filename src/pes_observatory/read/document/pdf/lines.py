"""Words side by side become lines; a gap wider than between words parts them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pes_observatory.read.document.pdf.words import Word

WIDEST_SPACE = 1.0  # of the height of the type
LEAST_OVERLAP = 0.5  # of the smaller height, of two words in one line


@dataclass(slots=True, eq=False)
class Line:
    """Words on one base line with no wide gap between them."""

    words: list[Word]
    left: float
    bottom: float
    right: float
    top: float
    height: float
    is_bold: bool

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def is_broken(self) -> bool:
        return self.words[-1].is_broken


def line_of(words: Sequence[Word]) -> Line:
    """One line; as tall as most of its type, so that a raised number does not count."""
    heights = sorted([word.height for word in words])
    usual = heights[len(heights) // 2] or 1.0
    at = [word for word in words if word.height >= 0.8 * usual] or words
    lettered = [word for word in words if any(map(str.isalpha, word.text))]
    return Line(
        list(words),
        min([word.left for word in words]),
        min([word.bottom for word in at]),
        max([word.right for word in words]),
        max([word.top for word in at]),
        usual,
        all(word.is_bold for word in lettered or words),
    )


def lines_of(words: Iterable[Word]) -> list[Line]:
    """The lines in the order in which the page draws them."""
    lines: list[Line] = []
    run: list[Word] = []
    for word in words:
        if run and not _goes_on(run, word):
            lines.append(line_of(run))
            run = []
        run.append(word)
    return [*lines, line_of(run)] if run else lines


def rows_of(lines: Iterable[Line]) -> list[list[Line]]:
    """Lines that follow each other at one height, from left to right: cells, or split prose."""
    rows: list[list[Line]] = []
    for line in lines:
        before = rows[-1][-1] if rows else None
        if before and is_level(before, line) and line.left >= before.right:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def is_level(one: Line | Word, other: Line | Word) -> bool:
    """Whether two stand at one height on the page."""
    shared = min(one.top, other.top) - max(one.bottom, other.bottom)
    return shared >= LEAST_OVERLAP * min(one.top - one.bottom, other.top - other.bottom)


def usual_step(lines: Sequence[Line]) -> dict[int, float]:
    """For each height of type how far a line usually is below the one before it."""
    steps: dict[int, list[float]] = {}
    for upper, lower in pairwise(lines):
        step = upper.bottom - lower.bottom
        if 0 < step < 3 * lower.height and is_alike(upper, lower):
            steps.setdefault(round(lower.height), []).append(step)
    return {height: median(found) for height, found in steps.items()}


def is_alike(one: Line, other: Line, most_change: float = 0.15) -> bool:
    """Whether two lines are set in type of one size."""
    return abs(one.height - other.height) <= most_change * max(one.height, other.height)


def _goes_on(run: Sequence[Word], word: Word) -> bool:
    before = run[-1]
    if before.is_sideways and word.is_sideways:
        return min(before.right, word.right) - max(before.left, word.left) > 0.5 * word.height
    if before.is_broken or not (is_level(before, word) or is_level(run[0], word)):
        return False
    gap = max(word.left - before.right, before.left - word.right)
    height = max(before.height, word.height)
    return -0.5 * height <= gap <= WIDEST_SPACE * height
