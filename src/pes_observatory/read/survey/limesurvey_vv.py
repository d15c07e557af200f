"""LimeSurvey's VV export ("vertical verification"): tabs, two header rows, escape tokens.

Format: LimeSurvey, ``Export::vvexport``. The first row has the questions in words, the second
their codes; the codes are our headers, the words our sub-headers. Line breaks, tabs and braces
of an answer are written as tokens, and a question that was not shown as
``{question_not_shown}``. Older versions end every line with a tab.
"""

from __future__ import annotations

import re

from pes_observatory.errors import LoadRejected
from pes_observatory.read.job import Job
from pes_observatory.read.survey.cells import Cells, cells_of, delimited_records

NOT_SHOWN = "{question_not_shown}"
SIGN_OF = {"lbrace": "{", "newline": "\n", "cr": "\r", "tab": "\t"}
_TOKEN = re.compile(rf"\{{({'|'.join(SIGN_OF)})\}}")


def read_limesurvey_vv(job: Job) -> Cells:
    """The cells of one export file; ``read.delimiter`` is a tab by nature and not looked at.

    Raises:
        LoadRejected: there are not two header rows, or the second has no codes.
    """
    records = delimited_records(job.where, job.text(), "\t")
    if len(records) > 1 and not (records[0][-1] or records[1][-1]):
        records = [record[:-1] if not record[-1] else record for record in records]
    cells = cells_of(job.where, records)
    if not cells.rows or not all(cells.rows[0]):
        raise LoadRejected(
            f"{job.where}: its second row is not the codes of the questions; export it as VV, "
            "or set format to what the file is."
        )
    codes, *rows = cells.rows
    return Cells(
        headers=[code or "" for code in codes],
        sub_headers=cells.headers,
        rows=[[_meant(value or "") for value in row] for row in rows],
    )


def _meant(written: str) -> str | None:
    if written == NOT_SHOWN:
        return None
    quoted = re.sub(r"^\{quote\}", '"', written)
    return _TOKEN.sub(lambda token: SIGN_OF[token[1]], quoted)
