"""The catalogue that we ship: its concepts, the tables that feed them, and the page about both."""

from __future__ import annotations

import csv
import os
import re
from collections import defaultdict
from pathlib import Path

import pytest
import yaml

from pes_observatory.errors import WrongUse
from pes_observatory.settings import project_root
from pes_observatory.sources.concepts import find_catalogue
from pes_observatory.sources.models import IndicatorSource
from pes_observatory.sources.registry import find_sources
from pes_observatory.sources.table import concept_table, filled_in_page, source_table

ROOT = project_root()
LIVE = ROOT / "sources" / "live"
CONCEPTS = find_catalogue(ROOT / "sources").concepts
DECLARED, MISTAKES = find_sources(LIVE)
SOURCES = [each.source for each in DECLARED if isinstance(each.source, IndicatorSource)]
BUNDLED = [
    each.source
    for each in find_sources(ROOT / "sources")[0]
    if isinstance(each.source, IndicatorSource)
]
PAGE = ROOT / "docs" / "indicator-sources.md"

# Dimensions but area and time, as a list of Eurostat's dataflows of summer 2026 counts them, the
# OECD's structure prints them, or public code of the Commission names them.
DIMENSIONS = {
    "une_rt_a": {"freq", "age", "unit", "sex"},
    "une_ltu_a": {"freq", "indic_em", "sex", "age", "unit"},
    "lfsi_neet_a": {"freq", "age", "unit", "sex"},
    "lfsi_emp_a": {"freq", "indic_em", "sex", "age", "unit"},
    "tepsr_sp200": {"freq", "unit", "lev_limit", "sex"},
    "lfsa_ergacob": {"freq", "unit", "sex", "age", "c_birth"},
    "jvs_q_r21": {"freq", "nace_r2_1", "sizeclas", "s_adj", "indic_em"},
    "lfsa_egaps": {"freq", "unit", "sex", "age", "wstatus"},
    "isoc_sk_dskl_i21": {"freq", "ind_type", "indic_is", "unit"},
    "lfsa_ehomp": {"freq", "unit", "sex", "age", "wstatus", "frequenc"},
    "trng_lfse_01": {"freq", "unit", "sex", "age"},
    "demo_pjanind": {"freq", "indic_de"},
    "LMP_IND_EXP": {"freq", "unit", "lmp_type", "exptype"},
    "LMP_IND_ACTSUP": {"freq", "unit", "age", "sex", "lmp_type"},
    "LMP_IND_ACTRU": {"freq", "unit", "age", "sex", "regis_es", "lmp_type"},
    "OECD.SDD.TPS,DSD_LFS@DF_IALFS_INDIC,1.0": {
        *("measure", "unit_measure", "transformation", "adjustment"),
        *("sex", "age", "activity", "freq"),
    },
    "OECD.ELS.JAI,DSD_LMP@DF_LMP,1.0": {"measure", "programme", "unit_measure"},
}


@pytest.fixture(scope="module")
def inputs() -> Path:
    """The folder of real files; without it the test is skipped."""
    folder = Path(os.environ.get("PES_INPUTS") or ROOT.parent / "shared" / "inputs")
    if not folder.is_dir():
        pytest.skip(f"no real inputs at {folder}; set PES_INPUTS to the folder that has them")
    return folder


def slices(source: IndicatorSource) -> list[dict[str, str]]:
    return [codes for series in source.indicator.series for codes in series.slices().values()]


def dimensions(source: IndicatorSource) -> set[str]:
    """What a slice of the table must name: known, or read off the id of an ILOSTAT table."""
    dataset = source.indicator.dataset
    if source.indicator.provider == "worldbank":
        return {"indicator"}
    if source.indicator.provider == "ilostat":
        tokens = dataset.split("_")[2:-2]  # after subject and measure; before kind and frequency
        named = ["sex" if token == "SEX" else f"classif{tokens.index(token)}" for token in tokens]
        return set(named)
    return DIMENSIONS[dataset]


def test_the_registry_accepts_every_live_source() -> None:
    assert MISTAKES == []
    assert len(SOURCES) == len(DECLARED) == len(list(LIVE.rglob("*.yml"))) >= 30


def test_the_catalogue_holds_what_was_asked_for() -> None:
    asked = {
        "youth_unemployment_rate",
        "neet_rate_15_29",
        "neet_rate_15_24",
        "long_term_unemployment_rate",
        "disability_employment_gap",
        "migrant_employment_gap",
        "older_workers_employment_rate",
        "vacancy_rate",
        "lmp_expenditure",
        "lmp_participants",
        "self_employment_share",
        "informal_employment_rate",
        "digital_skills_basic_share",
        "telework_share",
        "adult_learning_rate",
        "gender_employment_gap",
        "old_age_dependency_ratio",
        "unemployment_rate",
        "labour_force_participation_rate",
    }
    assert asked <= set(CONCEPTS)


@pytest.mark.parametrize("concept_id", sorted(CONCEPTS))
def test_a_concept_is_fed_by_each_provider_that_it_prefers_and_by_no_other(concept_id: str) -> None:
    feeding: dict[str, set[str]] = defaultdict(set)
    for source in [*SOURCES, *BUNDLED]:
        for series in source.indicator.series:
            feeding[series.concept].add(source.indicator.provider)
    assert feeding[concept_id] == set(CONCEPTS[concept_id].prefer)


@pytest.mark.parametrize("concept_id", sorted(CONCEPTS))
def test_a_concept_is_labelled_in_three_languages_and_told_apart(concept_id: str) -> None:
    concept = CONCEPTS[concept_id]
    labels = concept.label.model_dump()
    assert set(labels) == {"fr", "en", "es"}
    assert len(set(labels.values())) == 3
    for lang, text in labels.items():
        others = [each.label.model_dump()[lang] for each in CONCEPTS.values()]
        assert others.count(text) == 1


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.id)
def test_a_slice_names_every_dimension_and_asks_for_codes_that_are_fetched(
    source: IndicatorSource,
) -> None:
    for codes in slices(source):
        assert set(codes) | {"freq"} == dimensions(source) | {"freq"}
        for dimension, code in codes.items():
            assert code in source.fetch.filter.get(dimension, [code])


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.id)
def test_what_is_fetched_is_of_the_tables_dimensions(source: IndicatorSource) -> None:
    assert set(source.fetch.filter) <= dimensions(source)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.id)
def test_a_difference_or_share_is_of_two_slices_alike_but_for_one_code(
    source: IndicatorSource,
) -> None:
    for series in source.indicator.series:
        other = series.minus or series.over
        if other:
            assert len(series.value.items() ^ other.items()) == 2


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.id)
def test_a_live_source_is_polite_and_says_whose_it_is(source: IndicatorSource) -> None:
    assert source.fetch.api == source.indicator.provider
    assert source.id.startswith(f"{source.indicator.provider}_")
    assert source.fetch.requests_per_minute
    if source.indicator.provider == "oecd":
        assert source.fetch.requests_per_minute <= 1
    licence = source.licence.partition(" (")[0]
    assert licence in source.attribution
    assert source.gate.min_rows >= 50


def test_modelled_is_what_is_modelled() -> None:
    is_modelled = {source.id for source in SOURCES if source.indicator.basis == "modelled"}
    estimates = {
        source.id
        for source in SOURCES
        if source.indicator.provider == "worldbank"
        or re.fullmatch(r"[A-Z]+_2.*", source.indicator.dataset)
    }
    assert is_modelled == estimates


def test_the_specimens_structure_knows_the_codes_of_the_oecd_slices(inputs: Path) -> None:
    data = inputs / "indicators" / "oecd" / "sdmx-csv-belgski" / "infra_annual_labour" / "data.csv"
    with data.open(encoding="utf-8", newline="") as file:
        printed = [
            {key.lower(): value for key, value in row.items()} for row in csv.DictReader(file)
        ]
    source = next(each for each in SOURCES if each.id == "oecd_lfs_indicators")
    for codes in slices(source):
        assert any(codes.items() <= row.items() for row in printed)


@pytest.mark.parametrize("table", ["neet", "tipsun20"])
def test_the_specimens_print_the_slices_of_their_concepts(inputs: Path, table: str) -> None:
    path, source_id = {
        "neet": ("ilostat/csv/SDG_0861_SEX_RT_A.csv", "ilostat_sdg_0861_sex_rt"),
        # tipsun20 prints the annual rates of une_rt_a, without the sexes
        "tipsun20": ("eurostat/sdmx-csv/estat_tipsun20_en.csv", "eurostat_une_rt_a"),
    }[table]
    with (inputs / "indicators" / path).open(encoding="utf-8-sig", newline="") as file:
        printed = list(csv.DictReader(file))
    source = next(each for each in SOURCES if each.id == source_id)
    for codes in slices(source):
        assert sum(codes.items() <= row.items() for row in printed) > 400


def test_the_page_says_what_the_yamls_say() -> None:
    page = PAGE.read_text(encoding="utf-8")
    tables = {"sources": source_table(SOURCES), "concepts": concept_table(CONCEPTS)}
    assert filled_in_page(page, tables) == page, (
        "run: pes sources table --out docs/indicator-sources.md"
    )


def test_the_page_names_no_source_that_is_gone() -> None:
    page = PAGE.read_text(encoding="utf-8")
    named = set(re.findall(r"^- `(\w+)`:", page, flags=re.MULTILINE))
    assert named
    assert named <= {source.id for source in SOURCES}


def test_a_page_without_marks_is_refused() -> None:
    with pytest.raises(WrongUse, match="'<!-- sources -->'"):
        filled_in_page("# Sources\n", {"sources": "| a |\n"})


def test_breaks_are_of_concepts_and_providers_of_the_catalogue() -> None:
    with (ROOT / "dbt_project/seeds/series_break.csv").open(encoding="utf-8") as file:
        breaks = list(csv.DictReader(file))
    assert len(breaks) > 20
    for row in breaks:
        assert row["provider"] in CONCEPTS[row["concept_id"]].prefer


def test_no_table_that_was_replaced_is_asked_for() -> None:
    with (ROOT / "dbt_project/seeds/series_succession.csv").open(encoding="utf-8") as file:
        replaced = {(row["old_provider"], row["old_dataset"]) for row in csv.DictReader(file)}
    asked = {(source.indicator.provider, source.indicator.dataset) for source in SOURCES}
    assert not replaced & asked


def test_concepts_of_the_catalogue_are_yaml_of_their_name() -> None:
    for path in (ROOT / "sources" / "concepts").glob("*.yml"):
        assert yaml.safe_load(path.read_text(encoding="utf-8"))["concept_id"] == path.stem
