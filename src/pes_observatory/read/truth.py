"""Yes and no, as people and survey tools write them."""

from __future__ import annotations

from pes_observatory.errors import LoadRejected
from pes_observatory.read.text import folded

_YES = frozenset({"y", "yes", "oui", "si", "1", "true"})
_NO = frozenset({"n", "no", "non", "0", "false"})


def truth(where: str, header: str, printed: str) -> bool | None:
    """What a cell says; None when it is empty.

    Raises:
        LoadRejected: it says neither yes nor no.
    """
    key = folded(printed)
    if printed.strip() and key not in _YES | _NO:
        raise LoadRejected(
            f"{where}: {header!r} says neither Y nor N; correct the cell, or the column map."
        )
    return key in _YES if key else None
