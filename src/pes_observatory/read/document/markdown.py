"""Markdown (CommonMark with tables) to blocks, by the library's own token positions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from pes_observatory.read.document.blocks import Block, Extract, Unreadable, as_table
from pes_observatory.read.document.completeness import check_complete

_LINE_END = re.compile(r"\r\n?|\n")
_TAG = re.compile(r"<[^<>]{1,40}>")
_NOTE = re.compile(r"\[\^[^\]\s]{1,40}\]:\s")
_NO_WORDS = re.compile(
    r"<!--.*?-->|</?[a-zA-Z][^<>]{0,200}>|!\[[^\]]*\]|\]\([^)\s]*(?:\s+\"[^\"]*\")?\)|\]\[[^\]]*\]"
    r"|^\s*\[[^\]^]+\]:\s+\S+[^\n]*$|^\s*(?:```|~~~)[^\n]*$|&[a-zA-Z]{2,8};",
    re.DOTALL | re.MULTILINE,
)


def read_markdown(text: str) -> Extract:
    """The blocks of a Markdown text; its title is its first heading.

    Raises:
        Unreadable: it has no words.
    """
    blocks = list(markdown_blocks(text))
    if not blocks:
        raise Unreadable("has no text; put the whole document there.")
    words = _NO_WORDS.sub(" ", text)
    check_complete("its text", words, (_NO_WORDS.sub(" ", block.text) for block in blocks))
    headings = (block.text for block in blocks if block.kind == "heading")
    return Extract(blocks, title=next(headings, None))


def markdown_blocks(text: str, page: int | None = None) -> Iterator[Block]:
    """The blocks of a Markdown text in reading order; a list item holds only its own words."""
    parser = MarkdownIt("commonmark").enable("table")
    line_starts = [0, *(match.end() for match in _LINE_END.finditer(text)), len(text)]
    enclosing: list[Token] = []
    rows: list[list[str]] = []
    for token in parser.parse(text):
        if token.nesting == 1:
            enclosing.append(token)
        elif token.nesting == -1:
            token.map = enclosing.pop().map
        if token.type == "table_open":
            rows = []
        elif token.type == "tr_open":
            rows.append([])
        elif token.type == "inline" and enclosing[-1].type in ("th_open", "td_open"):
            rows[-1].append(_words(token))
            continue
        kind = _kind(token, enclosing)
        if kind is None or not token.map:
            continue
        words = as_table(rows) if kind == "table" else _words(token)
        if words:
            first, last = (line_starts[min(n, len(line_starts) - 1)] for n in token.map)
            level = int(enclosing[-1].tag[1]) if kind == "heading" else 0
            yield Block(kind, words, first, last, level, page)


def _kind(token: Token, enclosing: list[Token]) -> str | None:
    if token.type == "table_close":
        return "table"
    if token.type in ("fence", "code_block", "html_block"):
        return "paragraph"
    if token.type != "inline" or not enclosing:
        return None
    around = [outer.type for outer in enclosing]
    if around[-1] == "heading_open":
        return "heading"
    if "list_item_open" in around:
        return "list_item"
    return "footnote" if _NOTE.match(token.content) else "paragraph"


def _words(token: Token) -> str:
    """The text of a token without its markup."""
    if token.type == "html_block":
        return " ".join(_NO_WORDS.sub(" ", token.content).split())
    if token.children is None:
        return token.content.strip()
    parts = [
        " " if child.type in ("softbreak", "hardbreak") else child.content
        for child in token.children
        if child.type in ("text", "code_inline", "softbreak", "hardbreak", "text_special")
    ]
    return " ".join(_TAG.sub("", "".join(parts)).split())
