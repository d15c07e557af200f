"""Columns of a table: where the cells of its rows line up, and what tells them from prose."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from pes_observatory.read.document.pdf.grid import Column, column_of, is_figure
from pes_observatory.read.document.pdf.lines import Line

LEAST_FITTING = 0.6  # of the rows with cells
LEAST_FIGURES = 0.3  # of the cells, where these are drawn in any order
LEAST_ALIGNED = 0.5  # of the cells of a column
LONGEST_CELL_OF_MANY = 4  # words, of cells that just stand level, in any order of drawing


def columns_of(run: Sequence[list[Line]], longest_cell: int) -> list[Column] | None:
    """Where the columns stand, from the fullest rows down; none when the cells do not line up."""
    several = sorted((row for row in run if len(row) > 1), key=len, reverse=True)
    if not several:
        return None
    columns: list[Column] = [(cell.left, cell.right) for cell in several[0]]
    fitting = 0
    for row in several:
        merged = _merged([*columns, *((cell.left, cell.right) for cell in row)])
        if len(merged) >= len(columns):
            columns = merged
            fitting += 1
    if len(columns) < 2 or fitting < LEAST_FITTING * len(several):
        return None
    cells = [cell for row in several for cell in row]
    is_long = median(len(cell.words) for cell in cells) >= longest_cell
    if is_long and (len(columns) == 2 or longest_cell == LONGEST_CELL_OF_MANY):
        return None
    by_column: list[list[Line]] = [[] for _ in columns]
    for cell in cells:
        by_column[column_of(cell, columns)].append(cell)
    if not all(by_column):
        return None
    if len(columns) == 2 and not are_figures([by_column[1]]):
        return columns if _share_an_edge([cell.left for cell in by_column[1]], cells) else None
    return columns if all(map(_line_up, by_column)) else None


def _line_up(cells: Sequence[Line]) -> bool:
    """Whether most cells of a column share their left edge, their right edge or their middle.

    Of two columns the right one must share its left edge, unless it has figures: the right edge
    is that of justified prose as well.
    """
    edges = (
        [cell.left for cell in cells],
        [cell.right for cell in cells],
        [(cell.left + cell.right) / 2 for cell in cells],
    )
    return any(_share_an_edge(places, cells) for places in edges)


def _share_an_edge(places: list[float], cells: Sequence[Line]) -> bool:
    slack = 0.5 * median(cell.height for cell in cells)
    usual = median(places)
    return sum(abs(place - usual) <= slack for place in places) >= LEAST_ALIGNED * len(places)


def are_figures(run: Sequence[list[Line]]) -> bool:
    """Whether a good part of the cells of these rows is figures."""
    cells = [cell for row in run for cell in row]
    return sum(map(is_figure, cells)) >= LEAST_FIGURES * len(cells)


def _merged(spans: list[Column]) -> list[Column]:
    merged: list[Column] = []
    for left, right in sorted(spans):
        if merged and left < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(right, merged[-1][1]))
        else:
            merged.append((left, right))
    return merged
