"""One coding by a person as a row of the landing contract, whatever file it came in."""

from __future__ import annotations

from typing import Any

from pes_observatory.sources.models import Coding


def landed_coding(
    coding: Coding,
    *,
    item_name: str,
    row_no: int,
    target_id: str,
    unit_no: int,
    code: str,
    is_primary: bool,
    span: tuple[int, int] | None = None,
    unit_text_sha256: str | None = None,
    codebook_version: str | None = None,
) -> dict[str, Any]:
    """A row of ``CODINGS``, without provenance of the load; ``target_id`` is an answer's."""
    return {
        "item_name": item_name,
        "row_no": row_no,
        "target_kind": "answer",
        "target_id": target_id,
        "unit_no": unit_no,
        "span_start": span[0] if span else None,
        "span_end": span[1] if span else None,
        "question_id": target_id.split("/")[-2],
        "code": code,
        "is_primary": is_primary,
        "coder": coding.coder,
        "coder_type": "human",
        "coder_role": coding.role,
        "unit_text_sha256": unit_text_sha256,
        "codebook_version": codebook_version or coding.codebook_version,
    }
