"""The Parquet files behind ``meta``: sources, concepts, outcomes, gates, agreement, release."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pes_observatory import __version__
from pes_observatory.agreement.table import AGREEMENT, agreement_rows
from pes_observatory.agreement.units import coded_units
from pes_observatory.coding.codebook import load_codebook
from pes_observatory.coding.people import accepted_examples, is_held_back
from pes_observatory.gates.quarantine import QUARANTINE, quarantined
from pes_observatory.gates.results import all_results
from pes_observatory.landing import Load
from pes_observatory.outcomes import step_outcomes
from pes_observatory.settings import Home
from pes_observatory.sources.models import DocumentSource, IndicatorSource, SurveySource
from pes_observatory.sources.registry import Declared
from pes_observatory.status import SourceStatus
from pes_observatory.warehouse.concepts import (
    CONCEPT_SERIES,
    CONCEPTS,
    concept_rows,
    series_rows,
)
from pes_observatory.warehouse.documents import EDITIONS, LIST_NODES, edition_rows, node_rows
from pes_observatory.warehouse.facts import (
    CLAIMS,
    IMPRINT,
    REVIEWED_FACTS,
    claim_rows,
    imprint_rows,
    reviewed_rows,
)
from pes_observatory.warehouse.inputs import InputSet
from pes_observatory.warehouse.vintages import VINTAGED_LOADS, vintage_rows

_TEXT, _WHEN, _WHOLE = pa.string(), pa.timestamp("us"), pa.int64()
# fmt: off
_SOURCE_TEXTS = (
    "source_id", "kind", "title", "publisher", "licence", "attribution", "owner", "origin",
    "format", "survey_id", "network", "provider", "dataset", "publish_verbatims",
    "last_outcome", "last_detail", "snapshot_sha256", "load_id",
)
# fmt: on
SOURCES = pa.schema(
    [(name, _TEXT) for name in _SOURCE_TEXTS]
    + [("is_synthetic", pa.bool_()), ("expected_every_days", _WHOLE), ("rows_landed", _WHOLE)]
    + [(name, _WHEN) for name in ("last_try_at", "last_success_at", "failing_since")]
    + [("retrieved_at", _WHEN)]
)
STEP_OUTCOMES = pa.schema(
    [(name, _TEXT) for name in ("run_id", "source_id", "step", "outcome")]
    + [(name, _WHOLE) for name in ("rows_in", "rows_out", "rows_refused")]
    + [("snapshot_sha256", _TEXT), ("seconds", pa.float64()), ("started_at", _WHEN)]
    + [("detail", _TEXT)]
)
GATE_RESULTS = pa.schema(
    [(name, _TEXT) for name in ("run_id", "source_id", "suite", "rule", "severity")]
    + [("passed", pa.bool_()), ("unexpected_rows", _WHOLE), ("checked_rows", _WHOLE)]
    + [("observed", _TEXT), ("reason", _TEXT), ("is_baselined", pa.bool_())]
    + [("checked_at", _WHEN)]
)
RELEASE = pa.schema(
    [
        ("version", _TEXT),
        ("created_at", _WHEN),
        ("fingerprint", _TEXT),
        ("code_version", _TEXT),
        ("codebook_version", _TEXT),
    ]
)


def write_meta(
    home: Home, inputs: InputSet, folder: Path, *, version: str, created_at: datetime
) -> None:
    """Write all files of ``folder``, typed, whether or not there are rows."""
    folder.mkdir(parents=True, exist_ok=True)
    declared = {each.id for each in inputs.sources}
    release = {
        "version": version,
        "created_at": created_at,
        "fingerprint": inputs.fingerprint,
        "code_version": __version__,
        "codebook_version": load_codebook().version,
    }
    refused = [row for row in quarantined(home) if row["source_id"] in declared]
    sources = [_source_row(home, each, inputs) for each in inputs.sources]
    for name, rows, schema in (
        ("sources", sources, SOURCES),
        ("step_outcomes", step_outcomes(home), STEP_OUTCOMES),
        ("gate_results", all_results(home), GATE_RESULTS),
        ("quarantine", refused, QUARANTINE),
        ("release", [release], RELEASE),
        ("vintages", vintage_rows(inputs.histories), VINTAGED_LOADS),
        ("coding_agreement", _agreement(home, inputs), AGREEMENT),
        ("concepts", concept_rows(inputs.concepts), CONCEPTS),
        ("concept_series", series_rows(inputs.sources, inputs.concepts), CONCEPT_SERIES),
        ("editions", list(edition_rows(home, inputs)), EDITIONS),
        ("list_nodes", list(node_rows(inputs)), LIST_NODES),
        ("claims", list(claim_rows(inputs)), CLAIMS),
        ("imprint", list(imprint_rows(inputs)), IMPRINT),
        ("reviewed_facts", list(reviewed_rows(home, inputs)), REVIEWED_FACTS),
    ):
        pq.write_table(typed(rows, schema), folder / f"{name}.parquet")


def _agreement(home: Home, inputs: InputSet) -> list[dict[str, Any]]:
    has_learnt = bool(accepted_examples(home, load_codebook().version))
    return agreement_rows(
        coded_units(inputs.loads),
        may_have_learnt=lambda target_id: has_learnt and not is_held_back(target_id),
    )


def typed(rows: list[dict[str, Any]], schema: pa.Schema) -> pa.Table:
    """Rows as a table of a schema, times parsed and without their (UTC) zone."""
    return pa.Table.from_pylist([_without_zones(row, schema) for row in rows], schema=schema)


def _without_zones(row: dict[str, Any], schema: pa.Schema) -> dict[str, Any]:
    def plain(value: Any) -> Any:
        when = datetime.fromisoformat(value) if isinstance(value, str) else value
        return when.replace(tzinfo=None) if when is not None else None

    return {
        field.name: plain(row.get(field.name)) if field.type == _WHEN else row.get(field.name)
        for field in schema
    }


def _source_row(home: Home, declared: Declared, inputs: InputSet) -> dict[str, Any]:
    source = declared.source
    status: SourceStatus = inputs.statuses[declared.id]
    load = inputs.load_of(declared.id)
    row = {
        "source_id": declared.id,
        "origin": source.fetch.url,
        "publish_verbatims": "none",
        **vars(status),
        **source.model_dump(
            include={"kind", "title", "publisher", "licence", "attribution", "owner", "format"}
            | {"is_synthetic", "expected_every_days"}
        ),
        **(_load_columns(home, load) if load else {}),
    }
    if isinstance(source, SurveySource):
        row["survey_id"] = source.survey.survey_id
        row["publish_verbatims"] = source.survey.publish_verbatims
    elif isinstance(source, DocumentSource):
        row["network"] = source.document.network
    elif isinstance(source, IndicatorSource):
        row |= source.indicator.model_dump(include={"provider", "dataset"})
    return row


def _load_columns(home: Home, load: Load) -> dict[str, Any]:
    verdict = load.verdict or {}
    return {
        "load_id": load.load_id,
        "rows_landed": verdict.get("rows_accepted"),
        "snapshot_sha256": verdict.get("snapshot_sha256"),
        "retrieved_at": verdict.get("retrieved_at"),
    }
