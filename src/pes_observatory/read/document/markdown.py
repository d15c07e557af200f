"""Markdown (CommonMark with tables) to blocks, by the library's own token positions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from pes_observatory.read.document.passages import Block

_LINE_END = re.compile(r"\r\n?|\n")
_TAG = re.compile(r"<[^<>]{1,40}>")


def markdown_blocks(text: str, page: int | None = None) -> Iterator[Block]:
    """The blocks of a Markdown text in reading order; a list item holds only its own words."""
    parser = MarkdownIt("commonmark").enable("table")
    line_starts = [0, *(match.end() for match in _LINE_END.finditer(text)), len(text)]
    enclosing: list[Token] = []
    for token in parser.parse(text):
        if token.nesting == 1:
            enclosing.append(token)
        elif token.nesting == -1:
            enclosing.pop()
        kind = _kind(token, enclosing)
        if kind is None or not token.map:
            continue
        words = _words(token)
        if words:
            first, last = (line_starts[min(n, len(line_starts) - 1)] for n in token.map)
            level = int(enclosing[-1].tag[1]) if kind == "heading" else 0
            yield Block(kind, words, first, last, level, page)


def _kind(token: Token, enclosing: list[Token]) -> str | None:
    if token.type in ("fence", "code_block"):
        return "paragraph"
    if token.type != "inline" or not enclosing:
        return None
    around = [outer.type for outer in enclosing]
    if around[-1] == "heading_open":
        return "heading"
    if around[-1] in ("th_open", "td_open"):
        return "table"
    return "list_item" if "list_item_open" in around else "paragraph"


def _words(token: Token) -> str:
    """The text of a token without its markup."""
    if token.children is None:
        return token.content.strip()
    parts = [
        " " if child.type in ("softbreak", "hardbreak") else child.content
        for child in token.children
        if child.type in ("text", "code_inline", "softbreak", "hardbreak", "text_special")
    ]
    return " ".join(_TAG.sub("", "".join(parts)).split())
