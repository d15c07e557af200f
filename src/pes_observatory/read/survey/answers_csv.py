"""Answers as a plain CSV with one header row: what a person or another system puts together."""

from __future__ import annotations

from pes_observatory.read.job import Job
from pes_observatory.read.survey.cells import Cells, cells_of, delimited_records


def read_answers_csv(job: Job) -> Cells:
    """The cells of one file."""
    records = delimited_records(job.where, job.text(), job.dialect.delimiter)
    return cells_of(job.where, records, job.dialect.header_rows or 1)
