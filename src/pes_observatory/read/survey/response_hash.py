"""Ids for the responses of tools that give none: a digest of what the response says."""

from __future__ import annotations

from collections import Counter

from pes_observatory.files import sha256_of_text
from pes_observatory.read.job import Job
from pes_observatory.read.survey.cells import Cells
from pes_observatory.sources.models import SurveySource

RESPONSE_HASH = "response_hash"


def with_response_hash(job: Job, cells: Cells) -> Cells:
    """The cells with a first column ``response_hash``.

    The digest is over the filled cells and their headers, so that a question added to the form
    changes none, and neither does the order of rows. Personal columns stay out: who knows the
    other cells could try names on it. Of responses that say the same, time included, the second
    one's ends in ``-2``.
    """
    personal = _personal(job)
    seen = Counter[str]()
    rows: list[list[str | None]] = []
    for row in cells.rows:
        said = [
            (header, sub_header, value)
            for header, sub_header, value in zip(cells.headers, cells.sub_headers, row, strict=True)
            if value and header not in personal
        ]
        digest = sha256_of_text(repr(said))[:16]
        seen[digest] += 1
        rows.append([digest if seen[digest] == 1 else f"{digest}-{seen[digest]}", *row])
    return Cells([RESPONSE_HASH, *cells.headers], ["", *cells.sub_headers], rows)


def _personal(job: Job) -> frozenset[str]:
    if job.declared is None:
        return frozenset()
    assert isinstance(job.declared.source, SurveySource)
    return frozenset(job.declared.source.survey.personal)
