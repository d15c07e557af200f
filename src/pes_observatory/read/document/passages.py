"""From blocks of a document to passages: numbered, under their headings, with their place."""

from __future__ import annotations

import re
from typing import Any

import pyarrow as pa

from pes_observatory.contracts import PASSAGES
from pes_observatory.read.document.blocks import Block, Extract
from pes_observatory.read.document.languages import Languages
from pes_observatory.read.text import folded, scrubbed
from pes_observatory.sources.documents import DeclaredList, DocumentItem

_AMOUNT = re.compile(r"[-+]?\d{1,2}(?:[  .,]\d{3}){2}(?:[.,]\d{1,2})?")  # eight digits at most


def passages_of(
    extract: Extract, item_name: str, document: DocumentItem | None, network: str | None
) -> pa.Table:
    """The passages of one document, in the landing contract without provenance of the load.

    What the source declares of a document comes before what the document says of itself.
    """
    document_id = document.document_id if document else item_name
    declared_lang = document.lang if document else extract.lang
    languages = Languages(extract.blocks, declared_lang)
    headings: list[tuple[int, str]] = []
    lists = _ListFinder(document.lists if document else [])
    rows: list[dict[str, Any]] = []
    for block in extract.blocks:
        if block.kind == "heading":
            headings = [h for h in headings if h[0] < block.level] + [(block.level, block.text)]
        path = " > ".join(text for _, text in headings)
        for part, declared, position, label in lists.parts(block, path):
            number = len(rows) + 1
            lang, lang_method = languages.of(part)
            rows.append(
                {
                    "item_name": item_name,
                    "row_no": number,
                    "passage_id": f"{document_id}/{number}",
                    "network": network,
                    "document_id": document_id,
                    "document_title": document.title if document else extract.title,
                    "document_lang": languages.document,
                    "published_on": _published_on(document, extract),
                    "document_url": document.url if document else None,
                    "page": part.page,
                    "heading_path": path,
                    "passage_no": number,
                    "passage_kind": part.kind,
                    "list_id": declared.list_id if declared else None,
                    "list_position": position,
                    "label": label,
                    "text": _without_contacts(part),
                    "lang": lang,
                    "lang_method": lang_method,
                    "is_ocr": part.is_ocr,
                    "char_start": part.char_start,
                    "char_end": part.char_end,
                }
            )
    return pa.Table.from_pylist(rows, schema=PASSAGES)


def _without_contacts(block: Block) -> str:
    """The text without e-mails and telephones; figures that stand side by side are neither."""
    if block.kind != "table":
        return scrubbed(block.text)
    rows = (row.split("\t") for row in block.text.split("\n"))
    return "\n".join(
        "\t".join(cell if _AMOUNT.fullmatch(cell) else scrubbed(cell) for cell in row)
        for row in rows
    )


def _published_on(document: DocumentItem | None, extract: Extract) -> str | None:
    declared = document.published_on if document else None
    return declared or extract.published_on


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
        parts.append((block._replace(text=text), label))
    return parts
