"""ILOSTAT's web service: CSV of one indicator, filtered by the server.

It ignores parameters it does not know, takes a blank one for all, and answers an unknown code
with a header alone; so none of these is sent or let pass. The change signal is ``last.update``
in its table of contents. Guide: https://rplumber.ilo.org/__docs__/
"""

from __future__ import annotations

import csv
import io
from typing import ClassVar

from pes_observatory.fetch.pages import MOST_PAGE_BYTES
from pes_observatory.fetch.providers import contents
from pes_observatory.fetch.providers.adapter import Adapter, Question, query


class Ilostat(Adapter):
    """One indicator of ILOSTAT; its dataset's id ends in ``_A``, ``_Q`` or ``_M``."""

    signal_name = "table of contents"
    suffixes: ClassVar = {"ilostat_csv": ".csv.gz"}

    def signal(self) -> str | None:
        entry = self.entry()
        return self.believed(entry["last.update"]) if entry else None

    def first_period(self) -> str | None:
        entry = self.entry()
        return entry["data.start"][:4] or None if entry else None

    def url(self, question: Question) -> str:
        form = query(
            id=self.dataset,
            **{name.lower(): "+".join(codes) for name, codes in question.filter.items()},
            timefrom=_year(question.start),
            timeto=_year(question.end),
            lang="en",
            type="code",
            format=".csv.gz",
        )
        return f"{self.base}/data/indicator/?{form}"

    def dictionary(self, column: str) -> dict[str, str]:
        """What the codes of a column of its tables stand for, in English.

        Raises:
            FetchFailed: it does not answer, or not with a dictionary.
        """
        url = f"{self.base}/metadata/dic/?var={column}&lang=en&format=.csv"
        said = self.client.read(url, max_bytes=MOST_PAGE_BYTES)
        try:
            rows = list(csv.DictReader(io.StringIO(said.decode("utf-8-sig"))))
            labels = {row[column]: row[f"{column}.label"] or "" for row in rows}
        except (UnicodeDecodeError, csv.Error, KeyError):
            labels = {}
        if not labels:
            raise self.failed(f"{url} is no dictionary of {column}", said)
        return labels

    def entry(self) -> dict[str, str] | None:
        """The indicator's row in the table of contents."""
        url = f"{self.base}/metadata/toc/indicator/?lang=en&format=.csv"
        wanted = ("id", "indicator.label", "last.update", "data.start", "data.end")
        return contents.entry(self, url, self.dataset, wanted, delimiter=",")


def _year(period: str | None) -> str | None:
    return period[:4] if period else None
