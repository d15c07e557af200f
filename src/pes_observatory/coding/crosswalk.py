"""The codebook's crosswalk: what a code of an older version is called today.

Followed for examples here and for codings in ``int_codebook__current_codes``: a code that was
renamed or merged goes on, one that was split or removed leads nowhere by itself.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from pes_observatory.errors import WrongUse
from pes_observatory.settings import project_root

GOES_ON = ("kept", "renamed", "merged")


@dataclass(frozen=True)
class Crosswalk:
    """All versions, oldest first; per version and code what the change was, and the new code."""

    versions: tuple[str, ...]
    steps: dict[tuple[str, str], list[tuple[str, str]]]

    def newest(self, code: str, version: str) -> str | None:
        """What ``code`` of ``version`` is in the newest one, None where it is not one code.

        Raises:
            WrongUse: there is no such version.
        """
        if version not in self.versions:
            raise WrongUse(
                f"The codebook has no version {version!r}, only {', '.join(self.versions)}; "
                "correct codebook_version."
            )
        for older in self.versions[self.versions.index(version) : -1]:
            match self.steps.get((older, code), [("kept", code)]):
                case [(change, heir)] if change in GOES_ON:
                    code = heir
                case _:
                    return None
        return code


def load_crosswalk(seeds: Path | None = None) -> Crosswalk:
    """The crosswalk in dbt's seeds ``codebook_version`` and ``codebook_crosswalk``."""
    seeds = seeds or project_root() / "dbt_project" / "seeds"
    steps: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for row in _rows(seeds / "codebook_crosswalk.csv"):
        came_from = (row["from_version"], row["from_code"])
        steps.setdefault(came_from, []).append((row["change"], row["to_code"]))
    by_date = sorted(_rows(seeds / "codebook_version.csv"), key=lambda row: row["valid_from"])
    return Crosswalk(tuple(row["version"] for row in by_date), steps)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
