"""The lines of a table become rows of cells, of which each may have several lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pes_observatory.read.document.pdf.lines import Line, line_of

NARROWEST_GUTTER = 0.35  # of the height of the type, inside a line that is two cells
WIDEST_STEP = 1.6  # from line to line inside a cell, of the height of the type
TIGHT_STEP = 1.15  # the same, from words to a figure, as from "population" to "1995 (mn)"
CLOSE = 0.85  # of the usual step from row to row: what comes closer is the same row

Column = tuple[float, float]
Row = list[list[Line]]


@dataclass(slots=True)
class _Cell:
    """Lines in one column that are drawn one after the other, each just below the one before."""

    column: int
    lines: list[Line]

    @property
    def top(self) -> float:
        return self.lines[0].top

    @property
    def bottom(self) -> float:
        return self.lines[-1].bottom


def grid_of(lines: Sequence[Line], columns: list[Column], *, is_by_rows: bool) -> list[Row]:
    """The rows of a table, each with one cell per column, which may be empty.

    Where cells are not drawn row by row, lines drawn below each other may be cells of a column,
    and are one cell only when they are set tight.
    """
    most = WIDEST_STEP if is_by_rows else TIGHT_STEP
    parts = [part for line in lines for part in _parted(line, columns)]
    rows: list[list[_Cell]] = []
    for cell in sorted(_cells(parts, columns, most), key=lambda cell: -cell.top):
        if rows and _is_in(cell, rows[-1]):
            rows[-1].append(cell)
        else:
            rows.append([cell])
    return [_as_row(row, len(columns)) for row in _with_more_lines(rows)]


def overlapped(line: Line, columns: list[Column]) -> list[int]:
    """The columns that a line stands in or reaches into."""
    return [n for n, (left, right) in enumerate(columns) if line.left < right and left < line.right]


def column_of(line: Line, columns: list[Column]) -> int:
    """The column that a line is mostly in, or nearest to."""
    shared = [min(line.right, right) - max(line.left, left) for left, right in columns]
    return shared.index(max(shared))


def is_figure(line: Line) -> bool:
    """Whether the line is a number, a date, or a sign in place of one."""
    text = line.text
    return 2 * sum(map(str.isalpha, text)) < len(text.replace(" ", ""))


def _cells(parts: Sequence[Line], columns: list[Column], most: float) -> list[_Cell]:
    """The cells in the order of drawing; two figures are never lines of one cell."""
    cells: list[_Cell] = []
    for line in sorted(parts, key=lambda part: part.words[0].start):
        column = column_of(line, columns)
        if cells and cells[-1].column == column and _goes_on(cells[-1], line, most):
            cells[-1].lines.append(line)
        else:
            cells.append(_Cell(column, [line]))
    return cells


def _goes_on(cell: _Cell, line: Line, most: float) -> bool:
    if is_figure(cell.lines[0]):
        return False
    above = cell.lines[-1]
    is_mixed = is_figure(above) or is_figure(line)
    step = above.bottom - line.bottom
    return 0 < step <= (TIGHT_STEP if is_mixed else most) * line.height


def _is_in(cell: _Cell, row: list[_Cell]) -> bool:
    """Whether a cell stands level with a row, in a column of its own."""
    if any(other.column == cell.column for other in row):
        return False
    top, bottom = max(other.top for other in row), min(other.bottom for other in row)
    shared = min(cell.top, top) - max(cell.bottom, bottom)
    return shared >= 0.5 * min(cell.top - cell.bottom, top - bottom)


def _with_more_lines(rows: list[list[_Cell]]) -> list[list[_Cell]]:
    """The rows, those that only bring further lines of the row above joined to it."""
    steps = sorted(upper[0].top - lower[0].top for upper, lower in pairwise(rows))
    usual = steps[len(steps) // 2] if steps else 0.0
    joined: list[list[_Cell]] = []
    for row in rows:
        step = joined[-1][-1].bottom - row[0].bottom if joined else 0.0
        if joined and _brings_lines(joined[-1], row, step, usual):
            joined[-1] += row
        else:
            joined.append(row)
    return joined


def _brings_lines(above: list[_Cell], row: list[_Cell], step: float, usual: float) -> bool:
    """Whether words, and no figure, come close below words, with nothing in the first column."""
    columns = {cell.column for cell in above}
    line = row[0].lines[0]
    has_words = not any(is_figure(cell.lines[0]) for cell in row)
    is_below = all(cell.column in columns for cell in row) or 0 not in columns
    is_close = step <= max(CLOSE * usual, 1.1 * line.height) and step <= WIDEST_STEP * line.height
    return has_words and is_below and is_close and all(cell.column > 0 for cell in row)


def _as_row(cells: list[_Cell], width: int) -> Row:
    row: Row = [[] for _ in range(width)]
    for cell in cells:
        row[cell.column] += cell.lines
    return row


def _parted(line: Line, columns: list[Column]) -> Iterator[Line]:
    """The line, parted where a space in it lies on a gutter between two columns."""
    if len(overlapped(line, columns)) < 2:
        yield line
        return
    gutters = [(one[1], other[0]) for one, other in pairwise(columns)]
    run = [line.words[0]]
    for before, word in pairwise(line.words):
        is_wide = word.left - before.right >= NARROWEST_GUTTER * line.height
        if is_wide and any(
            before.right <= right + 1 and left - 1 <= word.left
            for left, right in gutters
            if before.right >= left - line.height
        ):
            yield line_of(run)
            run = []
        run.append(word)
    yield line_of(run)
