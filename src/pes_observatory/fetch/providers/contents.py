"""A provider's table of contents: one page for all its tables, fetched once for all sources."""

from __future__ import annotations

import csv
import io

from pes_observatory.fetch.pages import shared_page
from pes_observatory.fetch.providers.adapter import Adapter


def entry(
    adapter: Adapter, url: str, code: str, wanted: tuple[str, ...], *, delimiter: str
) -> dict[str, str] | None:
    """What the contents say of a table; None where they are not there or leave it out.

    The first of the ``wanted`` columns holds the codes. A table that is left out may live on:
    Eurostat's contents miss some. A page of another layout tells nothing, and the adapter warns.

    Raises:
        FetchFailed: the page did not come.
    """
    page = shared_page(adapter.client, url)
    if page is None:
        return None
    text = io.StringIO(page.decode("utf-8-sig", errors="replace"), newline="")
    rows = csv.DictReader(text, delimiter=delimiter)
    sought = code.lower()
    try:
        missing = [column for column in wanted if column not in (rows.fieldnames or ())]
        if missing:
            adapter.unreadable(f"{url} has no column {missing[0]!r}")
            return None
        for row in rows:
            if (row[wanted[0]] or "").strip().lower() == sought:
                return {column: (row[column] or "").strip() for column in wanted}
    except csv.Error as error:
        adapter.unreadable(f"{url} is no table ({error})")
    return None
