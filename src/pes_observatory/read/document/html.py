"""HTML pages to blocks: trafilatura finds the main text, its Markdown is read on."""

from __future__ import annotations

from collections.abc import Iterator

import trafilatura

from pes_observatory.errors import LoadRejected
from pes_observatory.read.document.markdown import markdown_blocks
from pes_observatory.read.document.passages import Block


def html_blocks(where: str, text: str) -> Iterator[Block]:
    """The blocks of a page's main text; offsets are into the extracted Markdown.

    Raises:
        LoadRejected: there is no main text, as on a login or error page.
    """
    main = trafilatura.extract(text, output_format="markdown", include_tables=True)
    if not main or not main.strip():
        raise LoadRejected(
            f"{where}: has no main text, it may be a login or error page; check the address."
        )
    yield from markdown_blocks(main)
