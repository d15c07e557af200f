"""Ids for the responses of tools that give none: a digest of what the response says."""

from __future__ import annotations

from collections import Counter

from pes_observatory.files import sha256_of_text
from pes_observatory.read.job import Job
from pes_observatory.read.survey.cells import Cells
from pes_observatory.read.survey.columns import Columns
from pes_observatory.sources.models import SurveySource

RESPONSE_HASH = "response_hash"


def with_response_hash(job: Job, cells: Cells) -> Cells:
    """The cells with a first column ``response_hash``.

    The digest is over the filled cells and their headers, so that a question added to the form
    changes none, and neither does the order of rows. Columns about persons stay out: who knows
    the other cells could try names on it. Of responses that say the same, time included, the
    second one's ends in ``-2``.
    """
    private = _private(job, cells)
    said_in = [n for n in range(len(cells.headers)) if n not in private]
    seen = Counter[str]()
    rows: list[list[str | None]] = []
    for row in cells.rows:
        said = [(cells.headers[n], cells.sub_headers[n], row[n]) for n in said_in if row[n]]
        digest = sha256_of_text(repr(said))[:16]
        seen[digest] += 1
        rows.append([digest if seen[digest] == 1 else f"{digest}-{seen[digest]}", *row])
    return Cells([RESPONSE_HASH, *cells.headers], ["", *cells.sub_headers], rows)


def _private(job: Job, cells: Cells) -> set[int]:
    if job.declared is None:
        return set()
    assert isinstance(job.declared.source, SurveySource)
    survey = job.declared.source.survey
    return Columns(cells).named([*survey.personal, *survey.pseudonymised])
