"""One file to be read, and what its source says of it: what every reader is called with."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import duckdb
import pyarrow as pa

from pes_observatory.files import sha256_of_text
from pes_observatory.read.text import decoded
from pes_observatory.sources.models import Read
from pes_observatory.sources.registry import Declared


class ArrowStream(Protocol):
    """What Arrow's PyCapsule interface gives batches of rows by, anew for everyone who asks."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...


@dataclass(frozen=True)
class Job:
    """One file to read; without a declared source only what the file itself says is known.

    Attributes:
        connection: the DuckDB that the rows will be read by.
        item_name: how the snapshot calls the file.
        path: where its bytes are.
        dialect: its encoding, delimiter and the like.
        declared: the source that it belongs to.
        sha256: of its bytes.
        edition: what the provider said outside of the file of its table's last change.
        parts: all files of the snapshot, this one among them.
        found_at: the address of a document that a collection found, which its name does not tell.
        notes: what a person should know of the reading, a sentence each; readers add to it.
    """

    connection: duckdb.DuckDBPyConnection
    item_name: str
    path: Path
    dialect: Read
    declared: Declared | None = None
    sha256: str | None = None
    edition: str | None = None
    parts: tuple[Path, ...] = ()
    found_at: str | None = None
    notes: list[str] = field(default_factory=list)

    @property
    def where(self) -> str:
        """How sentences name this file."""
        source = f"Source {self.declared.id}, file" if self.declared else "File"
        return f"{source} {self.item_name}{f' ({self.found_at})' if self.found_at else ''}"

    def view(self, name: str, rows: pa.Table | ArrowStream) -> str:
        """Offer rows to the connection, in memory or as they come; what they are called there."""
        view = f"{name}_{sha256_of_text(str(self.path))[:12]}"
        self.connection.register(view, rows)
        return view

    def text(self) -> str:
        """The whole text of the file in the declared encoding."""
        return decoded(self.where, self.path, self.dialect.encoding)
