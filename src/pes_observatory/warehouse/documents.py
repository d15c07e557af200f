"""Documents as rows for dbt: their editions and the trees of their lists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from pes_observatory.discover.catalog import vanished
from pes_observatory.settings import Home
from pes_observatory.snapshots import Item, load_snapshot
from pes_observatory.sources.documents import DocumentItem
from pes_observatory.sources.identifiers import Medium
from pes_observatory.sources.models import DocumentSource
from pes_observatory.sources.registry import Declared
from pes_observatory.warehouse.inputs import InputSet

_TEXT, _WHOLE = pa.string(), pa.int32()
# fmt: off
_EDITION_TEXTS = (
    "source_id", "network", "work_id", "document_id", "title", "lang", "medium", "isbn", "doi",
    "catalogue_no", "celex", "completed_on", "adopted_on", "published_on", "published_from",
    "updated_on", "supersedes", "url", "item_name", "item_sha256", "refused_because",
    "last_listed_on",
)
# fmt: on
EDITIONS = pa.schema(
    [(name, _TEXT) for name in _EDITION_TEXTS]
    + [("is_held", pa.bool_()), ("retrieved_at", pa.timestamp("us"))]
)
LIST_NODES = pa.schema(
    [(name, _TEXT) for name in ("source_id", "document_id", "list_id", "heading")]
    + [("list_position", _WHOLE), ("node", _TEXT), ("parent_node", _TEXT)]
)
_MEDIUM_OF_FORMAT: dict[str, Medium] = {"pdf": "pdf", "html": "html", "docx": "docx"}


def edition_rows(home: Home, inputs: InputSet) -> Iterator[dict[str, Any]]:
    """One row per manifestation of every text; the one that we hold a file of says which."""
    for declared, source in document_sources(inputs):
        load = inputs.load_of(declared.id)
        verdict = (load.verdict if load else None) or {}
        held: dict[str, Item] = {}
        refused = load.refused_documents if load else {}
        gone = vanished(home, declared.id)
        if verdict:
            snapshot = load_snapshot(home, declared.id, verdict["snapshot_sha256"])
            held = {item.name: item for item in snapshot.items}
        for item in source.document.items:
            published_from = "listed" if source.document.collection else "declared"
            about = {
                "source_id": declared.id,
                "network": source.document.network,
                "retrieved_at": verdict.get("retrieved_at"),
                "last_listed_on": gone.get(item.document_id),
                "published_from": published_from if item.published_on else None,
                **_about(item),
            }
            usual = _MEDIUM_OF_FORMAT.get(source.format, "text")
            yield from _editions(item, held.get(item.file), usual, about, refused.get(item.file))


def node_rows(inputs: InputSet) -> Iterator[dict[str, Any]]:
    """One row per entry of every declared list: its place in the tree."""
    for declared, source in document_sources(inputs):
        for item in source.document.items:
            for each in item.lists:
                for position, (node, parent) in enumerate(each.nodes(), start=1):
                    yield {
                        "source_id": declared.id,
                        "document_id": item.document_id,
                        "list_id": each.list_id,
                        "heading": each.heading,
                        "list_position": position,
                        "node": node,
                        "parent_node": parent,
                    }


def document_sources(inputs: InputSet) -> Iterator[tuple[Declared, DocumentSource]]:
    """The document sources of a build."""
    for declared in inputs.sources:
        if isinstance(declared.source, DocumentSource):
            yield declared, declared.source


def _about(item: DocumentItem) -> dict[str, Any]:
    """What all editions of a text share."""
    said = item.model_dump(
        include={"document_id", "title", "lang", "url"}
        | {"completed_on", "adopted_on", "published_on", "updated_on"}
    )
    return {
        **said,
        "work_id": item.work_id or item.document_id,
        "celex": _joined(item.identifiers.celex),
        "supersedes": _joined(item.supersedes),
    }


def _editions(
    item: DocumentItem,
    held: Item | None,
    usual: Medium,
    about: dict[str, Any],
    refused_because: str | None,
) -> Iterator[dict[str, Any]]:
    own: Medium = item.medium or usual
    here = {"is_held": held is not None, "item_name": item.file}
    here |= {"item_sha256": held.sha256 if held else None, "refused_because": refused_because}
    for edition in item.manifestations:
        is_held = {**here} if edition.medium == own else {"is_held": False, "retrieved_at": None}
        yield {**about, **edition.model_dump(), **is_held}
    if own not in {edition.medium for edition in item.manifestations}:
        numbers = item.identifiers.model_dump(exclude={"celex"})
        yield {
            **about,
            "medium": own,
            **{scheme: _joined(found) for scheme, found in numbers.items()},
            **here,
        }


def _joined(texts: list[str]) -> str | None:
    return ",".join(texts) or None
