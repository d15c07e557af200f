"""The labour-market context of a wave: what its countries' headline figures look like."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from statistics import median
from typing import Any

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


def indicator_rows(context: list[Row]) -> list[Row]:
    """Per indicator: its countries in order of value, and what sums them up."""
    summaries: list[Row] = []
    for indicator_id, group in groupby(context, key=lambda row: row["indicator_id"]):
        countries = list(group)
        values = [row["value"] for row in countries]
        summaries.append(
            {
                "indicator_id": indicator_id,
                "countries": len(countries),
                "periods": sorted({str(row["time_period"]) for row in countries}),
                "lowest": countries[0],
                "highest": countries[-1],
                "median": median(values),
                "values": values,
            }
        )
    return summaries


def context_chart(indicators: list[Row]) -> str:
    """Each indicator as a strip of countries between its lowest and its highest value."""

    def place(value: float, row: Row) -> float:
        low, high = row["lowest"]["value"], row["highest"]["value"]
        return (value - low) / (high - low) if high > low else 0.5

    strips = [[place(value, row) for value in row["values"]] for row in indicators]
    return dot_chart(strips, [place(row["median"], row) for row in indicators]) if strips else ""


def context_rows(context: list[Row]) -> list[Row]:
    """Per country: its themes, and its figures by indicator."""
    figures: dict[str, dict[str, Any]] = defaultdict(dict)
    themes: dict[str, str] = {}
    for row in context:
        figures[row["country_iso3"]][row["indicator_id"]] = {
            **row, "flags": flags(row["obs_status"])
        }  # fmt: skip
        themes[row["country_iso3"]] = row["themes"] or ""
    return [
        {"country_iso3": country, "themes": themes[country], "figures": figures[country]}
        for country in sorted(figures)
    ]


def flags(obs_status: str | None) -> list[str]:
    """The statuses worth a mark, out of a comma-joined list."""
    marks = [mark.strip() for mark in (obs_status or "").split(",")]
    return [mark for mark in marks if mark and mark != "normal"]
