"""The records of a delimited indicator file for DuckDB, numbered: every column text.

DuckDB can number the records of a CSV in one thread only (``row_number() OVER ()``), and all
that is made of them waits for that thread. A Parquet file knows the number of each of its rows,
so the records go through one, and all threads read, compute and write.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable

import duckdb

from pes_observatory.read.indicator.delimited import is_gzip
from pes_observatory.read.job import Job
from pes_observatory.sql import literal

_DUCKDB_ENCODING = {
    "utf-8": "utf-8",
    "utf-8-sig": "utf-8",
    "latin-1": "latin-1",
    "windows-1252": "CP1252",
    "utf-16": "utf-16",
}
# What one thread takes at a time, and holds until all before it is written: bounded in cells,
# for a wide table has many rows per record. DuckDB makes groups of whole vectors.
_CELLS_PER_GROUP = 600_000
_RECORDS_PER_VECTOR = 2_048


def records(
    job: Job, width: int, delimiter: str, *, used: Iterable[str] = ("*",), is_quoted: bool = True
) -> str:
    """What stands after FROM for all records after the header, strict on their width.

    Their columns are texts, ``c1``, ``c2``..., and ``record``, which counts them from 1.

    Args:
        job: the file; its connection is one of ``read.step.connected``.
        width: how many columns the header has.
        delimiter: what stands between them.
        used: the columns that are needed; by default all.
        is_quoted: whether a cell may stand between quotes.

    Raises:
        duckdb.Error: a record is not as declared.
    """
    declared = ", ".join(f"c{number}: 'VARCHAR'" for number in range(1, width + 1))
    quote = "'\"'" if is_quoted else "''"
    compression = "gzip" if is_gzip(job.path) else "none"
    group = max(_CELLS_PER_GROUP // width // _RECORDS_PER_VECTOR, 1) * _RECORDS_PER_VECTOR
    parquet = literal(_file_beside_the_spilled(job.connection))
    job.connection.execute(f"""
        COPY (
            SELECT {", ".join(dict.fromkeys(used))}
            FROM read_csv({literal(job.path)}, auto_detect=false, header=true, skip=0,
                delim={literal(delimiter)}, quote={quote}, escape={quote}, all_varchar=true,
                columns={{{declared}}}, null_padding=false, strict_mode=true,
                compression='{compression}', nullstr='\x01',
                encoding='{_DUCKDB_ENCODING[job.dialect.encoding]}')
        ) TO {parquet} (FORMAT parquet, COMPRESSION lz4, ROW_GROUP_SIZE {group})
    """)
    return f"""(
        SELECT * EXCLUDE (file_row_number), file_row_number + 1 AS record
        FROM read_parquet({parquet}, file_row_number=true)
    )"""


def _file_beside_the_spilled(connection: duckdb.DuckDBPyConnection) -> str:
    """A new file in the connection's own folder, which goes with it."""
    found = connection.sql("SELECT current_setting('temp_directory')").fetchone()
    assert found is not None
    handle, path = tempfile.mkstemp(dir=found[0], suffix=".parquet")
    os.close(handle)
    return path
