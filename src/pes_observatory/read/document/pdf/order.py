"""The order in which a page is read: down its columns, from left to right.

The page is cut between pieces, never through one: into columns where a gutter runs down through
all of them, else into bands from top to bottom. Neighbouring bands that share a gutter are read
as one, so that a gap that two columns happen to have at one height does not mix them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

LEAST_GUTTER = 4.0  # points


class Piece(Protocol):
    """What has a place on the page."""

    @property
    def left(self) -> float: ...
    @property
    def right(self) -> float: ...
    @property
    def bottom(self) -> float: ...
    @property
    def top(self) -> float: ...


P = TypeVar("P", bound=Piece)


def in_reading_order(pieces: Sequence[P]) -> list[P]:
    """The pieces of a page from the first to the last to be read."""
    if len(pieces) < 2:
        return list(pieces)
    columns = _columns(pieces)
    if len(columns) > 1:
        return [piece for column in columns for piece in in_reading_order(column)]
    bands = _bands(pieces)
    if len(bands) == 1:
        return sorted(pieces, key=lambda piece: (-piece.top, piece.left))
    return [piece for band in _grouped(bands) for piece in in_reading_order(band)]


def _columns(pieces: Sequence[P]) -> list[list[P]]:
    """The pieces left and right of each gutter that nothing crosses."""
    columns: list[list[P]] = []
    edge = 0.0
    for piece in sorted(pieces, key=lambda piece: piece.left):
        if columns and piece.left < edge + LEAST_GUTTER:
            columns[-1].append(piece)
            edge = max(edge, piece.right)
        else:
            columns.append([piece])
            edge = piece.right
    return columns


def _bands(pieces: Sequence[P]) -> list[list[P]]:
    """The pieces above and below each gap that nothing crosses; lines may touch a little."""
    bands: list[list[P]] = []
    edge = 0.0
    for piece in sorted(pieces, key=lambda piece: -piece.top):
        slack = 0.2 * min(piece.top - piece.bottom, 12.0)
        if bands and piece.top > edge + slack:
            bands[-1].append(piece)
            edge = min(edge, piece.bottom)
        else:
            bands.append([piece])
            edge = piece.bottom
    return bands


def _grouped(bands: list[list[P]]) -> list[list[P]]:
    """Bands from the top down, those together through which one gutter runs."""
    groups: list[list[P]] = []
    for band in bands:
        together = [*groups[-1], *band] if groups else band
        if groups and len(_columns(together)) > 1 and _has_columns(groups[-1], band):
            groups[-1] = together
        else:
            groups.append(list(band))
    return groups


def _has_columns(above: Sequence[P], below: Sequence[P]) -> bool:
    """Whether one of the two is in columns by itself, not just one beside the other."""
    return len(_columns(above)) > 1 or len(_columns(below)) > 1
