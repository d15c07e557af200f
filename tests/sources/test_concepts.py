"""The catalogue: what a concept may say, and what becomes of sources whose concept is broken."""

from __future__ import annotations

import pytest
from support import examples
from support.sources import SourceFolder

from pes_observatory.settings import Home, project_root
from pes_observatory.sources.concepts import find_catalogue
from pes_observatory.warehouse.inputs import collect

GOOD = """\
concept_id: youth_unemployment_rate
label: {fr: Chômage des jeunes, en: Youth unemployment, es: Paro juvenil}
unit: "% of labour force"
age_base: "15-24"
definition: Who seeks work.
comparability: Surveys differ.
themes: [PU1]
prefer: [eurostat, worldbank]
"""
NAME = "concepts/youth_unemployment_rate.yml"

# fmt: off
MISTAKES = [
    ("themes: [PU1]", "themes: [PU1, PU99]", "key 'themes': 'PU99' is no theme or sub-theme"),
    ("themes: [PU1]", "themes: [PU]", "key 'themes': 'PU' is no theme or sub-theme"),
    ("themes: [PU1]", "themes: [PU1, PU1]", ":7: key 'themes': expected each name once"),
    ("[eurostat, worldbank]", "[eurostat, gallup]", ":8: key 'prefer.1': "),
    ("[eurostat, worldbank]", "[]", ":8: key 'prefer': "),
    ("unit: ", "units: ", ":3: key 'units': is not known"),
    (", es: Paro juvenil", "", ":2: key 'label.es': is missing; add it"),
    ('age_base: "15-24"', 'age_base: "15-24"\nage_base: "15+"', ":5: key 'age_base': is writ"),
    ("concept_id: youth", "concept_id: young", ":1: key 'concept_id': expected 'youth_unemp"),
]
# fmt: on


@pytest.mark.parametrize(("wanted", "instead", "says"), MISTAKES)
def test_a_mistake_in_a_concept_is_one_sentence(
    sources: SourceFolder, wanted: str, instead: str, says: str
) -> None:
    path = sources.put(NAME, GOOD.replace(wanted, instead))
    sentence = next(str(m) for m in sources.mistakes() if says in m)
    assert sentence.startswith(f"{path}:")
    assert sentence.endswith(".")


def test_every_concept_that_we_ship_is_valid() -> None:
    catalogue = find_catalogue(project_root() / "sources")
    assert catalogue.mistakes == {}
    assert "youth_unemployment_rate" in catalogue.concepts


def test_a_folder_without_a_catalogue_uses_the_projects(sources: SourceFolder) -> None:
    assert find_catalogue(sources.root).folder == project_root() / "sources/concepts"
    sources.put(NAME, GOOD)
    assert list(find_catalogue(sources.root).concepts) == ["youth_unemployment_rate"]


def test_a_source_whose_concept_is_broken_says_so(sources: SourceFolder) -> None:
    sources.write(*examples.rates())
    sources.put(NAME, GOOD.replace("unit: ", "units: "))
    assert sources.all() == []
    of_source = [str(m) for m in sources.mistakes() if m.source_id == "rates"]
    assert len(of_source) == 1
    assert "'youth_unemployment_rate' has a mistake of its own" in of_source[0]


def test_a_changed_concept_changes_the_fingerprint_and_a_broken_one_does_not(
    home: Home, sources: SourceFolder
) -> None:
    sources.write(*examples.rates())
    sources.put(NAME, GOOD)
    first = collect(home, sources.all())
    sources.put(NAME, GOOD.replace("Surveys differ", "Surveys differ much"))
    second = collect(home, sources.all())
    assert first.fingerprint != second.fingerprint
    sources.put(NAME, GOOD.replace("unit: ", "units: "))
    broken = collect(home, sources.all())
    assert broken.concepts == second.concepts
    assert [declared.id for declared in broken.sources] == ["rates"]
    (sources.root / NAME).unlink()
    assert collect(home, sources.all()).concepts == {}
