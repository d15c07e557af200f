"""Yes and no, as people and survey tools write them."""

from __future__ import annotations

from collections.abc import Iterable

from pes_observatory.errors import LoadRejected
from pes_observatory.read.text import folded

_YES = frozenset({"y", "yes", "oui", "si", "1", "true", "vrai", "verdadero"})
_NO = frozenset({"n", "no", "non", "0", "false", "faux", "falso"})
_UNSAID = frozenset({"", "n a", "na", "s o", "sans objet", "no aplica", "not applicable"})


def truth(
    where: str, header: str, printed: str, yes: Iterable[str] = (), no: Iterable[str] = ()
) -> bool | None:
    """What a cell says, in our words or those of ``yes`` and ``no``; None when it says nothing.

    Raises:
        LoadRejected: it says neither yes nor no.
    """
    key = folded(printed)
    if key in {folded(word) for word in yes}:
        return True
    if key in {folded(word) for word in no}:
        return False
    if printed.strip() and key not in _YES | _NO | _UNSAID:
        raise LoadRejected(
            f"{where}: {header!r} says neither Y nor N; correct the cell, or the column map."
        )
    return None if key in _UNSAID else key in _YES
