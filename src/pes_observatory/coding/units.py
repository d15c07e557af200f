"""Units: the single meanings inside a verbatim.

A verbatim is parted at line breaks, bullets, numbering, semicolons and ends of sentences, and
at a comma or dash where a new request begins with a capital. A part of fewer than
``FEWEST_WORDS`` words is no meaning of its own and stays with the part before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

FEWEST_WORDS = 2
FEWEST_WORDS_AFTER_COMMA = 4

_BREAK = re.compile(
    r"""
      \s*\n\s*                                        # a line
    | \s*;\s*                                         # a semicolon
    | \s*[•●▪◦‣·]\s*                                  # a bullet
    | (?:^|(?<=\s))[-–—*](?:\s+|(?=[A-ZÀ-ÖØ-Þ]))(?=[^\W\d_])  # a dash or star before an item
    | (?:^|(?<=[\s;,.]))\(?(?:\d{1,2}|[a-hA-H])[.)]\s+ # 1) 2. a)
    | (?<=[.!?…])["»”)]*\s+(?=["«“(¿¡]*[A-ZÀ-ÖØ-Þ])   # the end of a sentence
    | (?P<comma>\s*,\s+)(?=[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]{3,})
    """,
    re.VERBOSE,
)
_ABBREVIATION = re.compile(
    r"\b(?:[A-Za-z]|p\. ?ex|ex|cf|nº|art|vs|Sra?|Mrs?|Mme|Mlle|Ms|Dr|St|approx|e\.g|i\.e)\.$"
)
_WORD = re.compile(r"\w+")
_EDGE = " \t\n\r,;:-–—*•"


@dataclass(frozen=True)
class Unit:
    """One meaning of a verbatim, by its place in it."""

    unit_no: int
    start: int
    end: int


def units_of(text: str) -> list[Unit]:
    """The units of a verbatim, numbered from 1 in order of place; none of a text without words."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _BREAK.finditer(text):
        if match["comma"] and not _parts_two_requests(text, start, match):
            continue
        if match[0].isspace() and _ABBREVIATION.search(text, start, match.start()):
            continue
        spans.append((start, match.start()))
        start = match.end()
    spans.append((start, len(text)))
    kept: list[tuple[int, int]] = []
    for span in spans:
        first, last = _without_edges(text, *span)
        words = len(_WORD.findall(text, first, last))
        if words >= FEWEST_WORDS or (words and not kept):
            kept.append((first, last))
        elif words:
            kept[-1] = (kept[-1][0], last)
    if len(kept) > 1 and len(_WORD.findall(text, *kept[0])) < FEWEST_WORDS:
        kept[:2] = [(kept[0][0], kept[1][1])]
    return [Unit(number, *span) for number, span in enumerate(kept, start=1)]


def _parts_two_requests(text: str, start: int, match: re.Match[str]) -> bool:
    ahead = _BREAK.search(text, match.end())
    end = ahead.start() if ahead else len(text)
    so_far = text[start : match.start()]
    return (
        so_far.count("(") <= so_far.count(")")
        and len(_WORD.findall(so_far)) >= FEWEST_WORDS_AFTER_COMMA
        and len(_WORD.findall(text, match.end(), end)) >= FEWEST_WORDS_AFTER_COMMA
    )


def _without_edges(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return start, end
