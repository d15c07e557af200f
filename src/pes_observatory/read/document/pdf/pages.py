"""The pages of one document become blocks: what is furniture, table, heading, entry or note."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from pes_observatory.read.document.blocks import Block
from pes_observatory.read.document.completeness import check_complete
from pes_observatory.read.document.pdf.footnotes import footnotes_of
from pes_observatory.read.document.pdf.furniture import PageLines, furniture_of
from pes_observatory.read.document.pdf.headings import Type, type_of
from pes_observatory.read.document.pdf.labels import with_labels_joined
from pes_observatory.read.document.pdf.lines import Line
from pes_observatory.read.document.pdf.markers import BULLET, begins_item
from pes_observatory.read.document.pdf.mending import Joiner
from pes_observatory.read.document.pdf.order import in_reading_order
from pes_observatory.read.document.pdf.paragraphs import Paragraph, paragraphs_of
from pes_observatory.read.document.pdf.tables import Table, tables_of

Piece = Paragraph | Table


@dataclass(slots=True)
class _Laid:
    """One page, its pieces in reading order."""

    page: PageLines
    pieces: list[Piece]
    furniture: list[Line]

    @property
    def paragraphs(self) -> list[Paragraph]:
        return [piece for piece in self.pieces if isinstance(piece, Paragraph)]


def blocks_of(pages: Sequence[PageLines]) -> list[Block]:
    """The blocks of a document's pages.

    Raises:
        Unreadable: signs of a page were lost or doubled on the way; a mistake of ours.
    """
    repeated = furniture_of(pages)
    laid = [_laid(page, repeated.get(page.number, set())) for page in pages]
    measure = type_of([paragraph for page in laid for paragraph in page.paragraphs])
    joiner = Joiner(chain.from_iterable(page.lines for page in pages))
    blocks: list[Block] = []
    for each in laid:
        own = list(_blocks(each, measure, joiner))
        removed = [joiner.text_of([line]) for line in each.furniture]
        place = f"page {each.page.number}"
        check_complete(place, each.page.text, [*(block.text for block in own), *removed])
        blocks += own
    return blocks


def _laid(page: PageLines, repeated: set[int]) -> _Laid:
    body = [line for line in page.lines if id(line) not in repeated]
    tables, rest = tables_of(body)
    pieces = with_labels_joined(in_reading_order([*paragraphs_of(rest), *tables]))
    return _Laid(page, pieces, [line for line in page.lines if id(line) in repeated])


def _blocks(laid: _Laid, measure: Type, joiner: Joiner) -> Iterator[Block]:
    notes = footnotes_of(laid.paragraphs, measure.body, laid.page.height)
    for piece in laid.pieces:
        words = [word for line in piece.lines for word in line.words]
        start, end = min(word.start for word in words), max(word.end for word in words)
        if isinstance(piece, Table):
            rows = ("\t".join(map(joiner.text_of, row)) for row in piece.rows)
            yield Block("table", "\n".join(rows), start, end, 0, laid.page.number)
            continue
        text = joiner.text_of(piece.lines)
        level = 0 if id(piece) in notes else measure.heading_level(piece)
        if level:
            kind = "heading"
        elif id(piece) in notes:
            kind = "footnote"
        else:
            kind = "list_item" if begins_item(text) else "paragraph"
        if kind == "list_item":
            text = BULLET.sub("", text, count=1)
        if text.strip():
            yield Block(kind, text.strip(), start, end, level, laid.page.number)
