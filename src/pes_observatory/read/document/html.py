"""HTML pages to blocks: trafilatura finds the main text, without menus, banners and footers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import trafilatura
from trafilatura.settings import Document

from pes_observatory.read.document.blocks import (
    Extract,
    Part,
    Unreadable,
    as_table,
    one_below_the_other,
)
from pes_observatory.read.document.completeness import check_complete

SHORT_FOR_A_PAGE_WITH_A_PASSWORD = 1_000
_PASSWORD = re.compile(r"<input[^>]{0,300}type\s*=\s*[\"']?password", re.IGNORECASE)
_LANG = re.compile(
    r"<html[^>]{0,500}?\slang\s*=\s*[\"']?([A-Za-z]{2,3}(?:-[A-Za-z]{2,4})?)", re.IGNORECASE
)
_BLOCKS = {"p", "head", "list", "item", "table", "row"}


def read_html(text: str) -> Extract:
    """The main text of a page, its title, its language, and the date it says it is of.

    Raises:
        Unreadable: there is no main text, as on a login or error page.
    """
    page = trafilatura.bare_extraction(
        text,
        with_metadata=True,
        include_comments=False,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    body = page.body if isinstance(page, Document) else []
    parts = [part for part in _parts(body) if part.text]
    length = sum(len(part.text) for part in parts)
    if length < SHORT_FOR_A_PAGE_WITH_A_PASSWORD and _PASSWORD.search(text):
        raise Unreadable(
            "has no main text but a form that asks for a password, it is a login page; "
            "check the address."
        )
    if not isinstance(page, Document) or not length:
        raise Unreadable("has no main text, it may be a login or error page; check the address.")
    check_complete("its main text", " ".join(page.body.itertext()), (part.text for part in parts))
    lang = _LANG.search(text)
    return Extract(
        one_below_the_other(parts),
        title=page.title or None,
        lang=lang[1] if lang else None,
        published_on=page.date or None,
    )


def _parts(body: Any) -> Iterator[Part]:
    for element in body:
        yield from _of_block(element, "paragraph")


def _of_block(element: Any, kind: str) -> Iterator[Part]:
    """What an element holds: its own words, then the blocks inside it, in order."""
    if element.tag == "table":
        rows = ([" ".join(cell.itertext()) for cell in row] for row in element.iter("row"))
        yield Part("table", as_table(rows))
        return
    if element.tag == "head":
        level = int((element.get("rend") or "h1")[-1]) if element.get("rend") else 1
        yield Part("heading", _words(element.itertext()), level)
        return
    kind = "list_item" if element.tag == "item" else kind
    own: list[str] = [element.text or ""]
    for child in element:
        if child.tag in _BLOCKS or any(inner.tag in _BLOCKS for inner in child.iter()):
            yield Part(kind, _words(own))
            yield from _of_block(child, kind)
            own = []
        else:
            own += [" "] if child.tag == "lb" else child.itertext()
        own.append(child.tail or "")
    yield Part(kind, _words(own))


def _words(texts: Any) -> str:
    return " ".join("".join(texts).split())
