"""Tables: rows of cells that stand under each other, found without their rules.

Mostly cells are drawn row by row, which tells them from columns of prose: there the lines that
share a height are far apart in the order of drawing. Cells drawn in another order are a table
when they are many, short, and in good part figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pes_observatory.read.document.pdf.columns import LONGEST_CELL_OF_MANY, are_figures, columns_of
from pes_observatory.read.document.pdf.grid import (
    Column,
    Row,
    grid_of,
    overlapped,
)
from pes_observatory.read.document.pdf.lines import Line, is_level, line_of, rows_of
from pes_observatory.read.document.pdf.markers import CAPTION, is_marker

LEAST_ROWS = 3
MOST_LONE_ROWS = 2
WIDEST_STEP = 2.6  # from one row to the next, of the height of the type
WIDEST_TAB = 3.0  # inside a line of prose, of the height of the type
PLACE = 6.0  # points within which lines begin at one place
LONGEST_CELL_OF_TWO = 5  # words, of cells in two columns that are drawn row by row


@dataclass(slots=True)
class Table:
    """Rows of cells; a cell is the lines in it, and may be empty."""

    rows: list[Row]

    @property
    def lines(self) -> list[Line]:
        return [line for row in self.rows for cell in row for line in cell]

    @property
    def left(self) -> float:
        return min(line.left for line in self.lines)

    @property
    def right(self) -> float:
        return max(line.right for line in self.lines)

    @property
    def bottom(self) -> float:
        return min(line.bottom for line in self.lines)

    @property
    def top(self) -> float:
        return max(line.top for line in self.lines)


def tables_of(lines: Sequence[Line]) -> tuple[list[Table], list[Line]]:
    """The tables of a page, and the lines that are in none."""
    tables, free = _found(rows_of(lines), LONGEST_CELL_OF_TWO, 2)
    more, free = _found(_level_groups(free), LONGEST_CELL_OF_MANY, 3, is_in_any_order=True)
    free.sort(key=lambda line: line.words[0].start)
    return [*tables, *more], _rejoined(rows_of(free))


def _found(
    printed: Sequence[list[Line]],
    longest_cell: int,
    least_columns: int,
    *,
    is_in_any_order: bool = False,
) -> tuple[list[Table], list[Line]]:
    """The tables among these rows, and the lines that are left."""
    rows = [_with_marker(row) for row in printed]
    free = [line for row in rows for line in row]
    tables: list[Table] = []
    for found in _runs(rows):
        left = {id(line) for line in free}
        run = [row for row in found if all(id(line) in left for line in row)]
        columns = columns_of(run, longest_cell)
        if columns is None or len(columns) < least_columns:
            continue
        if is_in_any_order and not are_figures(run):
            continue
        taken = _with_neighbours([line for row in run for line in row], free, columns)
        ids = {id(line) for line in taken}
        free = [line for line in free if id(line) not in ids]
        tables.append(Table(grid_of(taken, columns, is_by_rows=not is_in_any_order)))
    return tables, free


def _with_marker(row: list[Line]) -> list[Line]:
    """A bullet or number set apart belongs to its words, and a caption to its table's number."""
    if len(row) == 1:
        return row
    if CAPTION.match(row[0].text):
        return [line_of([word for line in row for word in line.words])]
    if is_marker(row[0].text) and not row[1].text[0].isdigit():
        return [line_of([*row[0].words, *row[1].words]), *row[2:]]
    return row


def _rejoined(rows: Sequence[list[Line]]) -> list[Line]:
    """Prose that was parted by a wide space is one line again.

    Not where lines begin at that place again and again, which is a column, nor from far apart.
    """
    begins = Counter(round(line.left / PLACE) for row in rows for line in row[1:])
    joined: list[Line] = []
    for row in rows:
        joined.append(row[0])
        for line in row[1:]:
            is_near = line.left - joined[-1].right <= WIDEST_TAB * line.height
            if is_near and begins[round(line.left / PLACE)] < LEAST_ROWS:
                joined[-1] = line_of([*joined[-1].words, *line.words])
            else:
                joined.append(line)
    return joined


def _runs(rows: Sequence[list[Line]]) -> Iterator[list[list[Line]]]:
    """Rows one below the other of which nearly all have several cells."""
    run: list[list[Line]] = []
    alone = 0
    for row in rows:
        goes_on = bool(run) and _is_below(run[-1], row)
        if run and (not goes_on or alone + (len(row) == 1) > MOST_LONE_ROWS):
            yield from _trimmed(run)
            run, alone = [], 0
        if len(row) > 1 or run:
            run.append(row)
            alone = 0 if len(row) > 1 else alone + 1
    yield from _trimmed(run)


def _trimmed(run: list[list[Line]]) -> Iterator[list[list[Line]]]:
    while run and len(run[-1]) == 1:
        run.pop()
    several = [row for row in run if len(row) > 1]
    if len(several) >= LEAST_ROWS or (len(several) == 2 and min(map(len, several)) >= 3):
        yield run


def _is_below(upper: list[Line], lower: list[Line]) -> bool:
    step = upper[0].bottom - lower[0].bottom
    return 0 < step <= WIDEST_STEP * max(upper[0].height, lower[0].height)


def _with_neighbours(inside: list[Line], free: list[Line], columns: list[Column]) -> list[Line]:
    """The lines of a table: those in its frame, and above it the heads of its columns."""
    left, right = columns[0][0], columns[-1][1]
    top, bottom = max(line.top for line in inside), min(line.bottom for line in inside)
    ids = {id(line) for line in inside}
    others = [line for line in free if id(line) not in ids]
    taken = list(inside)
    for line in sorted(others, key=lambda line: line.bottom):
        is_across = left - line.height <= (line.left + line.right) / 2 <= right + line.height
        if is_across and bottom <= (line.top + line.bottom) / 2 <= top:
            taken.append(line)
        elif is_across and 0 <= line.bottom - top + line.height <= 1.5 * line.height:
            beside = [other for other in others if is_level(other, line)]
            if len(overlapped(line, columns)) == 1 and len(beside) > 1:
                taken.append(line)
                top = max(top, line.top)
    return taken


def _level_groups(lines: list[Line]) -> list[list[Line]]:
    groups: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -line.bottom - line.top):
        if groups and is_level(groups[-1][0], line):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [sorted(group, key=lambda line: line.left) for group in groups]
