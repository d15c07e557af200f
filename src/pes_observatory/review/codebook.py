"""The codebook as people read it: labels, definitions and questions, from dbt's seed."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from pes_observatory.contracts import CODEBOOK
from pes_observatory.settings import project_root


@dataclass(frozen=True)
class CodebookRow:
    """One code of the codebook in force; ``labels`` are by language."""

    version: str
    code: str
    level: str
    parent: str
    labels: dict[str, str]
    definition: str
    questions: str

    def choice(self, lang: str) -> str:
        """The code as it stands in a drop-down."""
        return f"{self.code} · {self.labels[lang]}"


def codebook_rows(path: Path | None = None) -> list[CodebookRow]:
    """Every code in the seed's own order, parents before their children."""
    with (path or project_root() / CODEBOOK).open(encoding="utf-8", newline="") as stream:
        return [
            CodebookRow(
                row["codebook_version"],
                row["code"],
                row["level"],
                row["parent"],
                {lang: row[f"label_{lang}"] for lang in ("en", "fr", "es")},
                row["definition"],
                row["questions"],
            )
            for row in csv.DictReader(stream)
        ]
