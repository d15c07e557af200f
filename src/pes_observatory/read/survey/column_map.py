"""The column map applied: which column of an export file is which of our fields and slots.

Strict both ways: a header that neither the map nor the source's lists of ignored, personal and
pseudonymised headers know stops the load, and so does one that the map expects and the file
lacks. Of several rows for one wave (an export per language) the one that fits the file is taken.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass

from pes_observatory.errors import LoadRejected
from pes_observatory.read.survey.cells import Cells
from pes_observatory.read.survey.columns import Columns
from pes_observatory.sources.column_map import (
    KEYS,
    SLOT,
    TODO,
    ColumnMap,
    as_csv,
    read_column_map,
)
from pes_observatory.sources.registry import Declared
from pes_observatory.sources.surveys import Survey

Row = dict[str, str]


@dataclass(frozen=True)
class WaveMap:
    """One file's row of the map: our name -> printed header, without the columns not asked."""

    wave: int
    header_of: Row
    position_of: dict[str, int]
    not_asked: list[tuple[str, int]]
    personal: frozenset[int]
    pseudonymised: frozenset[int]

    @property
    def is_long(self) -> bool:
        """Whether the file has one answer per row, not one response."""
        return "question_id" in self.header_of

    def slots(self) -> list[tuple[str, int, str]]:
        """(question id, slot, our name) of every slot asked in this wave, in order."""
        found = [match for match in map(SLOT.match, self.header_of) if match]
        return [(match[1], int(match[2]), match[0]) for match in found]


@dataclass(frozen=True)
class _Fit:
    """How one row of the map and the columns of one file go together."""

    row: Row
    unknown: list[str]
    missing: list[str]
    repeated: list[str]

    @property
    def is_good(self) -> bool:
        return not (self.unknown or self.missing or self.repeated)

    @property
    def faults(self) -> int:
        return len(self.unknown) + len(self.missing) + len(self.repeated)


def wave_map(where: str, declared: Declared, survey: Survey, wave: int, cells: Cells) -> WaveMap:
    """The row of a source's column map that fits one file of a wave.

    Raises:
        SourceInvalid: the map is no map, see ``read_column_map``.
        LoadRejected: the wave has no row, none fits, or several do; one sentence with all unknown,
            missing and repeated headers and, where it helps, a row to paste into the map.
    """
    column_map = read_column_map(declared.beside(survey.column_map))
    columns = Columns(cells)
    rows = column_map.of_wave(wave)
    if not rows:
        raise LoadRejected(
            f"Source {declared.id}: {column_map.path.name} has 0 rows for wave {wave}, expected "
            "one; add the wave's printed headers as a row"
            f"{_to_paste(column_map, {**_last(column_map), 'wave': str(wave)}, columns)}"
        )
    fits = [_fit(row, survey, columns) for row in rows]
    good = [fit for fit in fits if fit.is_good]
    if len(good) > 1:
        raise LoadRejected(
            f"{where}: {len(good)} rows of {column_map.path.name} for wave {wave} fit the file; "
            "keep the one whose slots stand under the right headers."
        )
    if not good:
        nearest = min(fits, key=lambda fit: fit.faults)
        raise LoadRejected(_refusal(where, wave, column_map, nearest, len(fits), columns))
    row = _asked(good[0].row)
    positions = {ours: columns.positions(header)[0] for ours, header in row.items()}
    slots = [match for match in map(SLOT.match, column_map.columns) if match]
    not_asked = [(match[1], int(match[2])) for match in slots if match[0] not in row]
    personal = columns.named(survey.personal)
    both = [name for name in row.values() if columns.positions(name)[0] in personal]
    if both:
        raise LoadRejected(
            f"{where}: header {both[0]!r} is in {column_map.path.name} and under survey.personal; "
            "what is personal is dropped, so take it out of one of them."
        )
    pseudonymised = columns.named(survey.pseudonymised)
    return WaveMap(wave, row, positions, not_asked, frozenset(personal), frozenset(pseudonymised))


def _fit(row: Row, survey: Survey, columns: Columns) -> _Fit:
    wanted = list(_asked(row).values())
    listed = columns.named([*survey.ignored, *survey.personal, *survey.pseudonymised])
    known = listed | columns.named(wanted)
    return _Fit(
        row,
        unknown=[name for n, name in enumerate(columns.names) if n not in known],
        missing=sorted({name for name in wanted if not columns.positions(name)}),
        repeated=sorted({name for name in wanted if len(columns.positions(name)) > 1}),
    )


def _asked(row: Row) -> Row:
    return {ours: header for ours, header in row.items() if header and ours not in KEYS}


def _refusal(
    where: str, wave: int, column_map: ColumnMap, fit: _Fit, rows: int, columns: Columns
) -> str:
    named = (("unknown", fit.unknown), ("missing", fit.missing), ("repeated", fit.repeated))
    found = " and ".join(
        f"{word} header(s) {', '.join(map(repr, names))}" for word, names in named if names
    )
    which = f", nearest of {rows} rows" if rows > 1 else ""
    counted = " (name them 'header #1', 'header #2')" if fit.repeated else ""
    return (
        f"{where}, wave {wave}{which}: {found}{counted}; write them into {column_map.path.name}, "
        f"or list them under ignored or personal{_to_paste(column_map, fit.row, columns)}"
    )


def _to_paste(column_map: ColumnMap, row: Row, columns: Columns) -> str:
    """The end of the sentence: where it helps, with a row to paste on a line of its own."""
    taken = {name for header in row.values() for name in columns.names if name == header}
    left = [name for name in columns.names if name not in taken]
    cells = []
    for ours in column_map.columns:
        header = row.get(ours, "")
        if ours not in KEYS and header and len(columns.positions(header)) != 1:
            header = next(iter(difflib.get_close_matches(header, left, 1, 0.6)), TODO)
            left = [name for name in left if name != header]
        cells.append(header)
    if cells == [row.get(ours, "") for ours in column_map.columns]:
        return "."
    return f"; a row to paste there, once looked through: `{as_csv(cells)}`."


def _last(column_map: ColumnMap) -> Row:
    return column_map.rows[-1] if column_map.rows else {}
