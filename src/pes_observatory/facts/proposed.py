"""What the machine proposes of a document source: claims, tree entries, and its imprint."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import pyarrow.parquet as pq

from pes_observatory.facts.claims import claims_in
from pes_observatory.facts.running_on import imprints_of
from pes_observatory.files import sha256_of_text
from pes_observatory.landing import Load
from pes_observatory.sources.documents import DocumentItem
from pes_observatory.sources.models import DocumentSource

_COLUMNS = [
    "source_id", "document_id", "passage_id", "passage_kind", "list_id", "list_position", "text",
    "lang",
]  # fmt: skip


def proposed_claims(load: Load) -> Iterator[dict[str, Any]]:
    """A row for every number that the passages of a load state."""
    for passage in _passages(load):
        for number, claim in enumerate(claims_in(passage["text"] or "", passage["lang"]), start=1):
            yield {
                **{name: passage[name] for name in ("source_id", "document_id", "passage_id")},
                "passage_sha256": sha256_of_text(passage["text"]),
                "claim_no": number,
                "quote": claim.quote,
                "quote_start": claim.start,
                "quote_end": claim.end,
                "sentence": claim.sentence,
                "value": f"{claim.value:f}",
                "unit": claim.unit,
                "per": claim.per,
                "qualifier": claim.qualifier,
                "subject_iso3": claim.subject_iso3,
                "stated_year": claim.stated_year,
            }


def proposed_imprint(load: Load) -> Iterator[dict[str, Any]]:
    """A row for every identifier, licence and contributor that the passages of a load name."""
    for _, document in groupby(_passages(load), key=lambda passage: passage["document_id"]):
        passages = list(document)
        for passage, statements in zip(passages, imprints_of(passages), strict=True):
            for number, found in enumerate(statements, start=1):
                yield {
                    **{name: passage[name] for name in ("source_id", "document_id", "passage_id")},
                    "passage_sha256": sha256_of_text(passage["text"]),
                    "fact_no": number,
                    **found._asdict(),
                }


def proposed_facts(load: Load, source: DocumentSource) -> Iterator[dict[str, Any]]:
    """All proposals of a load as rows of ``facts.csv``, before a person has looked at them."""
    for claim in proposed_claims(load):
        yield {"kind": "claim", **claim}
    yield from proposed_imprint(load)
    documents = {item.document_id: item for item in source.document.items}
    for passage in _passages(load):
        document = documents.get(passage["document_id"])
        node = _node(document, passage) if document else None
        if node:
            yield {
                "kind": "objective",
                "document_id": passage["document_id"],
                "passage_sha256": sha256_of_text(passage["text"]),
                "quote": f"{passage['list_id']}/{node}",
                "sentence": passage["text"],
            }


def _node(document: DocumentItem, passage: dict[str, Any]) -> str | None:
    """Where in the tree of its declared list a passage stands."""
    for declared in document.lists:
        nodes = declared.nodes()
        position = passage["list_position"] or 0
        if declared.list_id == passage["list_id"] and 0 < position <= len(nodes):
            return nodes[position - 1][0]
    return None


def _passages(load: Load) -> Iterator[dict[str, Any]]:
    for batch in pq.ParquetFile(load.accepted_path).iter_batches(columns=_COLUMNS):
        yield from batch.to_pylist()
