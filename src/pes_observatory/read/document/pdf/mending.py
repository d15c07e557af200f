"""Words as they were written: ligatures taken apart, hyphens of line ends taken out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from pes_observatory.read.document.pdf.lines import Line

_LIGATURE = re.compile("[\ufb00-\ufb06]")
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\ufffe]")
_EDGE = re.compile(r"^\W+|\W+$")
_HYPHENS = "-\u2010\u00ad"


def mended(text: str) -> str:
    """The text without signs that nobody sees, composed, its ligatures as letters."""
    text = _LIGATURE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    return unicodedata.normalize("NFC", _UNSEEN.sub("", text))


class Joiner:
    """Joins lines, and tells a hyphen of the word from one of the line by the document's words."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._known = {_bare(word.text) for line in lines for word in line.words[:-1]}

    def text_of(self, lines: Sequence[Line]) -> str:
        """The words of lines that are read on from one to the next."""
        text = ""
        is_broken = False
        for line in lines:
            words = line.text
            text = self._across(text, words, is_broken) if text else words
            is_broken = line.is_broken or words[-1:] in _HYPHENS
        return mended(text)

    def _across(self, text: str, more: str, is_broken: bool) -> str:
        if not is_broken:
            return f"{text} {more}"
        before = text.rstrip(_HYPHENS)
        head, tail = before.split(" ")[-1], more.split(" ", 1)[0]
        is_word = head[-1:].isalpha() and tail[:1].islower()
        is_compound = _bare(f"{head}-{tail}") in self._known
        if is_word and not (is_compound and _bare(head + tail) not in self._known):
            return before + more
        return f"{before}-{more}"


def _bare(word: str) -> str:
    return _EDGE.sub("", word).casefold()
