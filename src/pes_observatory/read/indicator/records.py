"""The records of a delimited indicator file for DuckDB, numbered: every column text.

DuckDB numbers the rows of a CSV in one thread (``row_number() OVER ()``), and all that is made of
them waits for it. So Arrow cuts the file into cells, batch after batch, each with the numbers of
its records, and DuckDB takes the batches in all threads and keeps their order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import pyarrow as pa

from pes_observatory.errors import LoadRejected
from pes_observatory.read.indicator.cells import Layout, NotAsDeclared, batches_of_cells
from pes_observatory.read.indicator.delimited import own_sentence
from pes_observatory.read.job import Job

# DuckDB writes groups of so many rows: a batch that makes one group is not copied to make it
_ROWS_PER_GROUP = 122_880


@dataclass(frozen=True)
class Records:
    """What stands after FROM: columns of text ``c1``, ``c2``... and ``record``, counted from 1.

    Attributes:
        every: all records after the header, in their order, for one query.
        first: the first some of them, which show what most others are like.
    """

    every: str
    first: str


def records(
    job: Job,
    width: int,
    delimiter: str,
    *,
    used: Iterable[str] = (),
    is_quoted: bool = True,
    rows_per_record: int = 1,
) -> Records:
    """The records of a file whose header has ``width`` columns.

    Args:
        job: the file.
        width: how many cells every record has to have.
        delimiter: what stands between them.
        used: the columns that are needed, such as ``c1``; by default all.
        is_quoted: whether a cell may stand between quotes.
        rows_per_record: how many observations will be made of one record.

    Raises:
        LoadRejected: one of the first records is not as declared. A later one stops the query
            with an error for ``delimited.refused_by_duckdb``.
    """
    names = tuple(dict.fromkeys(used)) or tuple(f"c{no}" for no in range(1, width + 1))
    layout = Layout(job.path, job.dialect.encoding, delimiter, width, names, is_quoted)
    numbered = _Numbered(layout, max(_ROWS_PER_GROUP // rows_per_record, 1))
    try:
        first = numbered.first()
    except NotAsDeclared as refusal:
        raise LoadRejected(f"{job.where}: {refusal}") from None
    return Records(job.stream("records", numbered), job.view("first_records", first))


class _Numbered:
    """Batches of numbered records, from the first for each stream of Arrow that is asked for."""

    def __init__(self, layout: Layout, records_per_batch: int) -> None:
        self._layout = layout
        self._records_per_batch = records_per_batch
        columns = [(name, pa.string()) for name in layout.used]
        self._schema = pa.schema([*columns, ("record", pa.int64())])

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        reader = pa.RecordBatchReader.from_batches(self._schema, self._told())
        return reader.__arrow_c_stream__(requested_schema)

    def first(self) -> pa.Table:
        """The first batch, without rows if the file has none."""
        return pa.Table.from_batches(list(islice(self._batches(), 1)), self._schema)

    def _told(self) -> Iterator[pa.RecordBatch]:
        try:
            yield from self._batches()
        except NotAsDeclared as refusal:
            raise ValueError(own_sentence(str(refusal))) from None

    def _batches(self) -> Iterator[pa.RecordBatch]:
        records_before = 0
        for batch in _of_size(batches_of_cells(self._layout), self._records_per_batch):
            numbers = pa.arange(records_before + 1, records_before + batch.num_rows + 1)
            yield pa.RecordBatch.from_arrays([*batch.columns, numbers], schema=self._schema)
            records_before += batch.num_rows


def _of_size(batches: Iterator[pa.RecordBatch], size: int) -> Iterator[pa.RecordBatch]:
    """The same rows in batches of ``size``, the last one shorter."""
    held: list[pa.RecordBatch] = []
    rows_held = 0
    for batch in batches:
        held.append(batch)
        rows_held += batch.num_rows
        while rows_held >= size:
            table = pa.Table.from_batches(held)
            yield from table.slice(0, size).combine_chunks(pa.system_memory_pool()).to_batches()
            held = table.slice(size).to_batches()
            rows_held -= size
    if rows_held:
        yield from pa.Table.from_batches(held).combine_chunks(pa.system_memory_pool()).to_batches()
