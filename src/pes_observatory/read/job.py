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
        is_trusting: whether flags and dates of update may be taken for a closed set: those that
            are common, or in the first records. ``delimited.surprise`` says that one was not.
        notes: what a person should know of the reading, a sentence each; readers add to it.
        streams: by view the rows that come batch by batch; readers add to it.
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
    is_trusting: bool = False
    notes: list[str] = field(default_factory=list)
    streams: dict[str, ArrowStream] = field(default_factory=dict)

    @property
    def where(self) -> str:
        """How sentences name this file."""
        source = f"Source {self.declared.id}, file" if self.declared else "File"
        return f"{source} {self.item_name}{f' ({self.found_at})' if self.found_at else ''}"

    def view(self, name: str, rows: pa.Table) -> str:
        """Offer rows in memory to the connection; what they are called there."""
        view = self._view(name)
        self.connection.register(view, rows)
        return view

    def stream(self, name: str, rows: ArrowStream) -> str:
        """Offer rows that come batch by batch, to one query; what they are called there.

        DuckDB is given the stream itself. Were it given what makes one, it would put a scanner
        of Arrow's before it, which reads up to a gibibyte ahead.
        """
        view = self._view(name)
        self.streams[view] = rows
        self.connection.register(view, rows.__arrow_c_stream__())
        return view

    def rewind(self) -> None:
        """Offer the rows of every stream to one more query."""
        for view, rows in self.streams.items():
            self.connection.register(view, rows.__arrow_c_stream__())

    def _view(self, name: str) -> str:
        return f"{name}_{sha256_of_text(str(self.path))[:12]}"

    def text(self) -> str:
        """The whole text of the file in the declared encoding."""
        return decoded(self.where, self.path, self.dialect.encoding)
