"""From blocks of a document to passages: numbered, under their headings, with their place."""

from __future__ import annotations

import re
from typing import Any

import pyarrow as pa

from pes_observatory.contracts import PASSAGES
from pes_observatory.read.document.blocks import Block, Extract
from pes_observatory.read.document.languages import Languages
from pes_observatory.read.document.lists import ListFinder
from pes_observatory.read.document.titles import title_of
from pes_observatory.read.text import scrubbed
from pes_observatory.sources.documents import DocumentItem
from pes_observatory.sources.identifiers import printed_in

_AMOUNT = re.compile(r"[-+]?\d{1,2}(?:[  .,]\d{3}){2}(?:[.,]\d{1,2})?")  # eight digits at most


def passages_of(
    extract: Extract,
    item_name: str,
    document: DocumentItem | None,
    network: str | None,
    found_at: str | None = None,
) -> pa.Table:
    """The passages of one document, in the landing contract without provenance of the load.

    What the source declares of a document comes before what the document says of itself; where a
    collection found it, at ``found_at``, a title that says nothing does not.
    """
    title = document.title if document else extract.title
    if document and found_at:
        title = title_of(extract, document.title, found_at)
    document_id = document.document_id if document else item_name
    declared_lang = document.lang if document else extract.lang
    languages = Languages(extract.blocks, declared_lang)
    headings: list[tuple[int, str]] = []
    lists = ListFinder(document.lists if document else [])
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
                    "document_title": title,
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
        return _scrubbed_around_identifiers(block.text)
    rows = (row.split("\t") for row in block.text.split("\n"))
    return "\n".join(
        "\t".join(
            cell if _AMOUNT.fullmatch(cell) else _scrubbed_around_identifiers(cell) for cell in row
        )
        for row in rows
    )


def _scrubbed_around_identifiers(text: str) -> str:
    """A DOI, ISBN, catalogue or CELEX number is no telephone, however many digits it has."""
    parts: list[str] = []
    at = 0
    for printed in sorted(printed_in(text), key=lambda printed: printed.start):
        if printed.start >= at:
            parts += [scrubbed(text[at : printed.start]), printed.words]
            at = printed.start + len(printed.words)
    return "".join([*parts, scrubbed(text[at:])])


def _published_on(document: DocumentItem | None, extract: Extract) -> str | None:
    declared = document.published_on if document else None
    return declared or extract.published_on
