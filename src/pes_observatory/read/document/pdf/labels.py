"""The words in figures: many short labels beside each other are one row, not a passage each."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from pes_observatory.read.document.pdf.markers import begins_item
from pes_observatory.read.document.pdf.paragraphs import Paragraph
from pes_observatory.read.document.pdf.tables import Table

FEWEST = 4
LONGEST = 24  # characters


def with_labels_joined(pieces: Sequence[Paragraph | Table]) -> list[Paragraph | Table]:
    """The pieces in their order, each run of labels as a table of one row."""
    joined: list[Paragraph | Table] = []
    for is_run, group in groupby(pieces, key=_is_label):
        run = list(group)
        if is_run and len(run) >= FEWEST:
            joined.append(Table([[[line] for piece in run for line in piece.lines]]))
        else:
            joined += run
    return joined


def _is_label(piece: Paragraph | Table) -> bool:
    if isinstance(piece, Table) or len(piece.lines) > 1:
        return False
    line = piece.lines[0]
    return not line.is_bold and len(line.text) <= LONGEST and not begins_item(line.text)
