"""The pages of a release in one language, from their templates."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from pes_observatory.report.context import MARKS
from pes_observatory.report.documents import DocumentFacts, Theme
from pes_observatory.report.figures import Figures
from pes_observatory.report.findings import Findings
from pes_observatory.report.formats import LANGUAGES, Formats, texts
from pes_observatory.report.names import Names
from pes_observatory.report.queries import ReleaseFacts, Row
from pes_observatory.report.view import WaveView


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
        names, formats = Names(release, lang), Formats(lang)
        self.shared: dict[str, Any] = {
            "lang": lang,
            "t": texts(lang),
            "f": formats,
            "names": names,
            "figures": Figures(names, formats),
            "findings": Findings(release, names, formats),
            "marks": MARKS,
            "release": release,
            "version": version,
            "languages": {code: texts(code)["lang_name"] for code in LANGUAGES},
            "page_name": page_name,
            "index_name": index_name,
            "style": (resources.files(__package__) / "style.css").read_text("utf-8"),
        }

    def index(self) -> str:
        """The list of waves, sources and checks."""
        return self.render("index", index_name)

    def codebook(self) -> str:
        """The codebook."""
        return self.render("codebook", lambda lang: f"codebook.{lang}.html")

    def findings(self) -> str:
        """What a report claims, beside what can be recomputed."""
        return self.render("findings", lambda lang: f"findings.{lang}.html")

    def documents(self, facts: DocumentFacts) -> str:
        """What the networks' documents say, theme by theme."""
        return self.render("documents", lambda lang: f"documents.{lang}.html", documents=facts)

    def wave(self, view: WaveView, themes: list[tuple[Row, Theme]]) -> str:
        """The barometer of one wave, with the ``themes`` that documents speak of too."""
        wave = view.facts.wave
        return self.render(
            "wave",
            lambda lang: page_name(wave, lang),
            view=view,
            wave=wave,
            document_themes=themes,
        )

    def render(self, template: str, name_in: Callable[[str], str], **values: Any) -> str:
        """A template with what all pages share; ``name_in`` names the page in each language."""
        page = environment().get_template(f"{template}.html.j2")
        return page.render(**self.shared, name_in=name_in, **values)
