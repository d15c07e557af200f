"""Plain text to blocks: paragraphs between blank lines, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pes_observatory.read.document.passages import Block

_PARAGRAPH = re.compile(r"\S(?:.|\n(?!\s*\n))*", re.MULTILINE)
_BULLET = re.compile(r"^[-•*–]\s+")


def text_blocks(text: str, page: int | None = None) -> Iterator[Block]:
    """The paragraphs of a plain text; one that begins with a bullet sign is a list item."""
    text = text.replace("\r\n", "\n")
    for match in _PARAGRAPH.finditer(text):
        words = " ".join(match[0].split())
        kind = "list_item" if _BULLET.match(words) else "paragraph"
        yield Block(kind, _BULLET.sub("", words), match.start(), match.end(), 0, page)
