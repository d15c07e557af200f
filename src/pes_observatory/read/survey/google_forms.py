"""Google Forms' responses as CSV: downloaded from the form (a CSV, or a ZIP of one) or its Sheet.

The first column is the time, in the manner of the form's language. There is no response id, so
that a digest of the response is put in front of it. Questions that were deleted or edited keep
their column: a header may come twice.
"""

from __future__ import annotations

from pes_observatory.errors import LoadRejected
from pes_observatory.read.archive import ZIP, opened_archive, unpacked
from pes_observatory.read.job import Job
from pes_observatory.read.survey.cells import Cells, cells_of, delimited_records
from pes_observatory.read.survey.response_hash import with_response_hash
from pes_observatory.read.text import decoded_bytes


def read_google_forms_csv(job: Job) -> Cells:
    """The cells of one file, with the column ``response_hash`` before the printed ones."""
    records = delimited_records(job.where, _text(job), job.dialect.delimiter)
    cells = cells_of(job.where, records, job.dialect.header_rows or 1)
    return with_response_hash(job, cells)


def _text(job: Job) -> str:
    with job.path.open("rb") as content:
        if content.read(4) != ZIP:
            return job.text()
        with opened_archive(job.where, content) as archive:
            names = [name for name in archive.namelist() if name.lower().endswith(".csv")]
            if len(names) != 1:
                raise LoadRejected(
                    f"{job.where}: is an archive of {len(names)} CSV files, expected one; "
                    "put the CSV there by itself."
                )
            content_of_csv = unpacked(job.where, archive, names[0])
            return decoded_bytes(job.where, content_of_csv, job.dialect.encoding)
