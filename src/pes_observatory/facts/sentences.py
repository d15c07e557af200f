"""The sentence that a place of a text stands in."""

from __future__ import annotations

import re

_END = re.compile(r"(?<=[.!?…])\s+(?=[«“\"(]?[A-ZÀ-ÖØ-Þ])")


def sentence_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence around a place begins and ends."""
    ends = [found.end() for found in _END.finditer(text)]
    first = max((at for at in ends if at <= start), default=0)
    return first, min((at for at in ends if at >= end), default=len(text))


def sentence_around(text: str, start: int, end: int) -> str:
    """The words of that sentence."""
    first, last = sentence_span(text, start, end)
    return text[first:last].strip()
