"""Running heads, running feet and page numbers: what stands at one place of page after page."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pes_observatory.read.document.pdf.lines import Line, rows_of

BAND = 0.12  # of the page's height, at its top and at its bottom
BAND_OF_NUMBERS = 0.2  # the same, of a line that is but a number
LEAST_PAGES = 3
LEAST_SHARE = 0.3  # of the pages
OUTERMOST = 0.06  # of the page's height and width, where there is nothing to read
MOST_CELLS = 3  # of one row; the head of a table that goes on has more
MOST_ON_A_PAGE = 2  # of what differs in its numbers alone; a column of a table has more
PLACE = 6.0  # points within which two lines stand at one place

_NUMBER = re.compile(r"\d+")
_ROMAN = re.compile(r"^[ivxlc]+$", re.IGNORECASE)

Key = tuple[int, str]


@dataclass(slots=True)
class PageLines:
    """One page: its size, its text, and its lines in the order in which it draws them."""

    number: int
    width: float
    height: float
    text: str
    lines: list[Line]


def furniture_of(pages: Sequence[PageLines]) -> dict[int, set[int]]:
    """By page, the ``id`` of each line that is repeated at its place on other pages."""
    seen: dict[Key, set[int]] = defaultdict(set)
    candidates: list[tuple[int, Line, Key]] = []
    for page in pages:
        lines = list(_at_the_edges(page))
        often = Counter((line.bottom > page.height / 2, _key(line)[1]) for line in lines)
        for line in lines:
            key = _key(line)
            if often[line.bottom > page.height / 2, key[1]] > MOST_ON_A_PAGE:
                continue
            candidates.append((page.number, line, key))
            seen[key].add(page.number)
    least = _least_repeats(len(pages))
    found: dict[int, set[int]] = defaultdict(set)
    for number, line, (place, words) in candidates:
        at = set().union(*(seen.get((place + shift, words), set()) for shift in (-1, 0, 1)))
        if len(at) >= least:
            found[number].add(id(line))
    return found


def _least_repeats(pages: int) -> float:
    """On how many pages something must stand; on two of two where there are but two."""
    return 2 if pages == 2 else max(LEAST_PAGES, LEAST_SHARE * pages)


def _at_the_edges(page: PageLines) -> Iterable[Line]:
    """The lines near the page's upper and lower edge that are no row of many cells."""
    for row in rows_of(line for line in page.lines if _is_near_edge(line, page)):
        if len(row) <= MOST_CELLS or _is_near_edge(row[0], page, OUTERMOST):
            yield from row


def _is_near_edge(line: Line, page: PageLines, share: float = BAND) -> bool:
    is_number = len(line.words) == 1 and line.words[0].text.isdigit()
    band = page.height * (BAND_OF_NUMBERS if is_number else share)
    side = page.width * OUTERMOST
    is_beside = line.right <= side or line.left >= page.width - side
    return is_beside or line.top <= band or line.bottom >= page.height - band


def _key(line: Line) -> Key:
    """Where a line stands, and its words but for numbers, which go up from page to page."""
    words = _NUMBER.sub("#", line.text.casefold())
    return round(line.bottom / PLACE), "#" if _ROMAN.match(words) else words
