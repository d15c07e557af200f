"""What a wave page shows, before any language: rows chosen and ordered, charts drawn."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from pes_observatory.report.chart_view import ChartView, Ranking, chart_views, ranking
from pes_observatory.report.charts import Bar, bar_chart
from pes_observatory.report.context import concept_rows, context_chart, flags
from pes_observatory.report.examples import examples
from pes_observatory.report.queries import ReleaseFacts, Row, WaveFacts

REGIONAL_THEMES = 6
CHANGED_THEMES = 3
SHADES = 5


@dataclass(frozen=True)
class QuestionView:
    """One question: its themes ranked, the leaders, examples, regional cells and its charts.

    ``lead`` is the chart that ranks the same themes, where there is one; it is drawn once.
    """

    question_id: str
    ranking: Ranking
    lead: ChartView | None
    charts: list[ChartView]
    leaders: list[Row]
    verbatims: list[Row]
    changes: list[Row]
    regional: list[Row]
    in_region: dict[str, Row]


@dataclass(frozen=True)
class WaveView:
    """One wave page, ready for any language."""

    facts: WaveFacts
    kind: str
    questions: list[QuestionView]
    charts: list[ChartView]
    regions: list[str]
    coverage_chart: str
    concepts: list[Row]
    context_chart: str
    flags: list[str]


def wave_view(facts: WaveFacts, release: ReleaseFacts) -> WaveView:
    """Choose, order and draw what the page of one wave shows."""
    regions = [region["region_id"] for region in release.regions] if facts.by_region else []
    charts = chart_views(facts, release)
    questions = [
        question_view(question_id, list(themes), facts, regions, charts)
        for question_id, themes in groupby(facts.themes, key=lambda row: row["question_id"])
    ]
    concepts = concept_rows(facts.context)
    return WaveView(
        facts=facts,
        kind=questions[0].ranking.kind if questions else "respondents",
        questions=questions,
        charts=charts,
        regions=regions,
        coverage_chart=coverage_chart(facts.coverage),
        concepts=concepts,
        context_chart=context_chart(concepts),
        flags=sorted({flag for row in facts.context for flag in flags(row["obs_status"])}),
    )


def question_view(
    question_id: str,
    themes: list[Row],
    facts: WaveFacts,
    regions: list[str],
    charts: list[ChartView],
) -> QuestionView:
    """One question of a wave; ``themes`` come ranked, the residual codes last."""
    named = [row for row in themes if not row["is_residual"]]
    in_question = [row for row in facts.by_region if row["question_id"] == question_id]
    cells = {(row["code"], row["region_id"]): row for row in in_question}
    in_region = {
        row["region_id"]: {"n": row["denominator"], "is_small": row["is_small"]}
        for row in in_question
    }
    own = [view for view in charts if view.definition["question_id"] == question_id]
    lead = next((view for view in own if view.is_whole_question), None)
    leading = [row["code"] for row in named[:CHANGED_THEMES]]
    return QuestionView(
        question_id=question_id,
        ranking=(lead and lead.ranking) or ranking(themes),
        lead=lead,
        charts=[view for view in own if view is not lead],
        leaders=[row for row in named if row["respondents"] == named[0]["respondents"]],
        verbatims=examples(facts.verbatims, question_id, [row["code"] for row in named]),
        changes=[
            row
            for row in facts.changes
            if row["question_id"] == question_id and row["code"] in leading
        ],
        regional=[
            {
                "code": row["code"],
                "cells": [
                    cell(cells.get((row["code"], region)), in_region.get(region))
                    for region in regions
                ],
            }
            for row in named[:REGIONAL_THEMES]
        ],
        in_region=in_region,
    )


def cell(row: Row | None, region: Row | None) -> Row | None:
    """One cell of the regional table; None where nobody of the region answered."""
    if region is None:
        return None
    share = row["share"] if row else 0.0
    return {
        **region,
        "respondents": row["respondents"] if row else 0,
        "share": share,
        "shade": min(int(share * SHADES), SHADES - 1) + 1 if share else 0,
    }


def coverage_chart(coverage: list[Row]) -> str:
    """Responding PES per region, inside the outline of its members."""
    shown = [row for row in coverage if row["region_id"] != "unresolved"]
    most = max((max(row["pes"], row["members"] or 0) for row in shown), default=0)
    bars = [
        Bar(value=row["pes"], outline=row["members"], is_small=row["is_small"]) for row in shown
    ]
    return bar_chart(bars, most=most * 1.04) if most else ""
