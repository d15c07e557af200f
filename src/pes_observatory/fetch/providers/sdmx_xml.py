"""SDMX-ML from the net, given to sdmx1 only when it declares no document type and is not huge."""

from __future__ import annotations

import io
from typing import Any

from defusedxml.ElementTree import iterparse

from pes_observatory.fetch.pages import MOST_PAGE_BYTES


def safe_message(content: bytes) -> Any:
    """The SDMX message in a page.

    Raises:
        Exception: it is none, of whatever type the parsers raise; ``DTDForbidden`` for a document
            type, which alone can declare entities, and ValueError for too many bytes.
    """
    import sdmx

    if len(content) > MOST_PAGE_BYTES:
        raise ValueError(f"more than {MOST_PAGE_BYTES} bytes")
    next(iterparse(io.BytesIO(content), events=("start",), forbid_dtd=True))
    return sdmx.read_sdmx(io.BytesIO(content))
