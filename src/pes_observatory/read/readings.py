"""What was read of each document of a source, kept under all that decided it.

A collection grows by one document a week: the others have the same bytes, declaration, readers
and libraries as last night, and are not extracted again. Only what could be read is kept, below
``state/readings/<source>``.
"""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pes_observatory.files import sha256_of_text, sha256_of_tree, written_whole
from pes_observatory.read.document.libraries import libraries
from pes_observatory.read.formats import read_file
from pes_observatory.read.job import Job
from pes_observatory.settings import Home
from pes_observatory.sources.models import DocumentSource

_NOTES = b"notes"


class Readings:
    """The documents of one source as they were read, and those of them that were asked for."""

    def __init__(self, home: Home, source: DocumentSource) -> None:
        self._folder = home.state / "readings" / source.id
        self._source = source
        self._items = {item.file: item for item in source.document.items}
        readers = sha256_of_tree([Path(__file__).parent], suffixes=(".py",))
        self._shared = [readers, *libraries(), source.format, source.document.network]
        self._asked: set[Path] = set()

    def passages(self, job: Job) -> pa.Table:
        """The passages of one document, read anew only where something that decides them changed.

        Raises:
            LoadRejected: it cannot be read, or is not declared.
        """
        path = self._path(job)
        self._asked.add(path)
        if path.exists():
            table = pq.read_table(path)
            job.notes.extend(json.loads((table.schema.metadata or {}).get(_NOTES, b"[]")))
            return table
        table = read_file(job, self._source.format)
        assert isinstance(table, pa.Table)
        noted = table.replace_schema_metadata({_NOTES: json.dumps(job.notes)})
        with written_whole(path) as part:
            pq.write_table(noted, part, compression="zstd")
        return table

    def forget_others(self) -> None:
        """Let go of what no document of this load is."""
        for path in self._folder.glob("*.parquet"):
            if path not in self._asked:
                path.unlink(missing_ok=True)

    def _path(self, job: Job) -> Path:
        item = self._items.get(job.item_name)
        declared = item.model_dump_json() if item else ""
        own = [str(job.sha256), job.item_name, job.dialect.model_dump_json(), declared]
        return self._folder / f"{sha256_of_text(' '.join([*self._shared, *own]))}.parquet"
