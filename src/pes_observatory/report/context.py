"""The labour-market context of a wave: what its countries' figures of each concept look like."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from statistics import median

from pes_observatory.report.charts import dot_chart
from pes_observatory.report.queries import Row

MARKS = {
    "break": "b",
    "estimated": "e",
    "provisional": "p",
    "forecast": "f",
    "low_reliability": "u",
    "definition_differs": "d",
    "confidential": "c",
    "not_significant": "s",
    "not_applicable": "z",
    "revised": "r",
    "missing": "m",
}


def concept_rows(context: list[Row]) -> list[Row]:
    """Per concept: its countries in order of value, and what sums them up."""
    summaries: list[Row] = []
    for concept_id, group in groupby(context, key=lambda row: row["concept_id"]):
        countries = [{**row, "flags": flags(row["obs_status"])} for row in group]
        values = [row["value"] for row in countries]
        changes = [row["change_5y"] for row in countries if row["change_5y"] is not None]
        summaries.append(
            {
                "concept_id": concept_id,
                "countries": countries,
                "periods": sorted({str(row["time_period"]) for row in countries}),
                "lowest": countries[0],
                "highest": countries[-1],
                "median": median(values),
                "values": values,
                "median_change": median(changes) if changes else None,
                "changes": len(changes),
                "providers": Counter(row["provider"] for row in countries).most_common(),
            }
        )
    return summaries


def context_chart(concepts: list[Row]) -> str:
    """Each concept as a strip of countries between its lowest and its highest value."""

    def place(value: float, row: Row) -> float:
        low, high = row["lowest"]["value"], row["highest"]["value"]
        return (value - low) / (high - low) if high > low else 0.5

    strips = [[place(value, row) for value in row["values"]] for row in concepts]
    return dot_chart(strips, [place(row["median"], row) for row in concepts]) if strips else ""


def flags(obs_status: str | None) -> list[str]:
    """The statuses worth a mark, out of a comma-joined list."""
    marks = [mark.strip() for mark in (obs_status or "").split(",")]
    return [mark for mark in marks if mark and mark != "normal"]
