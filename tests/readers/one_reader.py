"""One reader on one file, and its rows as a person would look them up."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from pes_observatory.read.formats import read_file
from pes_observatory.read.indicator.delimited import refused_by_duckdb
from pes_observatory.read.job import Job
from pes_observatory.read.step import connected
from pes_observatory.sources.models import Read
from pes_observatory.sources.registry import Declared, get_source

ROOT = Path(__file__).parents[2]


def inputs_folder() -> Path:
    """Where real files are: ``PES_INPUTS``, or ``shared/inputs`` beside the project."""
    named = os.environ.get("PES_INPUTS")
    return Path(named) if named else ROOT.parent / "shared" / "inputs"


def real_source(source_id: str) -> Declared:
    """A source declared in tests/real/sources."""
    os.environ.setdefault("PES_INPUTS", str(inputs_folder()))
    return get_source(ROOT / "tests" / "real" / "sources", source_id)


@dataclass(frozen=True)
class Reading:
    """What a reader made of a file."""

    table: pa.Table

    @property
    def rows(self) -> list[dict[str, Any]]:
        return self.table.to_pylist()

    def __len__(self) -> int:
        return self.table.num_rows

    def column(self, name: str) -> list[Any]:
        return self.table.column(name).to_pylist()

    def one(self, **wanted: Any) -> dict[str, Any]:
        """The only row with these values."""
        table = self.table
        where = " AND ".join(f"{column} = ${column}" for column in wanted)
        with duckdb.connect() as connection:
            connection.register("read", table)
            found = connection.execute(f"FROM read WHERE {where}", wanted).to_arrow_table()
        assert found.num_rows == 1, f"{found.num_rows} rows have {wanted}"
        return found.to_pylist()[0]

    def values(self) -> tuple[int, float]:
        """How many values there are, and their sum."""
        values = [value for value in self.column("obs_value") if value is not None]
        return len(values), sum(values)


def read_with(
    format_name: str, path: Path, declared: Declared | None = None, **dialect: str
) -> Reading:
    """The rows of ``path`` in this dialect, or in the source's; a refusal as a step says it."""
    read = Read(**dialect) if dialect or declared is None else declared.source.read
    with connected() as connection:
        rows = read_file(Job(connection, path.name, path, read, declared), format_name)
        try:
            return Reading(rows if isinstance(rows, pa.Table) else rows.to_arrow_table())
        except duckdb.Error as error:
            raise refused_by_duckdb(path.name, error) from None
