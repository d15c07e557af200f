"""One file to be read, and what its source says of it: what every reader is called with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from pes_observatory.read.text import decoded
from pes_observatory.sources.models import Read
from pes_observatory.sources.registry import Declared


@dataclass(frozen=True)
class Job:
    """One file to read; without a declared source only what the file itself says is known."""

    connection: duckdb.DuckDBPyConnection
    item_name: str
    path: Path
    dialect: Read
    declared: Declared | None = None

    @property
    def where(self) -> str:
        """How sentences name this file."""
        return f"{f'Source {self.declared.id}, file' if self.declared else 'File'} {self.item_name}"

    def text(self) -> str:
        """The whole text of the file in the declared encoding."""
        return decoded(self.where, self.path, self.dialect.encoding)
