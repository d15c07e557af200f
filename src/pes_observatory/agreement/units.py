"""The coded units: what each coder said of each unit of an answer, as the loads that count have it.

A person's coding that names its words belongs to the unit that has these words now, one without a
span to the unit of its number, just as in dbt's ``int_coding__placed``; a coding whose unit or
words are gone is left out here and listed there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from pes_observatory.contracts import ANSWERS, CODINGS
from pes_observatory.landing import Load

if TYPE_CHECKING:
    import pyarrow.dataset as ds

_CODED_UNITS = """
WITH units AS (
    SELECT target_id, unit_no, min(span_start) AS span_start, max(span_end) AS span_end
    FROM codings WHERE target_kind = 'answer' AND coder_type <> 'human' GROUP BY ALL
),
placed AS (
    SELECT c.* REPLACE (coalesce(u.unit_no, c.unit_no) AS unit_no), a.survey_id, a.wave,
        a.question_id AS question, a.lang AS answer_lang
    FROM codings AS c
    INNER JOIN answers AS a ON c.target_kind = 'answer' AND c.target_id = a.answer_id
    LEFT JOIN units AS u ON c.coder_type = 'human' AND c.target_id = u.target_id
        AND (c.span_start = u.span_start AND c.span_end = u.span_end
            OR c.span_start IS NULL AND c.unit_no = u.unit_no)
    WHERE a.value_state = 'answered'
        AND (c.coder_type <> 'human' OR u.unit_no IS NOT NULL)
        AND coalesce(c.unit_text_sha256 = sha256(
            substring(a.answer_text, c.span_start + 1, c.span_end - c.span_start)), true)
),
coded AS (
    SELECT survey_id, wave, target_id, unit_no, question, answer_lang, coder, coder_type,
        max(coder_role) AS coder_role, codebook_version, source_id,
        min(code) FILTER (is_primary) AS primary_code,
        list_sort(list(DISTINCT code)) AS codes,
        max(confidence) FILTER (is_primary) AS confidence,
        min(span_start) AS span_start, max(span_end) AS span_end
    FROM placed GROUP BY ALL
)
SELECT survey_id, wave, target_id, unit_no, question AS question_id, answer_lang AS lang, coder,
    coder_type, coder_role, codebook_version, primary_code AS primary, codes, confidence,
    CASE WHEN span_end IS NOT NULL THEN [span_start, span_end] END AS span
FROM coded WHERE primary_code IS NOT NULL
QUALIFY row_number() OVER (
    PARTITION BY target_id, unit_no, coder, codebook_version ORDER BY source_id) = 1
ORDER BY target_id, unit_no, coder, codebook_version
"""


@dataclass(frozen=True)
class CodedUnit:
    """What one coder said of one unit; ``codes`` are all its codes in order of their names."""

    survey_id: str
    wave: int
    target_id: str
    unit_no: int
    question_id: str
    lang: str | None
    coder: str
    coder_type: str
    coder_role: str | None
    codebook_version: str
    primary: str
    codes: tuple[str, ...]
    confidence: float | None
    span: tuple[int, int] | None

    @property
    def key(self) -> tuple[str, int]:
        return self.target_id, self.unit_no


def coded_units(loads: Iterable[Load]) -> list[CodedUnit]:
    """The units of all answers among ``loads``, one entry per coder, in order of place."""
    loads = list(loads)
    with duckdb.connect(":memory:") as connection:
        for contract, schema in (("answers", ANSWERS), ("codings", CODINGS)):
            paths = [str(load.accepted_path) for load in loads if load.contract == contract]
            connection.register(contract, _dataset(paths, schema))
        rows = connection.execute(_CODED_UNITS).to_arrow_table().to_pylist()
    return [
        CodedUnit(
            **{
                **row,
                "codes": tuple(row["codes"]),
                "span": tuple(row["span"]) if row["span"] else None,
            }
        )
        for row in rows
    ]


def _dataset(paths: list[str], schema: ds.Schema) -> ds.Dataset:
    """All files as one; a column that a file does not have yet is null."""
    import pyarrow.dataset as ds  # brings pandas along, which most commands need not wait for

    return ds.dataset([Path(path) for path in paths], schema=schema, format="parquet")
