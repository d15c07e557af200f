"""What every reader of a document hands on: blocks in reading order, and what it noticed.

Light on purpose: the process that reads a document imports this and its own library alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple


class Block(NamedTuple):
    """A heading, paragraph, list item, table or footnote as it stands in the text.

    ``char_start`` and ``char_end`` are offsets into the text that the reader was given (of the
    page, where there are pages). ``level`` is the heading's level, 0 for all else. A table's
    cells are parted by tabs, its rows by line ends.
    """

    kind: str
    text: str
    char_start: int
    char_end: int
    level: int = 0
    page: int | None = None
    is_ocr: bool = False


@dataclass
class Extract:
    """One document: its blocks, what it says of itself, and what a person should know."""

    blocks: list[Block]
    title: str | None = None
    lang: str | None = None
    published_on: str | None = None
    notes: list[str] = field(default_factory=list)


class Unreadable(Exception):
    """Why a document cannot be read: a sentence without its subject, the file."""


class Part(NamedTuple):
    """A block of a document that has no text of its own to point into, such as a web page."""

    kind: str
    text: str
    level: int = 0


def one_below_the_other(parts: Iterable[Part]) -> list[Block]:
    """The parts as blocks; offsets are into their texts put one below the other."""
    blocks: list[Block] = []
    at = 0
    for kind, text, level in parts:
        blocks.append(Block(kind, text, at, at + len(text), level))
        at += len(text) + 1
    return blocks


def as_table(rows: Iterable[Iterable[str]]) -> str:
    """Rows of cells as the text of one block; spaces inside a cell are single."""
    lines = ("\t".join(" ".join(cell.split()) for cell in row) for row in rows)
    return "\n".join(line for line in lines if line.strip())
