"""World Bank's download of one indicator as CSV: in a ZIP with its metadata, or alone.

``API_SL.UEM.1524.ZS_DS2_en_csv_v2_….csv``: four lines on source and date, then a line per
country with a column per year, the last one empty. An empty cell is a missing value.
Format: https://datahelpdesk.worldbank.org/knowledgebase/articles/889392
"""

from __future__ import annotations

import csv
import io

import pyarrow as pa
from pyarrow import csv as arrow_csv

from pes_observatory.errors import LoadRejected
from pes_observatory.read.archive import ZIP, opened_archive, unpacked
from pes_observatory.read.indicator.dates import in_iso
from pes_observatory.read.indicator.observations import LongTable
from pes_observatory.read.indicator.wide import wide_table
from pes_observatory.read.job import Job
from pes_observatory.read.text import decoded_bytes
from pes_observatory.sql import literal

_HEADER = ["Country Name", "Country Code", "Indicator Name", "Indicator Code"]
_MOST_LINES_BEFORE = 10


def read_worldbank_zip(job: Job) -> LongTable:
    """The long table of one download; ``row_no`` is the record after the header.

    Raises:
        LoadRejected: the table is not in it, or is not laid out as the World Bank's.
    """
    text = decoded_bytes(job.where, _table(job), job.dialect.encoding).removeprefix("\ufeff")
    records = csv.reader(io.StringIO(text))
    header, updated_at = None, None
    for _, record in zip(range(_MOST_LINES_BEFORE), records, strict=False):
        if record[:1] == ["Last Updated Date"]:
            updated_at = record[1]
        if record[:4] == _HEADER:
            header = record
            break
    years = header[len(_HEADER) :] if header else []
    if years[-1:] == [""]:
        years.pop()
    if not header or not years or len(set(years)) != len(years):
        raise LoadRejected(
            f"{job.where}: has no line {', '.join(_HEADER)} and years after it, as the World "
            "Bank's download of one indicator has; check fetch.url and format."
        )
    table = _records(job.where, text, records.line_num, len(header))
    source = job.view("worldbank", table)
    columns = {year: f"c{number}" for number, year in enumerate(years, start=len(_HEADER) + 1)}
    keys = {"indicator": "c4", "ref_area": "c2"}
    said_at = in_iso(literal(updated_at))
    return wide_table(job.connection, source, keys, "time", columns, provider_updated_at=said_at)


def _table(job: Job) -> bytes:
    with job.path.open("rb") as stream:
        if stream.read(len(ZIP)) != ZIP:
            stream.seek(0)
            return stream.read()
        archive = opened_archive(job.where, stream)
        names = [name for name in archive.namelist() if name.lower().endswith(".csv")]
        tables = [name for name in names if not name.rsplit("/")[-1].startswith("Metadata_")]
        if len(tables) != 1:
            raise LoadRejected(
                f"{job.where}: has {len(tables)} tables ({', '.join(tables[:3]) or 'none'}), "
                "expected one API_….csv beside its metadata; check fetch.url."
            )
        return unpacked(job.where, archive, tables[0])


def _records(where: str, text: str, lines_before: int, width: int) -> pa.Table:
    names = [f"c{number}" for number in range(1, width + 1)]
    try:
        table = arrow_csv.read_csv(
            io.BytesIO(text.encode()),
            read_options=arrow_csv.ReadOptions(skip_rows=lines_before, column_names=names),
            parse_options=arrow_csv.ParseOptions(newlines_in_values=True),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:
        raise LoadRejected(
            f"{where}: has a line with more or fewer cells than its header's {width}; the file "
            "is damaged, fetch it again."
        ) from None
    return table.append_column("record", pa.array(range(1, table.num_rows + 1), pa.int64()))
