"""The formats that can be read, by name: one reader each, under one call."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import duckdb
import pyarrow as pa

from pes_observatory.errors import DocumentRefused, LoadRejected, WrongUse
from pes_observatory.read.coding.coding_csv import read_coding_csv
from pes_observatory.read.coding.coding_xlsx import read_coding_xlsx
from pes_observatory.read.document.bounded import extracted
from pes_observatory.read.document.passages import passages_of
from pes_observatory.read.indicator.delimited import refused_by_duckdb
from pes_observatory.read.indicator.eurostat_tsv import read_eurostat_tsv
from pes_observatory.read.indicator.ilostat_csv import read_ilostat_csv
from pes_observatory.read.indicator.jsonstat import read_jsonstat
from pes_observatory.read.indicator.observations import LongTable, observations
from pes_observatory.read.indicator.sdmx_csv import read_sdmx_csv
from pes_observatory.read.indicator.sdmx_ml import read_sdmx_ml
from pes_observatory.read.indicator.worldbank_json import read_worldbank_json
from pes_observatory.read.indicator.worldbank_zip import read_worldbank_zip
from pes_observatory.read.job import Job
from pes_observatory.read.survey.answers import answers_from_cells
from pes_observatory.read.survey.answers_csv import read_answers_csv
from pes_observatory.read.survey.cells import Cells
from pes_observatory.read.survey.eusurvey_xls import read_eusurvey_xls
from pes_observatory.read.survey.eusurvey_xml import read_eusurvey_xml
from pes_observatory.read.survey.google_forms import read_google_forms_csv
from pes_observatory.read.survey.limesurvey_csv import read_limesurvey_csv
from pes_observatory.read.survey.limesurvey_vv import read_limesurvey_vv
from pes_observatory.read.survey.limesurvey_xlsx import read_limesurvey_xlsx
from pes_observatory.read.survey.microsoft_forms import read_microsoft_forms_xlsx
from pes_observatory.read.survey.surveymonkey import (
    read_surveymonkey_csv,
    read_surveymonkey_xlsx,
)
from pes_observatory.sources.documents import DocumentItem
from pes_observatory.sources.models import Coding, CodingSource, DocumentSource, IndicatorSource

Rows: TypeAlias = pa.Table | duckdb.DuckDBPyRelation


SurveyReader = Callable[[Job], Cells]
IndicatorReader = Callable[[Job], LongTable]
CodingReader = Callable[[Job, Coding], pa.Table]

SURVEY: dict[str, SurveyReader] = {
    "limesurvey_csv": read_limesurvey_csv,
    "limesurvey_vv": read_limesurvey_vv,
    "limesurvey_xlsx": read_limesurvey_xlsx,
    "eusurvey_xls": read_eusurvey_xls,
    "eusurvey_xml": read_eusurvey_xml,
    "surveymonkey_csv": read_surveymonkey_csv,
    "surveymonkey_xlsx": read_surveymonkey_xlsx,
    "microsoft_forms_xlsx": read_microsoft_forms_xlsx,
    "google_forms_csv": read_google_forms_csv,
    "answers_csv": read_answers_csv,
}
DOCUMENT = ("markdown", "text", "html", "pdf", "docx")
INDICATOR: dict[str, IndicatorReader] = {
    "eurostat_tsv": read_eurostat_tsv,
    "sdmx_csv": read_sdmx_csv,
    "ilostat_csv": read_ilostat_csv,
    "jsonstat": read_jsonstat,
    "sdmx_ml": read_sdmx_ml,
    "worldbank_json": read_worldbank_json,
    "worldbank_zip": read_worldbank_zip,
}
CODING: dict[str, CodingReader] = {
    "coding_csv": lambda job, coding: read_coding_csv(
        job.where, job.item_name, job.text(), job.dialect.delimiter, coding
    ),
    "coding_xlsx": lambda job, coding: read_coding_xlsx(job.where, job.item_name, job.path, coding),
}
FORMATS = (*SURVEY, *DOCUMENT, *INDICATOR, *CODING)


def kind_of(format_name: str) -> str:
    """The kind of source that has files of this format."""
    kinds = {"survey": set(SURVEY), "document": set(DOCUMENT), "indicator": set(INDICATOR)}
    return next((kind for kind, formats in kinds.items() if format_name in formats), "coding")


def read_file(job: Job, format_name: str) -> Rows:
    """The rows of one file: a contract's columns, or a survey's cells without a declared source.

    Raises:
        LoadRejected: the file is not what its format and source say.
        WrongUse: there is no such format.
    """
    if format_name in SURVEY:
        return _read_survey(job, SURVEY[format_name])
    if format_name in DOCUMENT:
        return _read_document(job, format_name)
    if format_name in INDICATOR:
        return _read_indicator(job, INDICATOR[format_name])
    if format_name in CODING:
        return _read_coding(job, format_name)
    raise WrongUse(f"There is no format {format_name!r}; known formats: {', '.join(FORMATS)}.")


def _read_survey(job: Job, reader: SurveyReader) -> pa.Table:
    cells = reader(job)
    if job.declared is None:
        return cells.as_table()
    return answers_from_cells(job.declared, job.item_name, cells)


def _read_document(job: Job, format_name: str) -> pa.Table:
    document, network = _declared_item(job)
    lang = document.lang if document else None
    extract = extracted(job.where, format_name, job.path, job.dialect.encoding, lang)
    job.notes.extend(f"{job.item_name}: {note}" for note in extract.notes)
    table = passages_of(extract, job.item_name, document, network, job.found_at)
    if table.num_rows == 0:
        raise DocumentRefused(f"{job.where}: has no text; put the whole document there.")
    if document:
        _check_lists(job, document, table)
    return table


def _read_indicator(job: Job, reader: IndicatorReader) -> duckdb.DuckDBPyRelation:
    indicator = None
    if job.declared is not None:
        assert isinstance(job.declared.source, IndicatorSource)
        indicator = job.declared.source.indicator
    try:
        return observations(
            job.connection,
            reader(job),
            indicator,
            job.item_name,
            job.edition,
            is_trusting=job.is_trusting,
        )
    except duckdb.Error as error:
        raise refused_by_duckdb(job.where, error) from None


def _read_coding(job: Job, format_name: str) -> pa.Table:
    if job.declared is None:
        raise WrongUse(f"Format {format_name} needs a source; name one with --source.")
    assert isinstance(job.declared.source, CodingSource)
    return CODING[format_name](job, job.declared.source.coding)


def _declared_item(job: Job) -> tuple[DocumentItem | None, str | None]:
    if job.declared is None:
        return None, None
    assert isinstance(job.declared.source, DocumentSource)
    document = job.declared.source.document
    found = next((item for item in document.items if item.file == job.item_name), None)
    if found is None:
        raise LoadRejected(
            f"{job.where}: is not among document.items of the source; add it there with its "
            "title and language, or take the file away."
        )
    return found, document.network


def _check_lists(job: Job, document: DocumentItem, table: pa.Table) -> None:
    found = table.column("list_id").to_pylist()
    for declared in document.lists:
        count = found.count(declared.list_id)
        if count != declared.expected_count:
            raise DocumentRefused(
                f"{job.where}: list {declared.list_id} has {count} items under "
                f"{declared.heading!r}, expected {declared.expected_count}; the text has "
                "changed, correct document.items.lists."
            )
