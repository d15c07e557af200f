"""Charts in a language: the words and numbers that go into a drawn chart."""

from __future__ import annotations

from textwrap import shorten

from markupsafe import Markup

from pes_observatory.report.chart_view import Ranking
from pes_observatory.report.charts import filled
from pes_observatory.report.formats import DASH, Formats
from pes_observatory.report.names import Names
from pes_observatory.report.queries import Row
from pes_observatory.report.view import WaveView

ROOM, PANEL_ROOM = 62, 40
NAMED_IN_ALT = 3


class Figures:
    """The charts of a page, each with its alternative text."""

    def __init__(self, name: Names, formats: Formats) -> None:
        self.name, self.format, self.words = name, formats, name.words

    def ranking(self, ranking: Ranking, title: str, room: int = ROOM) -> Markup:
        """Ranked codes as bars; ``title`` says of what, for those who do not see it."""
        axis = self.words["axis_share" if ranking.is_share else "axis_count"][ranking.kind]
        labels = [self.name.theme(row["code"]) for row in ranking.drawn]
        parts = [self.out_of(row["respondents"], ranking.n) for row in ranking.drawn]
        shares = [
            self.format.percent(row["share"]) + ("*" if row["is_small"] else "")
            for row in ranking.drawn
        ]
        values = [f"{part} · {share}" for part, share in zip(parts, shares, strict=True)]
        alt_text = self.words["chart_alt"].format(
            question=title, top=self.top(list(zip(labels, parts, strict=True)))
        )
        rows = list(zip(labels, values, strict=True))
        axis = axis.format(n=self.format.count(ranking.n))
        return self.chart(ranking.chart, alt_text, rows, axis, room)

    def panel(self, ranking: Ranking, title: str) -> Markup:
        """The same, in the narrow place of one region."""
        return self.ranking(ranking, title, PANEL_ROOM)

    def coverage_chart(self, view: WaveView) -> Markup:
        """Respondents per region against members."""
        rows = [
            (
                self.name.region(row["region_id"]),
                self.out_of(row["pes"], row["members"]) + ("*" if row["is_small"] else ""),
            )
            for row in view.facts.coverage
            if row["region_id"] != "unresolved"
        ]
        alt_text = self.words["coverage_alt"].format(top=self.top(rows, len(rows)))
        return self.chart(view.coverage_chart, alt_text, rows, self.words["coverage_axis"])

    def context_chart(self, view: WaveView) -> Markup:
        """The spread of each concept over the responding countries."""
        rows = [(self.name.concept(row["concept_id"]), self.spread(row)) for row in view.concepts]
        alt_text = self.words["context_alt"].format(top=self.top(rows, len(rows)))
        return self.chart(view.context_chart, alt_text, rows, "")

    def spread(self, concept: Row) -> str:
        """A concept's lowest and highest value; a percentage says so."""
        low, high = (self.format.decimal(concept[end]["value"]) for end in ("lowest", "highest"))
        is_percentage = self.name.unit(concept["concept_id"]).startswith("%")
        return f"{low} {DASH} {high}" + (self.format.percent_sign if is_percentage else "")

    def chart(
        self,
        template: str,
        alt_text: str,
        rows: list[tuple[str, str]],
        axis: str,
        room: int = ROOM,
    ) -> Markup:
        """A drawn chart with its words filled in; a very long label ends in an ellipsis."""
        slots = {"axis": axis, "percent": self.format.percent_sign}
        for number, (label, value) in enumerate(rows):
            slots[f"label{number}"] = shorten(label, room - len(value), placeholder=" …")
            slots[f"value{number}"] = value
        return filled(template, alt_text, slots)

    def top(self, rows: list[tuple[str, str]], shown: int = NAMED_IN_ALT) -> str:
        """The first rows of a chart as a sentence part."""
        return "; ".join(f"{label} {value}" for label, value in rows[:shown])

    def out_of(self, part: int, whole: int | None) -> str:
        """A number with its denominator."""
        count = self.format.count
        return count(part) if whole is None else f"{count(part)} / {count(whole)}"
