"""Respondents that asked not to be named, found however they printed their name.

On the safe side: a respondent is withheld when its name is any name of a listed PES in the
registry, or has one in it that is that PES's alone. Sentences never repeat the names.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import cache

from pes_observatory.read.text import folded
from pes_observatory.settings import project_root


class AskedForNeutrality:
    """The respondents that a source lists under ``survey.withheld``."""

    def __init__(self, listed: list[str]) -> None:
        pes_of = _pes_of_alias()
        written = {folded(entry) for entry in listed} - {""}
        pes = {pes_id for name in written for pes_id in pes_of.get(name, ())}
        pes |= {entry.strip().upper() for entry in listed}
        self._names = written | {alias for alias, owners in pes_of.items() if owners & pes}
        own = {alias for alias, owners in pes_of.items() if owners <= pes}
        self._parts = [f" {name} " for name in own | written]

    def includes(self, printed: str) -> bool:
        """Whether the respondent printed so is one of them."""
        name = folded(printed)
        return name in self._names or any(part in f" {name} " for part in self._parts)


def known_names() -> frozenset[str]:
    """Every folded name in the registry of PES."""
    return frozenset(_pes_of_alias())


@cache
def _pes_of_alias() -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    path = project_root() / "dbt_project" / "seeds" / "pes_alias.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            found[row["alias_key"]].add(row["pes_id"])
    return found
