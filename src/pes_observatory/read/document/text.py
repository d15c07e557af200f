"""Plain text to blocks: paragraphs between blank lines, in order.

Text that was never wrapped has a paragraph per line: a line longer than any wrapped one ends
its paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pes_observatory.read.document.blocks import Block, Extract, Unreadable
from pes_observatory.read.document.completeness import check_complete

LONGEST_WRAPPED_LINE = 120
_LINE = re.compile(r"\S[^\r\n]*")
_BULLET = re.compile(r"^[-•*–]\s+")


def read_text(text: str) -> Extract:
    """The paragraphs of a plain text.

    Raises:
        Unreadable: it has no words.
    """
    blocks = list(text_blocks(text))
    if not blocks:
        raise Unreadable("has no text; put the whole document there.")
    check_complete("its text", text, (block.text for block in blocks))
    return Extract(blocks)


def text_blocks(text: str, page: int | None = None) -> Iterator[Block]:
    """The paragraphs of a plain text; one that begins with a bullet sign is a list item."""
    paragraph: list[re.Match[str]] = []
    for line in _LINE.finditer(text):
        if paragraph and _is_new_paragraph(text, paragraph[-1], line):
            yield _block(paragraph, page)
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield _block(paragraph, page)


def _is_new_paragraph(text: str, before: re.Match[str], line: re.Match[str]) -> bool:
    has_blank_line_between = text.count("\n", before.end(), line.start()) > 1
    return (
        has_blank_line_between
        or len(before[0]) > LONGEST_WRAPPED_LINE
        or bool(_BULLET.match(line[0]))
    )


def _block(lines: list[re.Match[str]], page: int | None) -> Block:
    words = " ".join(" ".join(line[0].split()) for line in lines)
    kind = "list_item" if _BULLET.match(words) else "paragraph"
    return Block(kind, _BULLET.sub("", words), lines[0].start(), lines[-1].end(), 0, page)
