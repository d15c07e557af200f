"""The language of each passage: told from its own words, or that of its document.

A document may quote another language, or be printed in two. Only a text long enough to tell is
asked, and only one that is plainly in another language differs from its document.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pes_observatory.read.document.blocks import Block
from pes_observatory.read.text import language_of

AMONG = ("cs", "de", "el", "en", "es", "fr", "it", "nl", "pl", "pt", "ro", "sv")
SHORTEST_PASSAGE = 60  # letters


class Languages:
    """Tells languages within one document.

    ``document`` is the declared language, or else the one in which most of its words are.
    """

    def __init__(self, blocks: Iterable[Block], declared: str | None) -> None:
        self._can_tell = declared is None or _primary(declared) in AMONG
        self.document = declared or self._mostly(blocks)
        self._document_method = "declared" if declared or self.document is None else "detected"

    def of(self, block: Block) -> tuple[str | None, str]:
        """The language of one passage, and how it is known: ``detected`` or ``declared``."""
        told = self._told(block)
        if told is None:
            return self.document, self._document_method
        return (self.document if told == _primary(self.document) else told), "detected"

    def _mostly(self, blocks: Iterable[Block]) -> str | None:
        letters: Counter[str] = Counter()
        for block in blocks:
            told = self._told(block)
            if told:
                letters[told] += len(block.text)
        return letters.most_common(1)[0][0] if letters else None

    def _told(self, block: Block) -> str | None:
        """The language of a text that is long enough and not mostly figures, where it is plain."""
        letters = sum(map(str.isalpha, block.text))
        is_telling = letters >= SHORTEST_PASSAGE and 2 * letters > len(block.text)
        if not is_telling or not self._can_tell or block.kind == "table":
            return None
        return language_of(block.text, None, AMONG)[0]


def _primary(tag: str | None) -> str | None:
    """``fr`` of ``fr-BE``."""
    return tag.split("-")[0].lower() if tag else None
