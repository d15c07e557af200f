"""Agreement of two coders on the same units: alpha, kappa, and intervals by resampling.

Krippendorff's alpha (nominal, and over sets of codes by the MASI distance) and Cohen's kappa come
from their libraries. Resampling 1000 times needs them 1000 times: for two coders and no gaps both
have a short closed form over the counts of each pair of values, worked out here for all resamples
at once. K. Krippendorff, Content Analysis, 4th ed., 2018, ch. 12; R. Passonneau, MASI, LREC 2006.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Codes = frozenset[str]
Array = NDArray[Any]

NOMINAL_METRICS = ("krippendorff_alpha", "cohen_kappa")
SET_METRICS = ("krippendorff_alpha_masi",)
RESAMPLES = 1000
FEWEST_UNITS = 10
_INTERVAL = (2.5, 97.5)
_MOST_CELLS = 3_000_000


@dataclass(frozen=True)
class Estimate:
    """A coefficient with its 95 % interval; None where the units do not tell."""

    value: float | None
    low: float | None
    high: float | None


def estimates(
    metrics: Sequence[str], pairs: Sequence[tuple[Any, Any]], draws: Array
) -> dict[str, Estimate]:
    """Some of ``NOMINAL_METRICS``, or ``SET_METRICS``, for what two coders gave to the same units.

    ``pairs`` holds a pair of values per unit: codes, or sets of codes for MASI. ``draws`` counts
    how often each unit (row) is in each resample (column).
    """
    values = sorted({value for pair in pairs for value in pair}, key=_in_order)
    if len(values) < 2:
        return dict.fromkeys(metrics, Estimate(None, None, None))
    place = {value: number for number, value in enumerate(values)}
    a, b = (np.array([place[pair[side]] for pair in pairs]) for side in (0, 1))
    is_nominal = not isinstance(values[0], frozenset)
    distance = 1 - np.eye(len(values)) if is_nominal else masi_distances(values)
    whole = closed_forms(metrics, a, b, distance, np.ones((len(pairs), 1)))
    resampled = closed_forms(metrics, a, b, distance, draws) if len(pairs) >= FEWEST_UNITS else {}
    found = {}
    for metric in metrics:
        value = float(whole[metric][0])
        if metric == "cohen_kappa":
            value = _kappa_of_library(a, b)
        elif len(pairs) * len(values) ** 2 <= _MOST_CELLS:  # the library holds all of them at once
            value = float(_alpha_of_library(a, b, distance))
        found[metric] = _with_interval(value, resampled.get(metric))
    return found


def resamples(units: int, seed: int) -> Array:
    """How often each of ``units`` (rows) is in each of ``RESAMPLES`` bootstrap samples; seeded."""
    drawn = np.random.default_rng(seed).multinomial(units, np.full(units, 1 / units), RESAMPLES)
    return np.ascontiguousarray(drawn.T, dtype=np.int32)


def masi_distances(sets: Sequence[Codes]) -> Array:
    """How far each set of codes is from each other one, 0 to 1.

    1 minus Jaccard's index times how alike the two are: equal 1, one within the other 2/3,
    crossing 1/3.
    """
    codes = sorted(frozenset().union(*sets))
    holds = np.array([[code in each for code in codes] for each in sets], dtype=float)
    shared, size = holds @ holds.T, holds.sum(axis=1)
    either = size[:, None] + size[None, :] - shared
    smaller = np.minimum(size[:, None], size[None, :])
    alike = np.where(shared == either, 1.0, np.where(shared == smaller, 2 / 3, 1 / 3))
    return np.asarray(1 - shared / either * alike)


def _in_order(value: Any) -> Any:
    return sorted(value) if isinstance(value, frozenset) else value


def _kappa_of_library(a: Array, b: Array) -> float:
    from sklearn.metrics import cohen_kappa_score  # takes a second, which few commands need

    return float(cohen_kappa_score(a, b))


def _alpha_of_library(a: Array, b: Array, distance: Array) -> float:
    import krippendorff

    def by_place(*_values: Array, i1: Array, i2: Array, **_more: Any) -> Array:
        return np.asarray(distance[i1, i2])

    return krippendorff.alpha(
        reliability_data=np.vstack([a, b]).astype(float),
        value_domain=np.arange(len(distance)),
        level_of_measurement=by_place,  # type: ignore[arg-type]  # called by these names
    )


def closed_forms(
    metrics: Sequence[str], a: Array, b: Array, distance: Array, draws: Array
) -> dict[str, Array]:
    """The coefficients of each resample; NaN where chance alone would agree.

    ``a`` and ``b`` number the coders' values, ``distance`` is between any two of these.
    """
    pairs, pair_of = np.unique(np.column_stack([a, b]), axis=0, return_inverse=True)
    counts = _summed(draws, pair_of.ravel(), len(pairs))
    units = draws.sum(axis=0)
    by_a = _summed(counts, pairs[:, 0], len(distance))
    by_b = _summed(counts, pairs[:, 1], len(distance))
    observed = distance[pairs[:, 0], pairs[:, 1]] @ counts / units
    found = {}
    for metric in metrics:
        if metric == "cohen_kappa":
            expected = 1 - (by_a * by_b).sum(axis=0) / units**2
        else:
            either = by_a + by_b
            expected = ((distance @ either) * either).sum(axis=0) / (2 * units * (2 * units - 1))
        with np.errstate(divide="ignore", invalid="ignore"):
            found[metric] = np.where(expected > 0, 1 - observed / expected, np.nan)
    return found


def _with_interval(value: float, resampled: Array | None) -> Estimate:
    if not np.isfinite(value):
        return Estimate(None, None, None)
    if resampled is None:
        return Estimate(round(value, 6), None, None)
    low, high = np.percentile(resampled[np.isfinite(resampled)], _INTERVAL)
    return Estimate(round(value, 6), round(float(low), 6), round(float(high), 6))


def _summed(counts: Array, group_of: Array, groups: int) -> Array:
    """Rows of ``counts`` added up by group, as floats."""
    order = np.argsort(group_of, kind="stable")
    present, starts = np.unique(group_of[order], return_index=True)
    result = np.zeros((groups, counts.shape[1]))
    result[present] = np.add.reduceat(counts[order], starts, axis=0)
    return result
