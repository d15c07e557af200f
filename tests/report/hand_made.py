"""A warehouse made by hand: the tables as dbt's contracts declare them, and few rows."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import yaml
from hand_made_charts import fill_charts

from pes_observatory.report import write_report

ROOT = Path(__file__).parents[2]
SURVEY = {"survey_id": "demo", "wave": 2024}
HOSTILE = "<script>alert('x')</script>\"'><img src=https://evil.example/x onerror=alert(1)>&amp;"
VERSION = "20261121T020000Z"
NIGHT = datetime(2026, 11, 21, 2)
THEMES = [
    ("MT", "family", None, "Marché", "Market", "Mercado"),
    ("MT1", "theme", "MT", "Politiques actives", "Active policies", "Políticas activas"),
    ("OS", "family", None, "Services", "Services", "Servicios"),
    ("OS1", "theme", "OS", "Accueil", "Reception", "Acogida"),
    ("ZZ", "family", None, "Reste", "Residual", "Resto"),
    ("ZZ2", "theme", "ZZ", "Non codable", "Not codable", "No codificable"),
]


def declared_tables() -> dict[str, dict[str, str]]:
    """Every mart and meta table with its columns and types, out of dbt's YAML."""
    tables: dict[str, dict[str, str]] = {}
    for schema in ("marts", "meta"):
        for path in sorted((ROOT / "dbt_project" / "models" / schema).glob("_*.yml")):
            content = yaml.safe_load(path.read_text(encoding="utf-8"))
            for model in content.get("models", []):
                name = model.get("config", {}).get("alias", model["name"])
                columns = {column["name"]: column["data_type"] for column in model["columns"]}
                tables[f"{schema}.{name}"] = columns
    return tables


class Warehouse:
    """A DuckDB file that rows can be put into by name of table and column, until it is closed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.tables = declared_tables()
        self._connection = duckdb.connect(str(path))
        self._connection.begin()
        for schema in ("marts", "meta"):
            self._connection.execute(f"CREATE SCHEMA {schema}")
        for table, columns in self.tables.items():
            listed = ", ".join(f'"{name}" {type_}' for name, type_ in columns.items())
            self._connection.execute(f"CREATE TABLE {table} ({listed})")

    def put(self, table: str, *rows: dict[str, Any]) -> None:
        """Insert rows; a column that is not named stays null."""
        for row in rows:
            assert set(row) <= set(self.tables[table]), f"{table} lacks a column of {set(row)}"
            columns = ", ".join(f'"{name}"' for name in row)
            marks = ", ".join("?" for _ in row)
            query = f"INSERT INTO {table} ({columns}) VALUES ({marks})"
            self._connection.execute(query, list(row.values()))

    def close(self) -> None:
        """Write it to disk and let go of the file."""
        self._connection.commit()
        self._connection.close()


def theme_row(question: str, code: str, respondents: int, rank: int, n: int = 6) -> dict[str, Any]:
    share = respondents / n
    return {
        **SURVEY,
        "question_id": question,
        "level": "theme",
        "code": code,
        "rank": rank,
        "respondents": respondents,
        "mentions": respondents,
        "denominator": n,
        "denominator_kind": "respondents",
        "share": share,
        "ci_low": max(0.0, share - 0.1),
        "ci_high": min(1.0, share + 0.1),
        "is_small": n < 5,
    }


def fill(warehouse: Warehouse, words: str) -> None:
    """One wave with two questions, a region, verbatims and two countries; ``words`` everywhere."""
    release = {"version": VERSION, "created_at": NIGHT, "fingerprint": "f"}
    warehouse.put(
        "meta.release", {**release, "code_version": "0.1.0", "codebook_version": "2022.1"}
    )
    for code, level, parent, fr, en, es in THEMES:
        label = {"label_fr": fr, "label_en": en, "label_es": es, "definition": words}
        family = {"family_code": code[:2], "theme_code": code if parent else None}
        warehouse.put(
            "marts.dim_theme",
            {"code": code, "level": level, **family, **label, "codebook_version": "2022.1"},
        )
    warehouse.put(
        "marts.dim_question",
        *(
            {
                "question_id": f"Q{number}",
                "question_no": number,
                **{f"text_{lang}": f"{words} {lang} {number}?" for lang in ("fr", "en", "es")},
                "slots": 3,
            }
            for number in (1, 8)
        ),
    )
    for region_id in ("africa", "europe"):
        names = {f"name_{lang}": f"{region_id} {lang}" for lang in ("fr", "en", "es")}
        warehouse.put("marts.dim_region", {"region_id": region_id, **names})
    fill_charts(warehouse, words)
    for iso3, iso2 in (("FRA", "FR"), ("BEL", "BE")):
        country = {"country_iso3": iso3, "country_iso2": iso2}
        labels = {f"name_{lang}": f"{iso3} {words}" for lang in ("fr", "en", "es")}
        warehouse.put("marts.dim_country", {**country, **labels})
        pes = {"pes_id": f"{iso2.lower()}_pes", "pes_name": f"PES {words}", "country_iso3": iso3}
        warehouse.put("marts.dim_pes", {**pes, "region_id": "europe", "region_basis": "stated"})
    counts = {"responses": 6, "pes": 6, "countries": 6, "answers": 12, "responses_under_review": 1}
    wave = {"source_id": "demo_survey", "title": f"Demo {words}", "is_synthetic": True}
    times = {"first_submitted_at": NIGHT, "last_submitted_at": NIGHT}
    status = {"units": 40, "units_checked_by_person": 3, "coding_status": "provisional"}
    warehouse.put("marts.dim_wave", {**SURVEY, **wave, **counts, **times, **status})
    warehouse.put(
        "marts.theme_by_question",
        theme_row("Q1", "ZZ2", 5, 1),
        theme_row("Q1", "MT1", 3, 2),
        theme_row("Q1", "OS1", 1, 3),
        theme_row("Q8", "OS1", 2, 1, n=3),
    )
    region = {"region_id": "europe", "respondents": 3, "denominator": 6, "is_small": False}
    shares = {"share": 0.5, "ci_low": 0.2, "ci_high": 0.8}
    place = {"question_id": "Q1", "level": "theme", "code": "MT1"}
    warehouse.put("marts.theme_by_region", {**SURVEY, **place, **region, **shares})
    members = {"members": 10, "coverage_share": 0.6, "is_small": False}
    under_review = {"responses_under_review": 1}
    counted = {"region_id": "europe", "responses": 6, "pes": 6, "countries": 6}
    warehouse.put("marts.response_coverage", {**SURVEY, **counted, **members, **under_review})
    for number, pes_id in enumerate(("fr_pes", "be_pes"), start=1):
        answer = {
            "answer_id": f"demo/2024/{number}/Q1/1",
            "question_id": "Q1",
            "slot": 1,
            "pes_id": pes_id,
            "region_id": "europe",
            "lang": "en",
            "answer_text": f"Answer {number} of a service: {words}",
            "is_translated": False,
            "primary_code": "MT1",
            "theme_code": "MT1",
            "codes": "MT1",
            "coder": "rules-1",
            "coder_type": "rule",
            "codebook_version": "2022.1",
            "source_id": "demo_survey",
        }
        warehouse.put("marts.verbatims", {**SURVEY, **answer})
    review = {"source_id": "demo_survey", "response_id": "9", "reason": "unresolved"}
    found = {"respondent_raw": words, "candidates": words, "item_name": words, "row_no": 9}
    warehouse.put("marts.respondent_review", {**SURVEY, **review, **found})
    fill_figures(warehouse, words)
    for source_id, kind in (("demo_survey", "survey"), ("demo_rate", "indicator")):
        about = {"title": words, "publisher": words, "licence": words, "attribution": words}
        fared = {"last_outcome": "landed", "last_success_at": NIGHT, "last_try_at": NIGHT}
        source = {"source_id": source_id, "kind": kind, "rows_landed": 3, "is_synthetic": False}
        warehouse.put("meta.sources", {**source, **about, **fared, "expected_every_days": 30})
    rule = {"run_id": "r", "suite": "landing_answers", "rule": "x", "severity": "warning"}
    outcome = {"passed": False, "unexpected_rows": 1, "checked_rows": 6, "reason": words}
    when = {"checked_at": NIGHT, "is_baselined": False, "source_id": "demo_survey"}
    warehouse.put("meta.gate_results", {**rule, **outcome, **when})


def fill_figures(warehouse: Warehouse, words: str) -> None:
    """A concept with the figures of two countries, beside a theme that enough of them named."""
    labels = {f"label_{lang}": f"Rate {words}" for lang in ("fr", "en", "es")}
    more = {"unit": f"% {words}", "definition": words, "comparability": words, "themes": "MT1"}
    warehouse.put("marts.dim_concept", {"concept_id": "rate", **labels, **more})
    for iso3, value, change in (("FRA", 7.3, -2.1), ("BEL", 5.5, None)):
        figure = {"concept_id": "rate", "time_period": "2023", "obs_status": "break"}
        figure |= {"basis": "modelled", "provider": "worldbank", "source_id": "demo_rate"}
        figure |= {"change_5y": change, "no_change_because": None if change else "break_between"}
        at = {"country_iso3": iso3, "value": value, "pes_ids": iso3.lower(), "themes": "MT1"}
        warehouse.put("marts.country_context", {**SURVEY, **figure, **at, "linked_themes": "MT1"})
    pair = {"concept_id": "rate", "code": "MT1", "n_named": 12, "n_others": 9}
    means = {"mean_named": 7.0, "mean_others": 5.5, "difference": 1.5}
    found = {"ci_low": 0.4, "ci_high": 2.6, "df": 14.2, "association": "higher"}
    warehouse.put("marts.theme_indicator", {**SURVEY, **pair, **means, **found})
    few = {"n_named": 2, "no_interval_because": "fewer_than_3_name_it", "association": "not_shown"}
    warehouse.put("marts.theme_indicator", {**SURVEY, **pair, "code": "OS1", **few})


def bare_warehouse(path: Path) -> Warehouse:
    """One wave that nobody answered, and nothing else."""
    warehouse = Warehouse(path)
    warehouse.put(
        "meta.release", {"version": VERSION, "code_version": "0", "codebook_version": "2022.1"}
    )
    counts = {"responses": 0, "pes": 0, "countries": 0, "answers": 0, "responses_under_review": 0}
    wave = {"survey_id": "bare", "wave": 2020, "title": "Bare", "is_synthetic": False}
    warehouse.put("marts.dim_wave", {**wave, **counts})
    warehouse.close()
    return warehouse


def render(folder: Path, words: str) -> dict[str, str]:
    """Every page of a filled warehouse, by its name."""
    warehouse = Warehouse(folder / "warehouse.duckdb")
    fill(warehouse, words)
    warehouse.close()
    paths = write_report(warehouse.path, folder / "report", version=VERSION)
    assert sorted(paths) == sorted((folder / "report").iterdir())
    return {path.name: path.read_text(encoding="utf-8") for path in paths}
