"""Beginning a source: a YAML with every key that its kind needs, for a person to fill in."""

from __future__ import annotations

import re
from pathlib import Path

from pes_observatory.errors import WrongUse

_COMMON = """\
id: {source_id}
kind: {kind}
title: "what it is, as a reader would call it"
publisher: "who publishes it"
licence: "for example CC-BY-4.0"
attribution: "the words that the licence asks for"
owner: "the team that answers for it"
expected_every_days: 365
"""
_OF_KIND = {
    "survey": """\
format: limesurvey_csv
fetch: {{url: "file:{source_id}/results-survey-*.csv"}}
read: {{encoding: utf-8-sig, delimiter: ";"}}
survey:
  survey_id: {source_id}
  wave_from_name: 'results-survey-(\\d{{4}})'
  column_map: {source_id}/columns.csv
  ignored: [lastpage, seed]
  personal: [ipaddr]
  publish_verbatims: none
""",
    "document": """\
format: pdf
fetch: {{url: "file:{source_id}/*.pdf"}}
document:
  network: wapes
  items:
    - {{file: "name.pdf", document_id: "short-name-2024", title: "", lang: en}}
  # or, instead of items, whatever lies in the folder (listing and feed: docs/add-a-source.md)
  # collection: {{folder: true, lang: en}}
""",
    "indicator": """\
format: sdmx_csv
fetch:
  url: "https://ec.europa.eu/eurostat/api/dissemination/sdmx/2.1/data/CODE?format=SDMX-CSV"
  hosts: [ec.europa.eu]
indicator:
  provider: eurostat
  dataset: ""
  area_scheme: eurostat
  basis: reported
  series:
    - concept: youth_unemployment_rate
      value: {{sex: T, age: Y15-24, unit: PC_ACT}}
""",
    "coding": """\
format: coding_csv
fetch: {{url: "file:{source_id}/codings.csv"}}
coding: {{coder: "person-a", codebook_version: "2022.1", survey_id: ""}}
""",
}


def draft_source(folder: Path, kind: str, source_id: str) -> Path:
    """Write ``<folder>/<kind>s/<source_id>.yml`` and return its path.

    Raises:
        WrongUse: no such kind, a bad id, or the file is there already.
    """
    path = checked_id(folder, kind, source_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text((_COMMON + _OF_KIND[kind]).format(source_id=source_id, kind=kind))
    return path


def checked_id(folder: Path, kind: str, source_id: str) -> Path:
    """Where the YAML of a new source goes: nothing is there yet.

    Raises:
        WrongUse: no such kind, a bad id, or the file is there already.
    """
    if kind not in _OF_KIND:
        raise WrongUse(f"There is no kind {kind!r}; kinds: {', '.join(_OF_KIND)}.")
    if not re.fullmatch(r"[a-z][a-z0-9_]{2,62}", source_id):
        raise WrongUse(
            f"{source_id!r} is no id; use 3 to 63 lower case letters, digits and underscores, a "
            "letter first."
        )
    path = folder / f"{kind}s" / f"{source_id}.yml"
    if path.exists():
        raise WrongUse(f"{path} is there already; choose another id or edit it.")
    return path
