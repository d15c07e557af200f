"""Facts as rows for dbt: claims and imprints as rules propose them, and what people decided."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from pes_observatory.facts.facts_csv import COLUMNS
from pes_observatory.facts.proposed import proposed_claims, proposed_imprint
from pes_observatory.facts.reviewed import counting_facts
from pes_observatory.settings import Home
from pes_observatory.warehouse.documents import document_sources
from pes_observatory.warehouse.inputs import InputSet

_TEXT, _WHOLE = pa.string(), pa.int32()
# fmt: off
_CLAIM_TEXTS = (
    "source_id", "document_id", "passage_id", "passage_sha256", "quote", "sentence", "value",
    "unit", "per", "qualifier", "subject_iso3",
)
_IMPRINT_TEXTS = (
    "source_id", "document_id", "passage_id", "passage_sha256", "kind", "role", "name", "quote",
    "sentence",
)
# fmt: on
CLAIMS = pa.schema(
    [(name, _TEXT) for name in _CLAIM_TEXTS]
    + [(name, _WHOLE) for name in ("claim_no", "quote_start", "quote_end", "stated_year")]
)
REVIEWED_FACTS = pa.schema([(name, _TEXT) for name in ("source_id", *COLUMNS)])
IMPRINT = pa.schema([*((name, _TEXT) for name in _IMPRINT_TEXTS), ("fact_no", _WHOLE)])


def claim_rows(inputs: InputSet) -> Iterator[dict[str, Any]]:
    """One row per number that a passage states."""
    for declared, _ in document_sources(inputs):
        load = inputs.load_of(declared.id)
        if load:
            yield from proposed_claims(load)


def reviewed_rows(home: Home, inputs: InputSet) -> Iterator[dict[str, Any]]:
    """One row per decision that a person made."""
    for declared, _ in document_sources(inputs):
        for fact in counting_facts(home, declared):
            if fact["decision"]:
                yield {"source_id": declared.id, **fact}


def imprint_rows(inputs: InputSet) -> Iterator[dict[str, Any]]:
    """One row per identifier, licence or contributor that a passage names."""
    for declared, _ in document_sources(inputs):
        load = inputs.load_of(declared.id)
        if load:
            yield from proposed_imprint(load)
