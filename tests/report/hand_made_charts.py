"""Charts, changes, claims and findings for the warehouse made by hand."""

from __future__ import annotations

from typing import Any

SURVEY = {"survey_id": "demo", "wave": 2024}
DOCUMENT = "report-2022"


def chart_row(chart_id: str, order: int, question_id: str, **more: Any) -> dict[str, Any]:
    titles = {f"title_{lang}": f"{chart_id} in {lang}" for lang in ("fr", "en", "es")}
    plain = {"level": "theme", "breakdown": "none", "method": "plain", "unit": "respondents"}
    chart = {"chart_id": chart_id, "chart_order": order, "question_id": question_id}
    about = {"source_document": DOCUMENT, "base": "question", "printed_number": order}
    return {**chart, **about, **titles, **plain, **more}


def bar(chart_id: str, code: str, rank: int, counted: int, n: int, **more: Any) -> dict[str, Any]:
    share = counted / n
    kinds = {"denominator_kind": "respondents", "method": "plain", "region_id": "all"}
    ends = {"ci_low": max(0.0, share - 0.1), "ci_high": min(1.0, share + 0.1)}
    place = {"chart_id": chart_id, "code": code, "rank": rank, "value": share}
    counts = {"counted": counted, "n": n, "numerator": counted, "denominator": n}
    return {**SURVEY, **place, **counts, **kinds, **ends, "is_small": n < 5, **more}


def fill_charts(warehouse: Any, words: str) -> None:
    """A ranking of Q1, the same by region, one of mentions on Q8, and one that nobody answered."""
    warehouse.put(
        "marts.dim_chart",
        chart_row("G01", 1, "Q1", printed_title=words),
        chart_row("G10", 10, "Q1", breakdown="region", method="M1", scope="MT,OS"),
        chart_row("G11", 11, "Q8", method="mentions", unit="mentions", printed_number=7),
        chart_row("G16", 16, "Q7", printed_number=12),
    )
    for chart_id, state in (("G01", "drawn"), ("G10", "drawn"), ("G11", "drawn")):
        warehouse.put("marts.chart_coverage", {**SURVEY, "chart_id": chart_id, "state": state})
    warehouse.put("marts.chart_coverage", {**SURVEY, "chart_id": "G16", "state": "nobody_answered"})
    of_regions = {"method": "M1", "denominator_kind": "regional_rates"}
    no_interval = {"ci_low": None, "ci_high": None}
    africa = {**of_regions, **no_interval, "region_id": "africa"}
    europe = {**of_regions, **no_interval, "region_id": "europe"}
    mentions = {"method": "mentions", "denominator_kind": "mentions", "mentions": 2}
    warehouse.put(
        "marts.chart_values",
        bar("G01", "MT1", 1, 3, 6, mentions=4),
        bar("G01", "OS1", 2, 1, 6, mentions=1),
        bar("G01", "ZZ2", 3, 5, 6, mentions=5),
        bar("G10", "MT1", 1, 1, 2, **africa, value=0.6),
        bar("G10", "MT1", 1, 2, 6, **europe, value=0.4),
        bar("G10", "OS1", 2, 0, 2, **africa, value=0.0),
        bar("G10", "OS1", 2, 1, 6, **europe, value=1.0),
        bar("G11", "OS1", 1, 2, 3, **mentions),
    )
    fill_changes(warehouse)
    fill_claims(warehouse, words)


def fill_changes(warehouse: Any) -> None:
    now = {
        **SURVEY,
        "question_id": "Q1",
        "level": "theme",
        "previous_wave": 2023,
        "method": "trend",
    }
    counts = {"numerator": 3, "denominator": 6, "share": 0.5, "is_small": False}
    before = {"previous_numerator": 2, "previous_denominator": 5, "previous_share": 0.4}
    change = {"change": 0.1, "change_low": -0.38, "change_high": 0.52, "direction": "unclear"}
    warehouse.put(
        "marts.theme_trend",
        {**now, **counts, **before, **change, "code": "MT1", "is_break": False},
        {**now, **counts, **before, "code": "OS1", "is_break": True, "break_reason": "codebook"},
    )


def fill_claims(warehouse: Any, words: str) -> None:
    finding = {"source_document": DOCUMENT, "question_id": None}
    warehouse.put(
        "marts.report_findings",
        {
            **finding, "finding_kind": "no_whole_number", "subject": "MT1", "claimed": "65",
            "base": "35", "needed": 23, "available": 22, "claims": "a",
        },
        {
            **finding, "finding_kind": "values_differ", "subject": "respondents",
            "claimed": "33, 36, 37", "needed": 37, "available": 33, "claims": "b,c",
        },
        {
            **finding, "finding_kind": "entry_repeated", "subject": "FRA", "claimed": "thanks",
            "needed": 37, "available": 36, "claims": "t",
        },
        {
            **finding, "finding_kind": "no_common_base", "subject": "G11", "claimed": "61, 22",
            "base": "33, 89", "found": "18, 23, 36, 41, 46, 49", "needed": 2, "available": 1,
        },
    )  # fmt: skip
    claim = {**SURVEY, "source_document": DOCUMENT, "page": "3", "basis": "stated"}
    share = {"measure": "share_of_verbatims", "code": "MT1", "unit": "percent"}
    warehouse.put(
        "marts.claim_reconciliation",
        {
            **claim, **share, "claim_id": "a", "question_id": "Q1", "claimed_value": 65,
            "claimed_denominator": 35, "our_value": 21.4, "our_numerator": 6,
            "our_denominator": 28, "difference": 43.6, "outcome": "differs",
            "finding": "no_whole_number",
        },
        {
            **claim, "claim_id": "b", "measure": "respondents", "unit": "count",
            "claimed_value": 37, "our_value": 37, "our_numerator": 37, "difference": 0,
            "outcome": "agrees",
        },
        {
            **claim, "claim_id": "c", "measure": "verbatims_under_heading", "item": words,
            "unit": "count", "claimed_value": 7, "outcome": "not_loaded",
        },
        {
            **claim, "claim_id": "t", "measure": "respondents", "item": "FRA", "unit": "item",
            "outcome": "nothing_to_compare",
        },
    )  # fmt: skip
