"""The columns of one export file by every name that a column map may give them.

A column is named by its printed header; where the tool prints two header rows by
``header | sub header``, by its header or its sub-header alone; and the second of two columns
of the same name by ``name #2``. White space counts once, so that a header that runs over two
lines can be written in one.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from pes_observatory.read.survey.cells import Cells

_CODE = re.compile(r"(?=.*\d)[\w\[\].-]+")


def squeezed(name: str) -> str:
    """The name with every run of white space as one space."""
    return " ".join(name.split())


class Columns:
    """Where in a row of ``cells`` the column of a name stands."""

    def __init__(self, cells: Cells) -> None:
        pairs = [
            (squeezed(header), squeezed(sub))
            for header, sub in zip(cells.headers, cells.sub_headers, strict=True)
        ]
        joined = [" | ".join(filter(None, pair)) for pair in pairs]
        times, seen = Counter(joined), Counter[str]()
        numbered: list[str] = []
        self._positions: dict[str, list[int]] = defaultdict(list)
        for position, (full, pair) in enumerate(zip(joined, pairs, strict=True)):
            seen[full] += 1
            numbered.append(f"{full} #{seen[full]}" if times[full] > 1 else full)
            for name in {full, numbered[-1], *filter(None, pair)}:
                self._positions[name].append(position)
        self.names = [
            self._shortest(full, pair) for full, pair in zip(numbered, pairs, strict=True)
        ]

    def _shortest(self, full: str, pair: tuple[str, str]) -> str:
        """What a column is best called: a code of its own, else its own header, else all of it."""
        own = [name for name in pair if name and len(self._positions[name]) == 1]
        codes = [name for name in own if _CODE.fullmatch(name)]
        return next(iter(codes), pair[0] if pair[0] in own else full)

    def positions(self, name: str) -> list[int]:
        """The columns that may be meant: none, one, or several when the name is not enough."""
        return self._positions.get(squeezed(name), [])

    def named(self, names: Iterable[str]) -> set[int]:
        """Every column that has one of these names."""
        return {position for name in names for position in self.positions(name)}
