"""Which country a sentence is about: the one named last before a place, else first after it."""

from __future__ import annotations

import csv
import re
from functools import cache

from pes_observatory.read.text import folded
from pes_observatory.settings import project_root

_SEED = ("dbt_project", "seeds", "country.csv")
_WORD = re.compile(r"\w+")


def country_named(text: str, lang: str, *, before: int, until: int) -> str | None:
    """The code of the country named last before ``before``, else first from there ``until``."""
    for part, is_last in ((text[:before], True), (text[before:until], False)):
        found = list(_pattern(lang).finditer(folded(part)))
        if found:
            return _codes(lang)[found[-1 if is_last else 0][0]]
    return None


@cache
def _pattern(lang: str) -> re.Pattern[str]:
    names = sorted(_codes(lang), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b")


@cache
def _codes(lang: str) -> dict[str, str]:
    with project_root().joinpath(*_SEED).open(encoding="utf-8", newline="") as stream:
        return {folded(row[f"name_{lang}"]): row["country_iso3"] for row in csv.DictReader(stream)}
