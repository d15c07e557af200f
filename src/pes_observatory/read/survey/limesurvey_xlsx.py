"""LimeSurvey's Excel export (XLSX, of old versions XLS): one sheet, named after the survey.

Format: LimeSurvey, ``ExcelWriter``. An answer that starts with ``=`` or ``@`` is written between
quotes, which are taken off. What was not shown and what was left empty look alike.
"""

from __future__ import annotations

from pes_observatory.read.job import Job
from pes_observatory.read.survey.cells import Cells, cells_of
from pes_observatory.read.survey.workbook import sheet_of


def read_limesurvey_xlsx(job: Job) -> Cells:
    """The cells of the sheet with the responses."""
    records = sheet_of(job)
    cells = cells_of(job.where, records, job.dialect.header_rows or 1)
    return Cells(
        cells.headers,
        cells.sub_headers,
        rows=[[_without_quotes(value or "") for value in row] for row in cells.rows],
    )


def _without_quotes(written: str) -> str:
    is_quoted = written.startswith(('"=', '"@')) and written.endswith('"')
    return written[1:-1] if is_quoted else written
