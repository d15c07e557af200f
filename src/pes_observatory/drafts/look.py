"""What wrote an export, and in which dialect, told from its first cells. A suggestion only."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pes_observatory.errors import LoadRejected, WrongUse
from pes_observatory.read.archive import ZIP
from pes_observatory.read.formats import SURVEY
from pes_observatory.read.job import Job
from pes_observatory.read.survey.workbook import OLE, sheets_of
from pes_observatory.read.text import folded
from pes_observatory.sources.models import Read

DELIMITERS = (";", ",", "\t")
_GOOGLE_TIMES = {"timestamp", "horodateur", "marca temporal", "carimbo de data hora", "zeitstempel"}
_LIMESURVEY_IDS = {"id", "response id", "answer id", "id de la reponse", "id de respuesta"}
_LIMESURVEY_DATES = {"submitdate", "date submitted", "date de soumission", "fecha de envio"}
_START_WORDS = ("start", "debut", "inicio")


@dataclass(frozen=True)
class Look:
    """A file's format and dialect; ``is_sure`` is false where its encoding had to be guessed."""

    format: str
    encoding: str = "utf-8"
    delimiter: str = ","
    is_sure: bool = True
    header_rows: int | None = None

    def job(self, path: Path, connection: duckdb.DuckDBPyConnection) -> Job:
        """The file, to be read as this look says."""
        dialect = {name: getattr(self, name) for name in ("encoding", "delimiter", "header_rows")}
        return Job(connection, path.name, path, Read.model_validate(dialect))


def look_at(path: Path, format_name: str | None) -> Look:
    """What the file is, or what ``format_name`` makes of it.

    Raises:
        WrongUse: no such format, or nothing in the file tells which tool wrote it.
    """
    if format_name is not None and format_name not in SURVEY:
        raise WrongUse(f"There is no survey format {format_name!r}; known: {', '.join(SURVEY)}.")
    content = path.read_bytes()
    if content[:4] in (ZIP, OLE):
        found = format_name or _of_workbook(path, content)
        return Look(_told(path, found))
    if content.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"<"):
        return Look(_told(path, format_name or "eusurvey_xml"))
    if content.startswith(b"%PDF"):
        raise WrongUse(
            f"File {path.name} is no export of answers that we know; expected CSV, Excel or XML."
        )
    encoding, is_sure = _encoding(content)
    records = {d: _first_records(content.decode(encoding, "replace"), d) for d in DELIMITERS}
    delimiter = max(DELIMITERS, key=lambda d: len(records[d][0]))
    found = format_name or _of_records(records[delimiter], delimiter)
    is_one_row = found == "surveymonkey_csv" and bool(records[delimiter][1][:1] != [""])
    return Look(_told(path, found), encoding, delimiter, is_sure, 1 if is_one_row else None)


def _told(path: Path, format_name: str | None) -> str:
    if format_name is None:
        raise WrongUse(
            f"File {path.name} does not tell which survey tool wrote it; say it with --format, "
            f"one of {', '.join(SURVEY)}."
        )
    return format_name


def _encoding(content: bytes) -> tuple[str, bool]:
    if content.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig", True
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16", True
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "windows-1252", False
    return "utf-8", True


def _first_records(text: str, delimiter: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    records = [record for record, _ in zip(reader, range(2), strict=False)]
    return [*records, [], []][:2]


def _of_records(records: list[list[str]], delimiter: str) -> str | None:
    header, second = ([folded(cell) for cell in record] for record in records)
    if delimiter == "\t" and _LIMESURVEY_IDS & {*second}:
        return "limesurvey_vv"
    if _is_limesurvey(header):
        return "limesurvey_csv"
    if header[:2] == ["respondent id", "collector id"]:
        return "surveymonkey_csv"
    if header[:1] and header[0] in _GOOGLE_TIMES:
        return "google_forms_csv"
    if {"question", "question id"} & {*header} and {"text", "answer", "reponse"} & {*header}:
        return "answers_csv"
    return None


def _of_workbook(path: Path, content: bytes) -> str | None:
    try:
        sheets = sheets_of(f"File {path.name}", content)
    except LoadRejected:
        return "eusurvey_xls" if path.suffix.lower() == ".zip" else None
    filled = [row for rows in sheets.values() for row in rows if any(row)]
    header = [folded(cell) for cell in filled[0]] if filled else []
    if header[:1] == ["alias"]:
        return "eusurvey_xls"
    if header[:2] == ["respondent id", "collector id"]:
        return "surveymonkey_xlsx"
    if header[:1] == ["id"] and any(word in " ".join(header[1:2]) for word in _START_WORDS):
        return "microsoft_forms_xlsx"
    return "limesurvey_xlsx" if _is_limesurvey(header) else None


def _is_limesurvey(header: list[str]) -> bool:
    """Other tools, too, have an ``id`` in the first column, so that takes a second sign."""
    is_telling = header[:1] != ["id"] or bool(_LIMESURVEY_DATES & {*header})
    return bool(_LIMESURVEY_IDS & {*header[:1]}) and is_telling
