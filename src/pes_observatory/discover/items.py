"""Found documents as declared ones: what the steps after discovery read of a collection."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from pes_observatory.discover.catalog import Known, load_catalog
from pes_observatory.settings import Home
from pes_observatory.sources.collections import Collection
from pes_observatory.sources.documents import DocumentItem, Identifiers
from pes_observatory.sources.identifiers import parts_of
from pes_observatory.sources.models import DocumentSource
from pes_observatory.sources.registry import Declared

_SUFFIX = {"pdf": ".pdf", "html": ".html", "markdown": ".md", "text": ".txt", "docx": ".docx"}


def item_name(item: Known, format_name: str) -> str:
    """The name of a found document in a snapshot."""
    return item.item_id + _SUFFIX[format_name]


def with_found_items(home: Home, declared: Declared) -> Declared:
    """The source with the documents of its collection whose bytes have come, vanished ones too."""
    source = declared.source
    if not isinstance(source, DocumentSource) or source.document.collection is None:
        return declared
    found = [
        _as_item(item, source.document.collection, source.format)
        for _, item in sorted(load_catalog(home, declared.id).items.items())
        if item.sha256
    ]
    document = source.document.model_copy(update={"items": found})
    return replace(declared, source=source.model_copy(update={"document": document}))


def _as_item(item: Known, collection: Collection, format_name: str) -> DocumentItem:
    by_scheme: dict[str, list[str]] = defaultdict(list)
    for identifier in item.identifiers:
        scheme, _, value = identifier.partition(":")
        by_scheme[scheme].append(value)
    lang = item.lang or collection.lang
    numbers = [n for n in by_scheme["catalogue_no"] if parts_of(n).lang == lang]
    by_scheme["catalogue_no"] = numbers
    return DocumentItem(
        file=item_name(item, format_name),
        document_id=item.item_id,
        work_id=parts_of(numbers[0]).work.lower() if numbers else None,
        title=item.title,
        lang=lang,
        published_on=item.published_on,
        updated_on=item.updated_on,
        url=item.url if item.url.startswith("http") else None,
        identifiers=Identifiers(**by_scheme),
    )
