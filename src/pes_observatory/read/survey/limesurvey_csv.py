"""LimeSurvey CSV export: ``;`` between quoted cells, BOM, line breaks inside cells.

Format: LimeSurvey manual, "Export results", CSV writer. Every value is quoted, so that a bare
empty cell is a NULL: a question that was not shown. A file that was saved again by something
else quotes its header no more and tells nothing of the kind. A cell that would start a formula
comes with a leading apostrophe (option ``csvMaskEquations``); it is taken off. A survey without
responses is exported as a header and one record of empty cells.
"""

from __future__ import annotations

import re

import pyarrow as pa
from pyarrow import csv

from pes_observatory.read.job import Job
from pes_observatory.read.survey.cells import Cells, cells_of, delimited_records

_MASKED_FORMULA = re.compile(r"^'(?=[=+\-@])")


def read_limesurvey_csv(job: Job) -> Cells:
    """The cells of one export file, its headings as codes, in full, or abbreviated."""
    text, delimiter = job.text(), job.dialect.delimiter
    records = delimited_records(job.where, text, delimiter)
    cells = cells_of(job.where, records, job.dialect.header_rows or 1)
    rows = [[_MASKED_FORMULA.sub("", value or "") for value in row] for row in cells.rows]
    shown = _shown(text, delimiter, cells) if text.startswith('"') else None
    return Cells(
        cells.headers,
        cells.sub_headers,
        [
            [value if shown is None or shown[n][m] else None for m, value in enumerate(row)]
            for n, row in enumerate(rows)
            if any(row)
        ],
    )


def _shown(text: str, delimiter: str, cells: Cells) -> list[list[bool]]:
    """For each cell whether it has content or quotes; ``csv`` does not tell, Arrow does."""
    names = [str(number) for number in range(len(cells.headers))]
    table = csv.read_csv(
        pa.BufferReader(text.encode()),
        read_options=csv.ReadOptions(column_names=names, block_size=4 * len(text) + 1),
        parse_options=csv.ParseOptions(delimiter=delimiter, newlines_in_values=True),
        convert_options=csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()),
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
        ),
    )
    columns = [column.is_valid().to_pylist()[-len(cells.rows) :] for column in table.columns]
    return [list(row) for row in zip(*columns, strict=True)]
