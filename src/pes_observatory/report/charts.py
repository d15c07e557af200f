"""Charts: Altair draws the geometry once, each language fills in the words.

A text in a chart is a slot such as ``@label0@``. Converting takes a tenth of a second, and so
one conversion serves all languages; and since no word is measured while drawing, the pictures
do not depend on the fonts of the machine. Labels stand above their bar: long names stay whole,
and the chart still reads on a phone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import altair as alt
import vl_convert
from altair.utils import schemapi
from markupsafe import Markup, escape

WIDTH = 480
ROW = 46
INK, ACCENT, RESIDUAL, SMALL, RULE = "#16242f", "#4796b3", "#b4bcc4", "#a9b9c2", "#e3e8ec"
PADDING = {"left": 1, "right": 8, "top": 0, "bottom": 44}
SLOT = re.compile(r"@(\w+)@")
OPENING = re.compile(r"<svg[^>]*viewBox=\"([^\"]+)\"[^>]*>")


@dataclass(frozen=True)
class Bar:
    """One row of a bar chart; ``outline`` is the size of the whole it is part of."""

    value: float
    low: float | None = None
    high: float | None = None
    outline: float | None = None
    is_residual: bool = False
    is_small: bool = False


def bar_chart(
    bars: Sequence[Bar],
    *,
    most: float,
    is_share: bool = False,
    width: int = WIDTH,
    reach: float | None = None,
) -> str:
    """Horizontal bars with interval whiskers or outlines, on an axis that ends by ``most``.

    It ends after the longest bar, or at ``reach`` where charts are to be compared.
    Slots: labelN and valueN for each bar, axis, and percent after each tick of a share.
    """
    ends = [end for bar in bars for end in (bar.value, bar.high, bar.outline) if end is not None]
    spec = json.loads(bar_spec(is_share=is_share, width=width))
    rows = [{"row": no, **vars(bar), "tone": tone(bar)} for no, bar in enumerate(bars)]
    spec["datasets"] = {"bars": rows}
    reach = reach or (min(max(ends) * 1.04, most) if most else 1)
    spec["params"] = [{"name": "reach", "value": reach}]
    spec["height"] = ROW * len(bars)
    return vl_convert.vegalite_to_svg(spec)


@cache
def bar_spec(*, is_share: bool, width: int) -> str:
    """A bar chart without bars, as JSON: making it costs more than drawing it."""
    axis = alt.Axis(
        title="@axis@",
        tickMinStep=1,
        tickCount=6 if width >= WIDTH else 3,
        labelOverlap=False,
        labelExpr="datum.value + '@percent@'" if is_share else "datum.value",
    )
    scale = alt.Scale(domain=[0, {"expr": "reach"}], nice=False, zero=True)
    x = alt.X("value:Q", axis=axis, scale=scale)
    base = alt.Chart(alt.NamedData(name="bars"))
    y = alt.Y("row:O", axis=None, scale=alt.Scale(padding=0))
    layers = [
        base.mark_bar(height=16, yOffset=9, color="#f4f7f9", stroke=RESIDUAL)
        .encode(x=alt.X("outline:Q", axis=axis), y=y)
        .transform_filter("isValid(datum.outline)"),
        base.mark_bar(height=12, yOffset=9).encode(x=x, y=y, color=alt.Color("tone:N", scale=None)),
        base.mark_rule(yOffset=9, color=INK, strokeWidth=1.4)
        .encode(x=alt.X("low:Q", axis=axis), x2="high:Q", y=y)
        .transform_filter("isValid(datum.low)"),
        *words(base, y, width),
    ]
    return json.dumps(spec_of(alt.layer(*layers), 0, width))


def dot_chart(rows: Sequence[Sequence[float]], medians: Sequence[float]) -> str:
    """A strip of dots per row, each on its own scale from 0 to 1, with the median marked.

    Slots: labelN and valueN above each strip.
    """
    dots = [{"row": no, "value": at} for no, row in enumerate(rows) for at in row]
    ticks = [{"row": no, "value": at, "start": 0, "end": 1} for no, at in enumerate(medians)]
    y = alt.Y("row:O", axis=None, scale=alt.Scale(padding=0))
    scale = alt.Scale(domain=[-0.012, 1.012], nice=False)
    x = alt.X("value:Q", axis=None, scale=scale)
    base = table(ticks)
    layers = [
        base.mark_rule(yOffset=9, color=RULE, strokeWidth=2).encode(
            x=alt.X("start:Q", axis=None, scale=scale), x2="end:Q", y=y
        ),
        table(dots).mark_circle(yOffset=9, color=ACCENT, opacity=0.5, size=62).encode(x=x, y=y),
        base.mark_tick(yOffset=9, color=INK, thickness=2.4, height=20).encode(x=x, y=y),
        *words(base, y),
    ]
    return vl_convert.vegalite_to_svg(spec_of(alt.layer(*layers), len(rows)))


def tone(bar: Bar) -> str:
    """The colour that says what a bar may be trusted for."""
    return RESIDUAL if bar.is_residual else SMALL if bar.is_small else ACCENT


def table(values: list[dict[str, Any]]) -> alt.Chart:
    """A chart on inline values."""
    return alt.Chart(alt.InlineData(values=values))


def words(base: alt.Chart, y: alt.Y, width: int = WIDTH) -> list[alt.Chart]:
    """The slots above a row: its label on the left, its value on the right."""
    return [
        base.mark_text(align="left", dy=-9, fontSize=14, color=INK)
        .encode(x=alt.value(0), y=y, text="text:N")
        .transform_calculate(text="'@label' + datum.row + '@'"),
        base.mark_text(align="right", dy=-9, fontSize=13, color="#4a5a66")
        .encode(x=alt.value(width), y=y, text="text:N")
        .transform_calculate(text="'@value' + datum.row + '@'"),
    ]


def spec_of(
    chart: alt.LayerChart | alt.FacetChart, row_count: int, width: int = WIDTH
) -> dict[str, Any]:
    """The chart as a Vega-Lite specification."""
    with schemapi.debug_mode(False):
        spec: dict[str, Any] = (
            chart.properties(width=width, height=ROW * row_count, background="transparent")
            .configure(aria=False, autosize="none", padding=PADDING)
            .configure_view(stroke=None)
            .configure_axis(
                domain=False, ticks=False, gridColor=RULE, labelColor="#4a5a66", labelFontSize=12,
                titleColor="#4a5a66", titleFontSize=13, titleFontWeight="normal", titlePadding=8,
                titleAnchor="start",
            )
            .to_dict(validate=False)
        )  # fmt: skip
    return spec


def filled(template: str, alt_text: str, slots: Mapping[str, str]) -> Markup:
    """The chart in one language: slots filled in, scaled to its place, with an alternative text."""
    body = SLOT.sub(lambda slot: str(escape(slots[slot[1]])), template)
    opening = Markup('<svg viewBox="{}" role="img" aria-label="{}">')
    view_box = OPENING.match(body)
    assert view_box, "vl-convert no longer starts its SVG with a viewBox"
    return opening.format(view_box[1], alt_text) + Markup(body[view_box.end() :])  # noqa: S704 (slots are escaped)
