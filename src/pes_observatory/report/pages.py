"""Pages in a language: the words, numbers and names that templates ask for."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from importlib import resources
from textwrap import shorten
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from pes_observatory.report.charts import filled
from pes_observatory.report.formats import LANGUAGES, Formats, texts
from pes_observatory.report.queries import ReleaseFacts, Row
from pes_observatory.report.view import QuestionView, WaveView

LABEL_LENGTH = 44
NAMED_IN_ALT = 3


@cache
def environment() -> Environment:
    """The templates; every value is escaped, and a misspelt name is an error."""
    return Environment(
        loader=PackageLoader("pes_observatory.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def page_name(wave: Row, lang: str) -> str:
    """The file name of a wave's page."""
    stem = re.sub(r"[^A-Za-z0-9._-]+", "-", f"{wave['survey_id']}-{wave['wave']}")
    return f"{stem}.{lang}.html"


def index_name(lang: str) -> str:
    """The file name of the index; English is the one a browser opens first."""
    return "index.html" if lang == LANGUAGES[0] else f"index.{lang}.html"


class Pages:
    """The pages of one release in one language."""

    def __init__(self, release: ReleaseFacts, lang: str, version: str) -> None:
        self.release, self.lang = release, lang
        self.words, self.format = texts(lang), Formats(lang)
        self.themes = {row["code"]: row[f"label_{lang}"] for row in release.themes}
        self.regions = {row["region_id"]: row[f"name_{lang}"] for row in release.regions}
        self.shared: dict[str, Any] = {
            "lang": lang,
            "t": self.words,
            "f": self.format,
            "page": self,
            "release": release,
            "version": version,
            "languages": {code: texts(code)["lang_name"] for code in LANGUAGES},
            "page_name": page_name,
            "index_name": index_name,
            "style": Markup((resources.files(__package__) / "style.css").read_text("utf-8")),
        }

    def index(self) -> str:
        """The list of waves, sources and checks."""
        return self.render("index", index_name)

    def codebook(self) -> str:
        """The codebook."""
        return self.render("codebook", lambda lang: f"codebook.{lang}.html")

    def wave(self, view: WaveView) -> str:
        """The barometer of one wave."""
        wave = view.facts.wave
        return self.render("wave", lambda lang: page_name(wave, lang), view=view, wave=wave)

    def render(self, template: str, name_in: Callable[[str], str], **values: Any) -> str:
        """A template with what all pages share; ``name_in`` names the page in each language."""
        page = environment().get_template(f"{template}.html.j2")
        return page.render(**self.shared, name_in=name_in, **values)

    def theme(self, code: str) -> str:
        """The label of a theme."""
        return self.words["not_coded"] if code == "ZZ2" else self.themes.get(code) or code

    def region(self, region_id: str) -> str:
        """The name of a region, or that there is none."""
        return self.regions.get(region_id) or self.words["unresolved"]

    def country(self, country_iso3: str) -> str:
        """The name of a country."""
        row = self.release.countries.get(country_iso3)
        return row[f"name_{self.lang}"] if row else country_iso3

    def pes(self, pes_id: str) -> str:
        """The name of a PES."""
        row = self.release.pes.get(pes_id)
        return row["pes_name"] if row else pes_id

    def indicator(self, indicator_id: str) -> str:
        """The label of an indicator with its unit."""
        row = self.release.indicators.get(indicator_id)
        label = row[f"label_{self.lang}"] or row["label_en"] if row else indicator_id
        return f"{label} ({row['unit']})" if row and row["unit"] else label

    def question(self, question_id: str) -> str:
        """The short title of a question."""
        return self.words["short"].get(question_id, question_id)

    def question_text(self, question_id: str) -> str:
        """The question as it was asked, in this language."""
        row = self.release.questions.get(question_id)
        return (row[f"text_{self.lang}"] if row else None) or ""

    def coders(self, rows: list[Row]) -> str:
        """Who coded: rule sets, models or people, each with its codebook."""
        kinds = self.words["coder_types"]
        return ", ".join(
            f"{row['coder']} ({kinds.get(row['coder_type'], row['coder_type'])})" for row in rows
        )

    def out_of(self, part: int, whole: int | None) -> str:
        """A number with its denominator."""
        count = self.format.count
        return count(part) if whole is None else f"{count(part)} / {count(whole)}"

    def theme_chart(self, question: QuestionView) -> Markup:
        """The ranked themes of one question."""
        axis = self.words["axis_share" if question.is_share else "axis_count"][question.kind]
        rows = [
            (
                self.theme(row["code"]),
                f"{self.out_of(row['respondents'], question.n)} · {self.format.percent(row['share'])}"
                + ("*" if row["is_small"] else ""),
            )
            for row in question.drawn
        ]
        alt_text = self.words["chart_alt"].format(
            question=f"{question.question_id} {self.question(question.question_id)}",
            top=self.top([(label, value.split(" · ")[0]) for label, value in rows]),
        )
        return self.chart(question.chart, alt_text, rows, axis.format(n=self.format.count(question.n)))

    def coverage_chart(self, view: WaveView) -> Markup:
        """Respondents per region against members."""
        rows = [
            (
                self.region(row["region_id"]),
                self.out_of(row["pes"], row["members"]) + ("*" if row["is_small"] else ""),
            )
            for row in view.facts.coverage
            if row["region_id"] != "unresolved"
        ]
        alt_text = self.words["coverage_alt"].format(top=self.top(rows, len(rows)))
        return self.chart(view.coverage_chart, alt_text, rows, self.words["coverage_axis"])

    def context_chart(self, view: WaveView) -> Markup:
        """The spread of each indicator over the responding countries."""
        decimal = self.format.decimal
        rows = [
            (
                self.indicator(row["indicator_id"]),
                f"{decimal(row['lowest']['value'])} – {decimal(row['highest']['value'])}",
            )
            for row in view.indicators
        ]
        alt_text = self.words["context_alt"].format(top=self.top(rows, len(rows)))
        return self.chart(view.context_chart, alt_text, rows, "")

    def chart(self, template: str, alt_text: str, rows: list[tuple[str, str]], axis: str) -> Markup:
        """A drawn chart with its words filled in; a very long label ends in an ellipsis."""
        slots = {"axis": axis, "percent": self.format.percent_sign}
        for number, (label, value) in enumerate(rows):
            room = LABEL_LENGTH + len("100 / 100 · 100 %") - len(value)
            slots[f"label{number}"] = shorten(label, room, placeholder=" …")
            slots[f"value{number}"] = value
        return filled(template, alt_text, slots)

    def top(self, rows: list[tuple[str, str]], shown: int = NAMED_IN_ALT) -> str:
        """The first rows of a chart as a sentence part."""
        return "; ".join(f"{label} {value}" for label, value in rows[:shown])
