"""Workbooks (XLSX and XLS) as rows of printed cells.

They are read in a process of their own, which has so much time and memory and no more: a hostile
or damaged workbook may exhaust or break that one, and is then refused in a sentence.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys

from pes_observatory.errors import LoadRejected
from pes_observatory.read.archive import ZIP, opened_archive
from pes_observatory.read.job import Job
from pes_observatory.read.survey import workbook_process

OLE = b"\xd0\xcf\x11\xe0"

Sheets = dict[str, list[list[str]]]


def sheet_of(job: Job) -> list[list[str]]:
    """The rows with content of the sheet that the source names, or else of the only one.

    Raises:
        LoadRejected: the file is no workbook, or it does not say which sheet is meant.
    """
    found = sheets_of(job.where, job.path.read_bytes())
    sheets = {name: rows for name, rows in found.items() if rows}
    wanted = job.dialect.sheet
    if wanted is None and len(sheets) == 1:
        wanted = next(iter(sheets))
    if wanted not in sheets:
        named = ", ".join(map(repr, sheets)) or "none"
        raise LoadRejected(
            f"{job.where}: sheets with content are {named}, expected "
            f"{'one' if wanted is None else repr(wanted)}; set read.sheet to the one with the "
            "responses, or export it again."
        )
    return [row for row in sheets[wanted] if any(row)]


def sheets_of(where: str, content: bytes) -> Sheets:
    """Every worksheet's rows from cell A1, padded to one width.

    Raises:
        LoadRejected: it is no workbook, is damaged or protected, or takes too much to read.
    """
    if content.startswith(ZIP):
        opened_archive(where, io.BytesIO(content)).close()
    elif not content.startswith(OLE):
        raise LoadRejected(
            f"{where}: is no workbook, neither XLSX nor XLS; set format to what the file is, "
            "or export it again."
        )
    command = [sys.executable, "-m", workbook_process.__name__]
    try:
        ended = subprocess.run(
            command,
            input=content,
            capture_output=True,
            timeout=2 * workbook_process.MOST_SECONDS,
            check=True,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        raise LoadRejected(
            f"{where}: cannot be read as a workbook, it is damaged, protected by a password, or "
            f"takes more than {workbook_process.MOST_SECONDS} seconds or "
            f"{workbook_process.MOST_MEMORY:,} bytes of memory; export it again."
        ) from None
    answer = json.loads(ended.stdout)
    if "refused" in answer:
        raise LoadRejected(f"{where}: {answer['refused']}")
    sheets: Sheets = answer["sheets"]
    return sheets
