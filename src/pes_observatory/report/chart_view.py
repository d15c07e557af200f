"""The sixteen charts of a wave: the rows that each shows, drawn, or why it shows none."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from pes_observatory.report.charts import WIDTH, Bar, bar_chart
from pes_observatory.report.queries import ReleaseFacts, Row, WaveFacts

DRAWN_CODES = 10
DRAWN_BY_REGION = 7
PANEL_WIDTH = 300
SHARE_FROM = 30


@dataclass(frozen=True)
class Ranking:
    """Codes in order, of ``n`` of a ``kind``; those ``drawn`` come with a chart without words."""

    n: int
    kind: str
    is_share: bool
    rows: list[Row]
    drawn: list[Row]
    chart: str

    @property
    def is_small(self) -> bool:
        """Whether any of it rests on fewer than five."""
        return any(row["is_small"] for row in self.rows)


@dataclass(frozen=True)
class ChartView:
    """One chart of dim_chart in a wave; ``ranking`` or, broken down, ``regions`` of them."""

    definition: Row
    state: str
    ranking: Ranking | None
    regions: dict[str, Ranking]

    @property
    def chart_id(self) -> str:
        """G01 to G16."""
        return str(self.definition["chart_id"])

    @property
    def is_whole_question(self) -> bool:
        """Whether it ranks all themes of its question as the question itself does."""
        has_all = self.definition["level"] == "theme" and not self.definition["scope"]
        return bool(has_all and self.definition["method"] == "plain" and self.ranking)


def chart_views(facts: WaveFacts, release: ReleaseFacts) -> list[ChartView]:
    """Every chart of the release, filled and drawn for one wave."""
    states = {row["chart_id"]: row["state"] for row in facts.chart_coverage}
    filled = {
        chart_id: list(rows) for chart_id, rows in groupby(facts.charts, lambda r: r["chart_id"])
    }
    return [
        chart_view(definition, states[definition["chart_id"]], filled[definition["chart_id"]])
        if definition["chart_id"] in filled
        else ChartView(definition, states.get(definition["chart_id"], "nobody_answered"), None, {})
        for definition in release.charts
    ]


def chart_view(definition: Row, state: str, rows: list[Row]) -> ChartView:
    """One chart with its rows, in order of rank."""
    if definition["breakdown"] == "none":
        return ChartView(definition, state, ranking(rows), {})
    shown = sorted({(row["rank"], row["code"]) for row in rows})[:DRAWN_BY_REGION]
    regions: dict[str, list[Row]] = {
        region_id: [] for region_id in sorted({row["region_id"] for row in rows})
    }
    for row in rows:
        if (row["rank"], row["code"]) in shown:
            regions[row["region_id"]].append(row)
    panels = {region_id: panel(of_region) for region_id, of_region in regions.items()}
    return ChartView(definition, state, None, panels)


def ranking(rows: list[Row], most: int = DRAWN_CODES) -> Ranking:
    """Ranked rows, the residual ones last: numbers, or percentages where n allows them."""
    n, named = rows[0]["denominator"], [row for row in rows if not row["is_residual"]]
    drawn = named[:most] + [row for row in rows if row["is_residual"]]
    is_share = n >= SHARE_FROM
    chart = bars(drawn, scale=100 if is_share else n, is_share=is_share, width=WIDTH)
    return Ranking(n, rows[0]["denominator_kind"], is_share, rows, drawn, chart)


def panel(rows: list[Row]) -> Ranking:
    """One region of a chart, on the scale that all regions share."""
    chart = bars(rows, scale=100, is_share=True, width=PANEL_WIDTH, reach=100)
    return Ranking(rows[0]["denominator"], rows[0]["denominator_kind"], True, rows, rows, chart)


def bars(
    rows: list[Row], *, scale: int, is_share: bool, width: int, reach: float | None = None
) -> str:
    """Rows as bars with their intervals; the axis ends by ``scale``, or at ``reach``."""
    drawn = [
        Bar(
            value=row["share"] * scale,
            low=None if row["ci_low"] is None else row["ci_low"] * scale,
            high=None if row["ci_high"] is None else row["ci_high"] * scale,
            is_residual=row["is_residual"],
            is_small=row["is_small"],
        )
        for row in rows
    ]
    return bar_chart(drawn, most=scale, is_share=is_share, width=width, reach=reach)
