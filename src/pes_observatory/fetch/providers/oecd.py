"""The OECD's SDMX API: CSV of one dataflow, named ``agency,DSD@flow,version``.

Commas and ``@`` must reach it as they are. A filter becomes a key in the order that the
dataflow's structure tells, which stays while its version does. The change signal is
``validFrom`` of the dataflow's content constraint. At most 60 downloads an hour are allowed.
Guide: https://www.oecd.org/en/data/insights/data-explainers/2024/09/api.html
"""

from __future__ import annotations

import re
from typing import ClassVar

from pes_observatory.fetch.client import Client
from pes_observatory.fetch.pages import shared_page
from pes_observatory.fetch.providers.adapter import Adapter, Question, query
from pes_observatory.fetch.providers.structure import key

_ACTUAL = re.compile(r"<(?:\w+:)?ContentConstraint\b[^>]*\bvalidFrom=\"([^\"]+)\"")


class Oecd(Adapter):
    """One dataflow of the OECD."""

    signal_name = "content constraint"
    suffixes: ClassVar = {"sdmx_csv": ".csv"}

    def __init__(self, client: Client, dataset: str, format_name: str) -> None:
        super().__init__(client, dataset, format_name)
        parts = dataset.split(",")
        if len(parts) != 3 or not all(parts):
            raise self.failed(
                f"indicator.dataset is {dataset!r}, expected agency,flow,version such as "
                "OECD.SDD.TPS,DSD_LFS@DF_IALFS_UNE_M,1.0; the Data Explorer's developer API "
                "shows them"
            )
        self.agency, self.flow, self.version = parts

    def signal(self) -> str | None:
        constraint = f"{self.agency}/CR_A_{self.flow}/{self.version}?references=none"
        url = f"{self.base}/contentconstraint/{constraint}"
        page = shared_page(self.client, url)
        if page is None:
            return None
        found = _ACTUAL.search(page.decode(errors="replace"))
        if found is None:
            self.unreadable(f"{url} has no constraint with 'validFrom'")
            return None
        return found[1]

    def url(self, question: Question) -> str:
        codes = key(self, question, self.structure_url(), edition=self.dataset) or "all"
        form = query(
            startPeriod=question.start,
            endPeriod=question.end,
            dimensionAtObservation="AllDimensions",
            format="csvfile",
        )
        return f"{self.base}/data/{self.dataset}/{codes}?{form}"

    def structure_url(self) -> str:
        """Where the dataflow's dimensions, codes and constraints are."""
        flow = f"{self.agency}/{self.flow}/{self.version}"
        return f"{self.base}/dataflow/{flow}?references=all&detail=referencepartial"
