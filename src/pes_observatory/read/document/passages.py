"""From blocks of a document to passages: numbered, under their headings, with their place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa

from pes_observatory.contracts import PASSAGES
from pes_observatory.read.text import folded, scrubbed
from pes_observatory.sources.models import DeclaredList, DocumentItem


@dataclass(frozen=True)
class Block:
    """A heading, paragraph, list item or table as it stands in the text.

    ``char_start`` and ``char_end`` are offsets into the text that the reader was given (of the
    page, where there are pages). ``level`` is the heading's level, 0 for all else.
    """

    kind: str
    text: str
    char_start: int
    char_end: int
    level: int = 0
    page: int | None = None


def passages_from_blocks(
    blocks: Iterable[Block], item_name: str, document: DocumentItem | None, network: str | None
) -> pa.Table:
    """The passages of one document, in the landing contract without provenance of the load."""
    document_id = document.document_id if document else item_name
    headings: list[tuple[int, str]] = []
    lists = _ListFinder(document.lists if document else [])
    rows: list[dict[str, Any]] = []
    for block in blocks:
        if block.kind == "heading":
            headings = [h for h in headings if h[0] < block.level] + [(block.level, block.text)]
        path = " > ".join(text for _, text in headings)
        for part, declared, position, label in lists.parts(block, path):
            number = len(rows) + 1
            rows.append(
                {
                    "item_name": item_name,
                    "row_no": number,
                    "passage_id": f"{document_id}/{number}",
                    "network": network,
                    "document_id": document_id,
                    "document_title": document.title if document else None,
                    "document_lang": document.lang if document else None,
                    "published_on": document.published_on if document else None,
                    "document_url": document.url if document else None,
                    "page": part.page,
                    "heading_path": path,
                    "passage_no": number,
                    "passage_kind": part.kind,
                    "list_id": declared.list_id if declared else None,
                    "list_position": position,
                    "label": label,
                    "text": scrubbed(part.text),
                    "lang": document.lang if document else None,
                    "char_start": part.char_start,
                    "char_end": part.char_end,
                }
            )
    return pa.Table.from_pylist(rows, schema=PASSAGES)


class _ListFinder:
    """Recognises the items of declared lists, and parts a bullet into which two were merged."""

    def __init__(self, lists: list[DeclaredList]) -> None:
        self._lists = lists
        self._found: dict[str, int] = {}
        self._last_paragraph = ""
        self._running: DeclaredList | None = None

    def parts(
        self, block: Block, heading_path: str
    ) -> list[tuple[Block, DeclaredList | None, int | None, str | None]]:
        """The block as it stands, or the items that it holds with list, position and label."""
        if block.kind != "list_item":
            self._last_paragraph = block.text
            self._running = None
            return [(block, None, None, None)]
        self._running = self._running or self._declared_here(heading_path)
        if self._running is None:
            return [(block, None, None, None)]
        found: list[tuple[Block, DeclaredList | None, int | None, str | None]] = []
        for part, label in _split_at_labels(block, self._running.label_pattern):
            position = self._found[self._running.list_id] = (
                self._found.get(self._running.list_id, 0) + 1
            )
            found.append((part, self._running, position, label))
        return found

    def _declared_here(self, heading_path: str) -> DeclaredList | None:
        for declared in self._lists:
            is_under = folded(declared.heading) in folded(heading_path)
            is_after = folded(declared.after or "") in folded(self._last_paragraph)
            if is_under and is_after and declared.list_id not in self._found:
                return declared
        return None


def _split_at_labels(block: Block, pattern: str | None) -> list[tuple[Block, str | None]]:
    """Part a bullet before each label after the first: two bullets printed as one.

    Each part keeps the place of the whole bullet, whose markup is not in its words.
    """
    if pattern is None:
        return [(block, None)]
    matches = list(re.finditer(pattern, block.text))
    starts = [0, *(match.start() for match in matches if match.start() > 0)]
    ends = [*starts[1:], len(block.text)]
    parts = []
    for start, end in zip(starts, ends, strict=True):
        text = block.text[start:end].strip()
        own = re.match(pattern, text)
        label = own[0].rstrip(" :\u00a0") if own else None
        parts.append((replace(block, text=text), label))
    return parts
