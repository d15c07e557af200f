"""The landing area: typed Parquet of each load, and which load of a source is the good one.

``landing/<contract>/<source>/<load>/`` holds ``read.parquet`` (all rows a reader found),
``verdict.json`` (what the gate said) and, if it said yes, ``accepted.parquet``. The link
``last_good`` beside the loads names the one that counts; it moves in one step.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from pes_observatory.contracts import CONTRACTS
from pes_observatory.files import read_json, switch, write_json, written_whole
from pes_observatory.settings import Home
from pes_observatory.sql import literal
from pes_observatory.vintages.index import read_history

LOADS_TO_KEEP = 5
# Of how many different texts a column of a row group keeps a dictionary: the table that DuckDB
# looks each text up in stays small, which takes a tenth off a large load
_TEXTS_PER_DICTIONARY = 8_000


@dataclass(frozen=True)
class Load:
    """One try to turn a snapshot into landed rows; ``load_id`` hashes all that decides them."""

    home: Home
    contract: str
    source_id: str
    load_id: str

    @property
    def folder(self) -> Path:
        return self.home.landing / self.contract / self.source_id / self.load_id

    @property
    def read_path(self) -> Path:
        return self.folder / "read.parquet"

    @property
    def accepted_path(self) -> Path:
        return self.folder / "accepted.parquet"

    @contextmanager
    def working_folder(self) -> Iterator[Path]:
        """A folder of a step's own, empty, for what it need not keep; gone at its end."""
        path = self.folder / ".work"
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir(parents=True)
        try:
            yield path
        finally:
            shutil.rmtree(path, ignore_errors=True)

    @property
    def texts_load_id(self) -> str:
        """Of codings: the load of the texts that they were made of."""
        return self.load_id.rpartition("-")[0]

    @property
    def refused_documents(self) -> dict[str, str]:
        """By file name why a document of this load could not be read."""
        found: dict[str, str] | None = read_json(self.folder / "refused.json")
        return found or {}

    def keep_refused_documents(self, refused: dict[str, str]) -> None:
        """Record which documents were refused, before the rows of the others are written."""
        if refused:
            write_json(self.folder / "refused.json", refused)

    @property
    def verdict(self) -> dict[str, Any] | None:
        """What the gate said of this load, None before it did."""
        found: dict[str, Any] | None = read_json(self.folder / "verdict.json")
        return found

    def keep_verdict(self, verdict: dict[str, Any]) -> None:
        """Record what the gate said, after everything that it stands on is written."""
        write_json(self.folder / "verdict.json", verdict)

    def accept(self) -> None:
        """Let this load be the one that counts, and forget the oldest of those before it.

        Texts stay as long as the codings that count were made of them, observations as long as
        their history ends with them.
        """
        codings = last_good(self.home, "codings", self.source_id)
        vintaged = read_history(self.home, self.source_id).last
        kept = {self.load_id, codings.texts_load_id if codings else ""}
        kept |= {vintaged.load_id} if vintaged else set()
        switch(self.folder.parent / "last_good", self.load_id)
        loads = sorted(
            (path for path in self.folder.parent.iterdir() if not path.is_symlink()),
            key=lambda path: path.stat().st_mtime,
        )
        for old in loads[:-LOADS_TO_KEEP]:
            if old.name not in kept:
                shutil.rmtree(old, ignore_errors=True)


def last_good(home: Home, contract: str, source_id: str) -> Load | None:
    """The load of a source that counts, None where none was ever accepted."""
    pointer = home.landing / contract / source_id / "last_good"
    return Load(home, contract, source_id, pointer.readlink().name) if pointer.exists() else None


_SQL_TYPE = {
    pa.int32(): "INTEGER",
    pa.int64(): "BIGINT",
    pa.float64(): "DOUBLE",
    pa.bool_(): "BOOLEAN",
    pa.date32(): "DATE",
    pa.timestamp("us"): "TIMESTAMP",
    pa.string(): "VARCHAR",
}


def typed_columns(
    rows: duckdb.DuckDBPyRelation, contract: str, without: tuple[str, ...] = ()
) -> str:
    """A contract's columns of ``rows`` for a SELECT, each cast to its type.

    An all-empty column has no type yet. An ENUM stays one: to Parquet it is text all the same.
    """
    type_of = dict(zip(rows.columns, rows.types, strict=True))
    return ", ".join(
        f'"{field.name}"'
        if type_of[field.name].id == "enum" and field.type == pa.string()
        else f'CAST("{field.name}" AS {_SQL_TYPE[field.type]}) AS "{field.name}"'
        for field in CONTRACTS[contract]
        if field.name not in without
    )


def write_rows(connection: duckdb.DuckDBPyConnection, query: str, contract: str, to: Path) -> int:
    """Write the rows of ``query`` as Parquet of a contract, whole or not at all; their number."""
    columns = typed_columns(connection.sql(query), contract)
    with written_whole(to) as part:
        connection.execute(
            f"COPY (SELECT {columns} FROM ({query})) TO {literal(part)} "
            "(FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2, "
            f"WRITE_BLOOM_FILTER false, DICTIONARY_SIZE_LIMIT {_TEXTS_PER_DICTIONARY})"
        )
        return count_rows(part)


def count_rows(path: Path) -> int:
    """How many rows a Parquet file has, from its footer."""
    return int(pq.read_metadata(path).num_rows)


def empty_file(home: Home, contract: str) -> Path:
    """A Parquet file of a contract without rows, so that every contract can always be read."""
    path = home.landing / contract / "empty.parquet"
    if not path.exists() or not pq.read_schema(path).equals(CONTRACTS[contract]):
        with written_whole(path) as part:
            pq.write_table(CONTRACTS[contract].empty_table(), part)
    return path
