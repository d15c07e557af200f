"""The landing contracts: one typed schema per kind of thing a reader hands on.

A reader yields rows with exactly these columns; dbt's staging models read exactly these
columns. ``row_id`` numbers the rows of one load from 1; ``item_name`` and ``row_no`` lead
back to the file and what is printed there: the record after its header, counted from 1 (a
record may run over several lines), of a Eurostat TSV the line, of a document the passage.
"""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

_PROVENANCE: list[tuple[str, pa.DataType]] = [
    ("row_id", pa.int64()),
    ("source_id", pa.string()),
    ("snapshot_sha256", pa.string()),
    ("item_name", pa.string()),
    ("row_no", pa.int64()),
]

ANSWERS = pa.schema(
    [
        *_PROVENANCE,
        ("answer_id", pa.string()),
        ("survey_id", pa.string()),
        ("wave", pa.int32()),
        ("response_id", pa.string()),
        ("respondent_raw", pa.string()),
        ("respondent_key", pa.string()),
        ("submitted_at", pa.timestamp("us")),
        ("ui_language", pa.string()),
        ("is_complete", pa.bool_()),
        ("has_consent", pa.bool_()),
        ("attribution", pa.string()),
        ("question_id", pa.string()),
        ("slot", pa.int32()),
        ("header", pa.string()),
        ("answer_raw", pa.string()),
        ("answer_text", pa.string()),
        ("value_state", pa.string()),
        ("yes_no", pa.bool_()),
        ("lang", pa.string()),
        ("lang_method", pa.string()),
        ("original_lang", pa.string()),
        ("is_translated", pa.bool_()),
        ("published_heading", pa.string()),
    ]
)

PASSAGES = pa.schema(
    [
        *_PROVENANCE,
        ("passage_id", pa.string()),
        ("network", pa.string()),
        ("document_id", pa.string()),
        ("document_title", pa.string()),
        ("document_lang", pa.string()),
        ("published_on", pa.string()),
        ("document_url", pa.string()),
        ("page", pa.int32()),
        ("heading_path", pa.string()),
        ("passage_no", pa.int32()),
        ("passage_kind", pa.string()),
        ("list_id", pa.string()),
        ("list_position", pa.int32()),
        ("label", pa.string()),
        ("text", pa.string()),
        ("lang", pa.string()),
        ("lang_method", pa.string()),
        ("is_ocr", pa.bool_()),
        ("char_start", pa.int64()),
        ("char_end", pa.int64()),
    ]
)

OBSERVATIONS = pa.schema(
    [
        *_PROVENANCE,
        ("provider", pa.string()),
        ("dataset", pa.string()),
        ("freq", pa.string()),
        ("ref_area", pa.string()),
        ("area_scheme", pa.string()),
        ("sex", pa.string()),
        ("age", pa.string()),
        ("unit", pa.string()),
        ("unit_mult", pa.int32()),
        ("series_key", pa.string()),
        ("time_period", pa.string()),
        ("period_start", pa.date32()),
        ("obs_value", pa.float64()),
        ("obs_value_raw", pa.string()),
        ("obs_flag_raw", pa.string()),
        ("obs_status", pa.string()),
        ("value_state", pa.string()),
        ("basis", pa.string()),
        ("provider_updated_at", pa.string()),
    ]
)

VINTAGES = pa.schema(
    [
        *OBSERVATIONS,
        ("load_id", pa.string()),
        ("valid_from", pa.timestamp("us")),
        ("is_reread", pa.bool_()),
        ("change", pa.string()),
        ("reason", pa.string()),
        ("previous_value", pa.float64()),
        ("previous_value_raw", pa.string()),
        ("previous_unit_mult", pa.int32()),
        ("previous_flag_raw", pa.string()),
    ]
)

CODINGS = pa.schema(
    [
        *_PROVENANCE,
        ("target_kind", pa.string()),
        ("target_id", pa.string()),
        ("unit_no", pa.int32()),
        ("span_start", pa.int32()),
        ("span_end", pa.int32()),
        ("question_id", pa.string()),
        ("lang", pa.string()),
        ("code", pa.string()),
        ("is_primary", pa.bool_()),
        ("confidence", pa.float64()),
        ("terms", pa.string()),
        ("coder", pa.string()),
        ("coder_type", pa.string()),
        ("coder_role", pa.string()),
        ("unit_text_sha256", pa.string()),
        ("codebook_version", pa.string()),
    ]
)

CONTRACTS: dict[str, pa.Schema] = {
    "answers": ANSWERS,
    "passages": PASSAGES,
    "observations": OBSERVATIONS,
    "vintages": VINTAGES,
    "codings": CODINGS,
}

CODEBOOK = Path("dbt_project") / "seeds" / "codebook.csv"
CROSSWALK = Path("dbt_project") / "seeds" / "codebook_crosswalk.csv"
CODED_KINDS = ("survey", "document")
CONTRACT_OF_KIND = {
    "survey": "answers",
    "document": "passages",
    "indicator": "observations",
    "coding": "codings",
}
