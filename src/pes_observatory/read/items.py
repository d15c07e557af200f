"""All files of a source as one query, and what is kept where one of its documents is refused.

A document that cannot be read says nothing of the others: they land, it is named with its
sentence, and its passages of the last good load stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from pes_observatory.contracts import CONTRACTS
from pes_observatory.errors import DocumentRefused, LoadRejected
from pes_observatory.read.formats import read_file
from pes_observatory.read.job import Job
from pes_observatory.read.readings import Readings
from pes_observatory.snapshots import Snapshot
from pes_observatory.sources.documents import DocumentItem
from pes_observatory.sources.models import DocumentSource
from pes_observatory.sources.registry import Declared
from pes_observatory.sql import literal, one_of

_SENTENCES_SHOWN = 3
_IN_ORDER = "row_number() OVER ()"


@dataclass(frozen=True)
class Items:
    """The rows of the files of a source, and by file name why a document was refused."""

    query: str
    refused: dict[str, str] = field(default_factory=dict)


def all_items(
    source_id: str,
    format_name: str,
    contract: str,
    jobs: Sequence[Job],
    documents: Sequence[DocumentItem] = (),
    last_good: Path | None = None,
    readings: Readings | None = None,
) -> Items:
    """One query over the rows of every file of a source, numbered in order, with provenance.

    Of a refused document it has the rows of ``last_good``, if it is in there; what ``readings``
    knows is not read again.

    Raises:
        DocumentRefused: none of the documents can be read.
    """
    own = [field.name for field in CONTRACTS[contract]][5:]
    columns = ", ".join(f'"{column}"' for column in ["item_name", "row_no", *own])
    ids = {document.file: document.document_id for document in documents}
    parts: list[tuple[Job, str, str]] = []
    refused: dict[str, str] = {}
    for number, job in enumerate(jobs):
        try:
            rows = readings.passages(job) if readings else read_file(job, format_name)
        except DocumentRefused as refusal:
            refused[job.item_name] = str(refusal)
            if len(refused) == len(jobs):
                raise
            if last_good:
                kept = (
                    f"snapshot_sha256, {columns} FROM read_parquet({literal(last_good)}) "
                    f"WHERE item_name = {literal(job.item_name)} "
                    f"AND document_id = {literal(ids.get(job.item_name))}"
                )
                parts.append((job, _IN_ORDER, kept))
            continue
        view, place = f"item_{number}", _IN_ORDER
        if isinstance(rows, duckdb.DuckDBPyRelation):
            rows.create_view(view)
            place = "row_id"
        else:
            job.connection.register(view, rows)
        own_rows = f"{one_of(job.sha256)} AS snapshot_sha256, {columns} FROM {view}"
        parts.append((job, place, own_rows))
    return Items(_numbered(source_id, parts), refused)


def _numbered(source_id: str, parts: Sequence[tuple[Job, str, str]]) -> str:
    """The rows of all parts in their order; each part tells its own rows' places, from 1."""
    queries, rows_before = [], 0
    for number, (job, place, rows) in enumerate(parts, start=1):
        queries.append(
            f"SELECT {place} + {rows_before} AS row_id, {one_of(source_id)} AS source_id, {rows}"
        )
        if number < len(parts):
            found = job.connection.sql(f"SELECT count(*) FROM (SELECT {rows})").fetchone()
            rows_before += int(found[0]) if found else 0
            job.rewind()
    return " UNION ALL ".join(queries)


def check_all_came(declared: Declared, snapshot: Snapshot) -> None:
    """Refuse a snapshot without one of the documents that its source declares.

    Raises:
        LoadRejected: a declared document is missing.
    """
    if not isinstance(declared.source, DocumentSource):
        return
    came = {item.name for item in snapshot.items}
    missing = [item.file for item in declared.source.document.items if item.file not in came]
    if missing:
        raise LoadRejected(
            f"Source {declared.id}: {', '.join(missing)} is declared in document.items but did "
            "not come; put it back or remove it there."
        )


def told(refused: dict[str, str], documents: int) -> str:
    """The refusals of a load for its outcome: how many, and the first of them in full."""
    if not refused:
        return ""
    sentences = " ".join(list(refused.values())[:_SENTENCES_SHOWN])
    more = len(refused) - _SENTENCES_SHOWN
    others = f" {more} more are in marts.document_catalog." if more > 0 else ""
    return f"{len(refused)} of {documents} documents refused: {sentences}{others}"
