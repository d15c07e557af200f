"""What a wave page shows, before any language: rows chosen and ordered, charts drawn."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from pes_observatory.report.charts import Bar, bar_chart
from pes_observatory.report.context import context_chart, context_rows, flags, indicator_rows
from pes_observatory.report.examples import examples
from pes_observatory.report.queries import ReleaseFacts, Row, WaveFacts

DRAWN_THEMES = 10
REGIONAL_THEMES = 6
SHARE_FROM = 30
SHADES = 5


@dataclass(frozen=True)
class QuestionView:
    """One question: all its themes, those drawn, the leaders, examples and the regional cells."""

    question_id: str
    n: int
    kind: str
    is_small: bool
    is_share: bool
    themes: list[Row]
    drawn: list[Row]
    leaders: list[Row]
    chart: str
    verbatims: list[Row]
    regional: list[Row]
    in_region: dict[str, Row]


@dataclass(frozen=True)
class WaveView:
    """One wave page, ready for any language."""

    facts: WaveFacts
    kind: str
    questions: list[QuestionView]
    regions: list[str]
    coverage_chart: str
    indicators: list[Row]
    context_chart: str
    context_rows: list[Row]
    flags: list[str]


def wave_view(facts: WaveFacts, release: ReleaseFacts) -> WaveView:
    """Choose, order and draw what the page of one wave shows."""
    regions = [region["region_id"] for region in release.regions] if facts.by_region else []
    questions = [
        question_view(question_id, list(themes), facts, regions)
        for question_id, themes in groupby(facts.themes, key=lambda row: row["question_id"])
    ]
    indicators = indicator_rows(facts.context)
    return WaveView(
        facts=facts,
        kind=questions[0].kind if questions else "respondents",
        questions=questions,
        regions=regions,
        coverage_chart=coverage_chart(facts.coverage),
        indicators=indicators,
        context_chart=context_chart(indicators),
        context_rows=context_rows(facts.context),
        flags=sorted({flag for row in facts.context for flag in flags(row["obs_status"])}),
    )


def question_view(
    question_id: str, themes: list[Row], facts: WaveFacts, regions: list[str]
) -> QuestionView:
    """One question of a wave; ``themes`` come ranked, the residual codes last."""
    n, named = themes[0]["denominator"], [row for row in themes if not row["is_residual"]]
    drawn = named[:DRAWN_THEMES] + [row for row in themes if row["is_residual"]]
    is_share = n >= SHARE_FROM
    in_question = [row for row in facts.by_region if row["question_id"] == question_id]
    cells = {(row["code"], row["region_id"]): row for row in in_question}
    in_region = {
        row["region_id"]: {"n": row["denominator"], "is_small": row["is_small"]}
        for row in in_question
    }
    return QuestionView(
        question_id=question_id,
        n=n,
        kind=themes[0]["denominator_kind"],
        is_small=any(row["is_small"] for row in themes),
        is_share=is_share,
        themes=themes,
        drawn=drawn,
        leaders=[row for row in named if row["respondents"] == named[0]["respondents"]],
        chart=theme_chart(drawn, n, is_share),
        verbatims=examples(facts.verbatims, question_id, [row["code"] for row in named]),
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


def theme_chart(themes: list[Row], n: int, is_share: bool) -> str:
    """Themes as bars: numbers of respondents, or percentages where n allows them."""
    scale = 100 if is_share else n
    return bar_chart(
        [
            Bar(
                value=row["share"] * scale,
                low=row["ci_low"] * scale,
                high=row["ci_high"] * scale,
                is_residual=row["is_residual"],
                is_small=row["is_small"],
            )
            for row in themes
        ],
        most=scale,
        is_share=is_share,
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
