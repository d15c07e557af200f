"""What codes are called in a language; a code without a name is shown as it is."""

from __future__ import annotations

from unicodedata import normalize

from pes_observatory.report.formats import texts
from pes_observatory.report.queries import ReleaseFacts, Row


def folded(name: str) -> str:
    """A name without its accents and capitals, to sort by."""
    return normalize("NFKD", name).encode("ascii", "ignore").decode().lower()


class Names:
    """The names of a release's themes, regions, countries, PES, concepts and questions."""

    def __init__(self, release: ReleaseFacts, lang: str) -> None:
        self.release, self.lang, self.words = release, lang, texts(lang)
        self.themes = {row["code"]: row[f"label_{lang}"] for row in release.themes}
        self.charts = {row["chart_id"]: row[f"title_{lang}"] for row in release.charts}
        self.regions = {row["region_id"]: row[f"name_{lang}"] for row in release.regions}

    def theme(self, code: str) -> str:
        """The label of a theme."""
        return str(self.words["not_coded"] if code == "ZZ2" else self.themes.get(code) or code)

    def chart(self, chart_id: str) -> str:
        """The title of a chart."""
        return str(self.charts.get(chart_id) or chart_id)

    def region(self, region_id: str) -> str:
        """The name of a region, or that there is none."""
        return str(self.regions.get(region_id) or self.words["unresolved"])

    def country(self, country_iso3: str) -> str:
        """The name of a country."""
        row = self.release.countries.get(country_iso3)
        return row[f"name_{self.lang}"] if row else country_iso3

    def by_country(self, rows: list[Row]) -> list[Row]:
        """Rows in the alphabetical order of their countries' names."""
        return sorted(rows, key=lambda row: folded(self.country(row["country_iso3"])))

    def pes(self, pes_id: str) -> str:
        """The name of a PES."""
        row = self.release.pes.get(pes_id)
        return row["pes_name"] if row else pes_id

    def concept(self, concept_id: str) -> str:
        """The label of a concept."""
        row = self.release.concepts.get(concept_id)
        return str(row[f"label_{self.lang}"] or row["label_en"]) if row else concept_id

    def unit(self, concept_id: str) -> str:
        """The unit of a concept."""
        row = self.release.concepts.get(concept_id)
        return str(row["unit"] or "") if row else ""

    def provider(self, provider: str) -> str:
        """The name of a statistical provider."""
        return str(self.words["providers"].get(provider, provider))

    def providers(self, counted: list[tuple[str, int]]) -> str:
        """Providers, each with the number of countries that it covers."""
        return ", ".join(f"{self.provider(provider)} {n}" for provider, n in counted)

    def question(self, question_id: str) -> str:
        """The short title of a question."""
        return str(self.words["short"].get(question_id, question_id))

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
