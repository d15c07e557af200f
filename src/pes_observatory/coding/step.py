"""The code step: the accepted answers or passages of a source become codings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pes_observatory.coding.codebook import load_codebook
from pes_observatory.coding.lexicon import load_lexicons
from pes_observatory.coding.rules import RuleCoder
from pes_observatory.coding.units import units_of
from pes_observatory.contracts import CODINGS, CONTRACT_OF_KIND
from pes_observatory.errors import LoadRejected
from pes_observatory.files import sha256_of_tree, written_whole
from pes_observatory.landing import Load, count_rows, last_good
from pes_observatory.outcomes import StepOutcome
from pes_observatory.settings import Home, project_root
from pes_observatory.sources.registry import Declared

_TEXT_COLUMNS = {
    "answers": ("answer_id", "answer_text", "lang", "question_id"),
    "passages": ("passage_id", "text", "lang"),
}


def code(home: Home, declared: Declared, outcome: StepOutcome) -> Load:
    """Code a source's last good load; ``unchanged`` when this coder did so before.

    Raises:
        LoadRejected: no load of the source was ever accepted.
    """
    contract = CONTRACT_OF_KIND[declared.source.kind]
    texts = last_good(home, contract, declared.id)
    if texts is None:
        raise LoadRejected(
            f"Source {declared.id} has no accepted load to code; run it without --only code first."
        )
    codings = Load(home, "codings", declared.id, f"{texts.load_id}-{coder_hash()[:8]}")
    outcome.rows_in = count_rows(texts.accepted_path)
    is_known = codings.accepted_path.exists()
    if not is_known:
        coder = RuleCoder(load_codebook(), load_lexicons())
        with written_whole(codings.accepted_path) as part, pq.ParquetWriter(part, CODINGS) as file:
            first_row_id = 1
            for batch in pq.ParquetFile(texts.accepted_path).iter_batches():
                rows = list(_code_batch(coder, contract, batch, first_row_id))
                file.write_table(pa.Table.from_pylist(rows, schema=CODINGS))
                first_row_id += len(rows)
    outcome.rows_out = count_rows(codings.accepted_path)
    if last_good(home, "codings", declared.id) != codings:
        codings.accept()
        is_known = False
    outcome.outcome = "unchanged" if is_known else "landed"
    return codings


def coder_hash() -> str:
    """A hash of all that decides a coding: this folder's code, the codebook and its terms."""
    seeds = project_root() / "dbt_project" / "seeds"
    return sha256_of_tree(
        [Path(__file__).parent, seeds / "codebook.csv", seeds / "codebook_terms.csv"],
        suffixes=(".py", ".csv"),
    )


def _code_batch(
    coder: RuleCoder, contract: str, batch: pa.RecordBatch, first_row_id: int
) -> Iterator[dict[str, Any]]:
    target, text_column, *_ = _TEXT_COLUMNS[contract]
    provenance = ("source_id", "snapshot_sha256", "item_name", "row_no")
    columns = [*provenance, *_TEXT_COLUMNS[contract]]
    row_id = first_row_id
    for row in batch.select(columns).to_pylist():
        text = row[text_column]
        question_id = row.get("question_id")
        for unit in units_of(text) if text else ():
            words = text[unit.start : unit.end]
            for found in coder.codes(words, row["lang"], question_id):
                yield {
                    **{column: row[column] for column in provenance},
                    "row_id": row_id,
                    "target_kind": target.removesuffix("_id"),
                    "target_id": row[target],
                    "unit_no": unit.unit_no,
                    "span_start": unit.start,
                    "span_end": unit.end,
                    "question_id": question_id,
                    "lang": row["lang"],
                    "code": found.code,
                    "is_primary": found.is_primary,
                    "confidence": found.confidence,
                    "terms": "|".join(found.terms),
                    "coder": coder.name,
                    "coder_type": "rule",
                    "codebook_version": coder.codebook.version,
                }
                row_id += 1
