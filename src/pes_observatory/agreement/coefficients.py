"""Agreement of two coders on the same units: alpha, kappa, and intervals by resampling.

Krippendorff's alpha (nominal, and over sets of codes by the MASI distance) and Cohen's kappa come
from their libraries. Resampling 1000 times needs them 1000 times: for two coders and no gaps both
have a short closed form over the counts of each pair of values, worked out here for all resamples
at once. K. Krippendorff, Content Analysis, 4th ed., 2018, ch. 12; R. Passonneau, MASI, LREC 2006.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import krippendorff
import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import cohen_kappa_score

Codes = frozenset[str]
Array = NDArray[Any]

METRICS = ("krippendorff_alpha", "cohen_kappa", "krippendorff_alpha_masi")
RESAMPLES = 1000
FEWEST_UNITS = 10
_INTERVAL = (2.5, 97.5)
_MOST_CELLS = 10_000_000


@dataclass(frozen=True)
class Estimate:
    """A coefficient with its 95 % interval; None where the units do not tell."""

    value: float | None
    low: float | None
    high: float | None


def estimate(metric: str, pairs: Sequence[tuple[Any, Any]], draws: Array) -> Estimate:
    """One of ``METRICS`` for the values that two coders gave to the same units.

    ``pairs`` holds a pair of values per unit: codes, or sets of codes for MASI. ``draws`` counts
    how often each unit is in each resample (one row per resample, one column per unit).
    """
    values = sorted({value for pair in pairs for value in pair}, key=_in_order)
    if len(values) < 2:
        return Estimate(None, None, None)
    place = {value: number for number, value in enumerate(values)}
    a, b = (np.array([place[pair[side]] for pair in pairs]) for side in (0, 1))
    distance = _masi(values) if metric == "krippendorff_alpha_masi" else 1 - np.eye(len(values))
    once = np.ones((1, len(pairs)))
    value = float(_closed(metric, a, b, distance, once)[0])
    if metric == "cohen_kappa":
        value = float(cohen_kappa_score(a, b))
    elif len(pairs) * len(values) ** 2 <= _MOST_CELLS:  # the library holds all of them at once
        value = float(_alpha_of_library(a, b, distance))
    if not np.isfinite(value):
        return Estimate(None, None, None)
    if len(pairs) < FEWEST_UNITS:
        return Estimate(round(value, 6), None, None)
    resampled = _closed(metric, a, b, distance, draws)
    low, high = np.percentile(resampled[np.isfinite(resampled)], _INTERVAL)
    return Estimate(round(value, 6), round(float(low), 6), round(float(high), 6))


def resamples(units: int, seed: int) -> Array:
    """How often each of ``units`` is in each of ``RESAMPLES`` bootstrap samples; seeded."""
    generator = np.random.default_rng(seed)
    return generator.multinomial(units, np.full(units, 1 / units), size=RESAMPLES)


def masi_distance(one: Codes, other: Codes) -> float:
    """1 minus Jaccard's index times how alike the sets are: equal 1, within 2/3, crossing 1/3."""
    shared, either = len(one & other), len(one | other)
    if not shared:
        return 1.0
    alike = 1.0 if one == other else 2 / 3 if one <= other or other <= one else 1 / 3
    return 1 - shared / either * alike


def _masi(values: Sequence[Codes]) -> Array:
    return np.array([[masi_distance(one, other) for other in values] for one in values])


def _in_order(value: Any) -> Any:
    return sorted(value) if isinstance(value, frozenset) else value


def _alpha_of_library(a: Array, b: Array, distance: Array) -> float:
    def by_place(*_values: Array, i1: Array, i2: Array, **_more: Any) -> Array:
        return np.asarray(distance[i1, i2])

    return krippendorff.alpha(
        reliability_data=np.vstack([a, b]).astype(float),
        value_domain=np.arange(len(distance)),
        level_of_measurement=by_place,  # type: ignore[arg-type]  # called by these names
    )


def _closed(metric: str, a: Array, b: Array, distance: Array, draws: Array) -> Array:
    """The coefficient of each resample; NaN where chance alone would agree."""
    cells, cell_of = np.unique(np.column_stack([a, b]), axis=0, return_inverse=True)
    counts = _summed(draws, cell_of.ravel(), len(cells))
    units = counts.sum(axis=1)
    by_a = _summed(counts, cells[:, 0], len(distance))
    by_b = _summed(counts, cells[:, 1], len(distance))
    observed = counts @ distance[cells[:, 0], cells[:, 1]] / units
    if metric == "cohen_kappa":
        expected = 1 - (by_a * by_b).sum(axis=1) / units**2
    else:
        either = by_a + by_b
        pairs = 2 * units * (2 * units - 1)
        expected = ((either @ distance) * either).sum(axis=1) / pairs
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(expected > 0, 1 - observed / expected, np.nan)


def _summed(counts: Array, group_of: Array, groups: int) -> Array:
    """Columns of ``counts`` added up by group, as floats."""
    order = np.argsort(group_of, kind="stable")
    sorted_groups = group_of[order]
    result = np.zeros((counts.shape[0], groups))
    bounds = [*np.flatnonzero(np.diff(sorted_groups, prepend=-1)), len(order)]
    for start, end in pairwise(bounds):
        result[:, sorted_groups[start]] = counts[:, order[start:end]].sum(axis=1)
    return result
