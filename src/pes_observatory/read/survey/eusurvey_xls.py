"""EUSurvey's results as XLS or XLSX, or a ZIP of several with uploads: headers on row 4.

Format: EUSurvey, ``CommonExcelExportCreator``. Above the headers stand the survey's alias and
the date of the export. A sheet has at most 254 columns, further ones go on in ``Content1``,
``Content2``; a file has 20,000 rows, further ones go on in ``name_1``, ``name_2``. Uploads of
respondents lie in folders of the ZIP and are not opened.
"""

from __future__ import annotations

import io
import re
from itertools import chain

from pes_observatory.errors import LoadRejected
from pes_observatory.read.archive import ZIP, opened_archive, unpacked
from pes_observatory.read.job import Job
from pes_observatory.read.survey.cells import Cells, cells_of
from pes_observatory.read.survey.response_hash import with_response_hash
from pes_observatory.read.survey.workbook import sheets_of

ANONYMOUS = "Anonymous"
_PREAMBLE = 3
_SHEET = re.compile(r"Content(\d*)")
_FILE = re.compile(r"[^/]*?(?:_(\d+))?\.xlsx?", re.IGNORECASE)
_ALWAYS_FILLED = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d|[A-Z]{2}")


def read_eusurvey_xls(job: Job) -> Cells:
    """The cells of all files and sheets of an export, in their order.

    Where contributions are anonymous and so have no id, a column ``response_hash`` comes first.

    Raises:
        LoadRejected: a sheet has no preamble, files have different headers, or a row is cut.
    """
    cells, *further = [_of_workbook(where, content) for where, content in _workbooks(job)]
    for other in further:
        if other.headers != cells.headers:
            raise LoadRejected(
                f"{job.where}: its workbooks have different headers; put there the files of one "
                "export only."
            )
        cells.rows.extend(other.rows)
    _check_not_shifted(job.where, cells)
    if any(ANONYMOUS in row for row in cells.rows):
        return with_response_hash(job, cells)
    return cells


def _workbooks(job: Job) -> list[tuple[str, bytes]]:
    content = job.path.read_bytes()
    if not content.startswith(ZIP):
        return [(job.where, content)]
    with opened_archive(job.where, io.BytesIO(content)) as archive:
        if "[Content_Types].xml" in archive.namelist():
            return [(job.where, content)]
        named = [match for match in map(_FILE.fullmatch, archive.namelist()) if match]
        if not named:
            raise LoadRejected(
                f"{job.where}: is an archive without a workbook at its top; put there the ZIP as "
                "EUSurvey made it, or the workbook by itself."
            )
        return [
            (f"{job.where}, {match[0]}", unpacked(job.where, archive, match[0]))
            for match in sorted(named, key=lambda match: int(match[1] or 0))
        ]


def _of_workbook(where: str, content: bytes) -> Cells:
    found = sheets_of(where, content)
    numbered = [(match, found[match[0]]) for match in map(_SHEET.fullmatch, found) if match]
    sheets = [rows for _, rows in sorted(numbered, key=lambda pair: int(pair[0][1] or 0))]
    for number, rows in enumerate(sheets or [[]]):
        has_preamble = len(rows) > 1 and any(rows[0][1:2]) and not any(chain(*rows[2:3]))
        if not has_preamble or (number == 0 and len(rows) <= _PREAMBLE):
            raise LoadRejected(
                f"{where}: has no sheet Content with the alias on row 1, an empty row 3 and the "
                "headers on row 4; set format to what the file is, or export it again."
            )
    parts = [rows[_PREAMBLE:] for rows in sheets if len(rows) > _PREAMBLE]
    length = max(map(len, parts))
    for part in parts:
        part.extend([""] * len(part[0]) for _ in range(length - len(part)))
    return cells_of(where, [list(chain(*pieces)) for pieces in zip(*parts, strict=True)])


def _check_not_shifted(where: str, cells: Cells) -> None:
    """Refuse what EUSurvey's split of multiple choices does to rows without such an answer.

    It leaves their cells out, and everything after stands too far to the left; the last column
    shows it where it is one that is always filled, such as a date or language.
    """
    last = [row[-1] or "" for row in cells.rows]
    if not all(last) and any(last) and all(map(_ALWAYS_FILLED.fullmatch, filter(None, last))):
        raise LoadRejected(
            f"{where}, record {last.index('') + 1}: ends before its last column "
            f"{cells.headers[-1]!r}, so that its cells may stand under the wrong headers; export "
            "it again without splitting multiple choices."
        )
