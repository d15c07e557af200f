"""The code step: the accepted answers or passages of a source become codings.

The units of an answer are coded by rules, by the model, and by both together; all three are
landed. A passage of a document is coded as a whole and by rules alone: most say nothing of a
theme, and a model always believes in one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pes_observatory.coding.codebook import load_codebook
from pes_observatory.coding.coders import Coder, coder_hash, load_coders, rule_coder
from pes_observatory.coding.people import accepted_examples
from pes_observatory.coding.units import Unit, units_of
from pes_observatory.contracts import CODINGS, CONTRACT_OF_KIND
from pes_observatory.errors import LoadRejected
from pes_observatory.files import written_whole
from pes_observatory.landing import Load, count_rows, last_good
from pes_observatory.outcomes import StepOutcome
from pes_observatory.settings import Home
from pes_observatory.sources.registry import Declared

_TEXT_COLUMNS = {
    "answers": ("answer_id", "answer_text", "lang", "question_id"),
    "passages": ("passage_id", "text", "lang"),
}
_PROVENANCE = ("source_id", "snapshot_sha256", "item_name", "row_no")


def code(home: Home, declared: Declared, outcome: StepOutcome) -> Load:
    """Code a source's last good load; ``unchanged`` when these coders did so before.

    Raises:
        LoadRejected: no load of the source was ever accepted.
    """
    contract = CONTRACT_OF_KIND[declared.source.kind]
    texts = last_good(home, contract, declared.id)
    if texts is None:
        raise LoadRejected(
            f"Source {declared.id} has no accepted load to code; run it without --only code first."
        )
    version = load_codebook().version
    examples = accepted_examples(home, version) if contract == "answers" else []
    codings = Load(home, "codings", declared.id, f"{texts.load_id}-{coder_hash(examples)[:8]}")
    outcome.rows_in = count_rows(texts.accepted_path)
    is_known = codings.accepted_path.exists()
    if not is_known:
        coders: dict[str, Coder] = {"rule": rule_coder()}
        if contract == "answers":
            coders = load_coders(home, examples).by_type()
        with written_whole(codings.accepted_path) as part, pq.ParquetWriter(part, CODINGS) as file:
            first_row_id = 1
            for batch in pq.ParquetFile(texts.accepted_path).iter_batches():
                rows = list(_code_batch(coders, version, contract, batch, first_row_id))
                file.write_table(pa.Table.from_pylist(rows, schema=CODINGS))
                first_row_id += len(rows)
    outcome.rows_out = count_rows(codings.accepted_path)
    if last_good(home, "codings", declared.id) != codings:
        codings.accept()
        is_known = False
    outcome.outcome = "unchanged" if is_known else "landed"
    return codings


def _code_batch(
    coders: dict[str, Coder],
    codebook_version: str,
    contract: str,
    batch: pa.RecordBatch,
    first_row_id: int,
) -> Iterator[dict[str, Any]]:
    target = _TEXT_COLUMNS[contract][0]
    row_id = first_row_id
    for row in batch.select([*_PROVENANCE, *_TEXT_COLUMNS[contract]]).to_pylist():
        text = row[_TEXT_COLUMNS[contract][1]] or ""
        about = {
            **{column: row[column] for column in _PROVENANCE},
            "target_kind": target.removesuffix("_id"),
            "target_id": row[target],
            "question_id": row.get("question_id"),
            "lang": row["lang"],
            "codebook_version": codebook_version,
        }
        for coding in _codings_of_units(coders, about, text, _units(contract, text)):
            yield {"row_id": row_id, **about, **coding}
            row_id += 1


def _units(contract: str, text: str) -> list[Unit]:
    """The units of an answer; a passage, and an answer without words, is one as a whole."""
    found = units_of(text) if contract == "answers" else []
    return found or [Unit(1, 0, len(text))] if text else []


def _codings_of_units(
    coders: dict[str, Coder], about: dict[str, Any], text: str, units: list[Unit]
) -> Iterator[dict[str, Any]]:
    for unit in units:
        words = text[unit.start : unit.end]
        for coder_type, coder in coders.items():
            for found in coder.codes(words, about["lang"], about["question_id"]):
                yield {
                    "unit_no": unit.unit_no,
                    "span_start": unit.start,
                    "span_end": unit.end,
                    "code": found.code,
                    "is_primary": found.is_primary,
                    "confidence": found.confidence,
                    "terms": "|".join(found.terms),
                    "coder": coder.name,
                    "coder_type": coder_type,
                }
