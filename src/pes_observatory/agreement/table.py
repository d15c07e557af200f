"""The table behind ``meta.coding_agreement``: pairs of coders by question, language and level."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations
from typing import Any

import pyarrow as pa

from pes_observatory.agreement.coefficients import (
    FEWEST_UNITS,
    NOMINAL_METRICS,
    SET_METRICS,
    Array,
    estimates,
    resamples,
)
from pes_observatory.agreement.units import CodedUnit

ALL = "all"
LEVELS = ("theme", "subtheme")
PREFERENCE = ("human", "combined", "model", "rule")
LEARNING = ("combined", "model")
_TEXTS = ("survey_id", "codebook_version", "coder_a", "coder_type_a", "coder_b", "coder_type_b")
AGREEMENT = pa.schema(
    [(name, pa.string()) for name in (*_TEXTS, "question_id", "lang", "level", "metric")]
    + [(name, pa.float64()) for name in ("value", "ci_low", "ci_high")]
    + [(name, pa.int64()) for name in ("units", "units_agreed")]
    + [(name, pa.bool_()) for name in ("is_small", "is_decisive")]
)

Pair = tuple[CodedUnit, CodedUnit]


def agreement_rows(
    coded: Iterable[CodedUnit], *, may_have_learnt: Callable[[str], bool] = lambda _: False
) -> list[dict[str, Any]]:
    """One row per survey, pair of coders, scope, level and metric; see ``AGREEMENT``.

    Only units that both coded with the same codebook are compared; of passages of documents,
    which no person codes, nothing is said. A machine that learns from people is held against them
    on the answers alone that it ``may_have_learnt`` nothing from, told by their target_id.
    """
    by_survey: dict[tuple[str, str], dict[str, list[CodedUnit]]] = defaultdict(dict)
    for unit in coded:
        coders = by_survey[unit.survey_id, unit.codebook_version]
        coders.setdefault(unit.coder, []).append(unit)
    rows: list[dict[str, Any]] = []
    for (survey_id, version), coders in sorted(by_survey.items()):
        kind = {coder: units[0].coder_type for coder, units in coders.items()}
        machines = [PREFERENCE.index(each) for each in kind.values() if each != "human"]
        decisive = {"human", PREFERENCE[min(machines)] if machines else "human"}
        ordered = sorted(coders, key=lambda coder: (PREFERENCE.index(kind[coder]), coder))
        for a, b in combinations(ordered, 2):
            named = {"survey_id": survey_id, "codebook_version": version}
            named |= {"coder_a": a, "coder_type_a": kind[a], "coder_b": b, "coder_type_b": kind[b]}
            is_decisive = kind[a] == "human" and kind[b] in decisive
            units = coders[a]
            if kind[a] == "human" and kind[b] in LEARNING:
                units = [unit for unit in units if not may_have_learnt(unit.target_id)]
            rows += [
                {**named, **row, "is_decisive": is_decisive} for row in _of_pair(units, coders[b])
            ]
    return rows


def at_level(code: str, level: str) -> str:
    """A code as it counts at a level: MT1.1 is MT1 among themes, and itself among sub-themes."""
    return code.partition(".")[0] if level == "theme" else code


def _of_pair(a: list[CodedUnit], b: list[CodedUnit]) -> Iterator[dict[str, Any]]:
    by_key = {unit.key: unit for unit in b}
    scopes: dict[tuple[str, str], list[Pair]] = defaultdict(list)
    for unit in a:
        if other := by_key.get(unit.key):
            lang = unit.lang or "und"
            for question_id in (ALL, unit.question_id):
                scopes[question_id, ALL].append((unit, other))
                scopes[question_id, lang].append((unit, other))
    for (question_id, lang), pairs in sorted(scopes.items()):
        draws = resamples(len(pairs), seed=zlib.crc32(f"{question_id}/{lang}".encode()))
        for level in LEVELS:
            scope = {"question_id": question_id, "lang": lang, "level": level}
            yield from ({**scope, **row} for row in _of_level(pairs, level, draws))


def _of_level(pairs: list[Pair], level: str, draws: Array) -> Iterator[dict[str, Any]]:
    primaries = [(at_level(a.primary, level), at_level(b.primary, level)) for a, b in pairs]
    sets = [(_set(a, level), _set(b, level)) for a, b in pairs]
    found = estimates(NOMINAL_METRICS, primaries, draws) | estimates(SET_METRICS, sets, draws)
    for metric, estimate in found.items():
        yield {
            "metric": metric,
            "value": estimate.value,
            "ci_low": estimate.low,
            "ci_high": estimate.high,
            "units": len(pairs),
            "units_agreed": sum(one == other for one, other in primaries),
            "is_small": len(pairs) < FEWEST_UNITS,
        }


def _set(unit: CodedUnit, level: str) -> frozenset[str]:
    return frozenset(at_level(code, level) for code in unit.codes)
