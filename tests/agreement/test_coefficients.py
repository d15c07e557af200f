"""Alpha and kappa against examples worked out in the literature and by hand."""

from __future__ import annotations

import krippendorff
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from pes_observatory.agreement.coefficients import (
    FEWEST_UNITS,
    NOMINAL_METRICS,
    RESAMPLES,
    Estimate,
    closed_forms,
    estimates,
    masi_distances,
    resamples,
)


def estimate(metric: str, pairs: list, seed: int) -> Estimate:
    return estimates([metric], pairs, resamples(len(pairs), seed))[metric]


def value(metric: str, pairs: list) -> float | None:
    return estimate(metric, pairs, seed=1).value


def test_alpha_of_krippendorffs_example_of_two_coders_and_nominal_codes():
    """Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), section B: 12 articles.

    Coder Meg: a a b b d c c c e d d a; Owen: b a b b b c c c e d d d.
    Nine of twelve match; values a..e are used 4, 6, 6, 6 and 2 times, 24 in all.
    D_o = 3/12; D_e = 1 - (4*3 + 6*5 + 6*5 + 6*5 + 2*1) / (24*23) = 1 - 104/552.
    """
    pairs = list(zip("aabbdcccedda", "babbbcccedd" + "d", strict=True))
    assert value("krippendorff_alpha", pairs) == pytest.approx(1 - 0.25 / (1 - 104 / 552), abs=1e-6)
    assert round(value("krippendorff_alpha", pairs), 3) == 0.692


def test_alpha_of_his_binary_example():
    """The same paper, section A: ten articles, four of which the coders see differently.

    Meg 0 1 0 0 0 0 0 0 1 0, Owen 1 1 1 0 0 1 0 0 0 0: 14 zeros and 6 ones among 20 values.
    D_o = 4/10; D_e = 2 * 14 * 6 / (20 * 19).
    """
    pairs = list(zip("0100000010", "1110010000", strict=True))
    assert value("krippendorff_alpha", pairs) == pytest.approx(1 - 0.4 / (168 / 380), abs=1e-6)
    assert round(value("krippendorff_alpha", pairs), 3) == 0.095


def test_kappa_worked_by_hand():
    """50 units: both yes 20, both no 15, first yes 5 more, second yes 10 more.

    p_o = 35/50 = .7; p_e = .5 * .6 + .5 * .4 = .5; kappa = .2 / .5 = .4.
    """
    pairs = [("y", "y")] * 20 + [("n", "n")] * 15 + [("y", "n")] * 5 + [("n", "y")] * 10
    assert value("cohen_kappa", pairs) == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ({"MT1"}, {"MT1"}, 0),
        ({"MT1"}, {"OS1"}, 1),
        ({"MT1"}, {"MT1", "OS1"}, 1 - 1 / 2 * 2 / 3),
        ({"MT1", "OS1"}, {"MT1", "PU1"}, 1 - 1 / 3 * 1 / 3),
    ],
)
def test_masi_knows_equal_nested_crossing_and_strange_sets(one, other, distance):
    found = masi_distances([frozenset(one), frozenset(other)])
    assert found.ravel() == pytest.approx([0, distance, distance, 0])


def test_alpha_over_sets_worked_by_hand():
    """Three units: {A} {A}; {B} {B}; {A} {A,B}.

    D_o = (0 + 0 + 2/3) / 3 = 2/9. Values: {A} 3 times, {B} 2, {A,B} 1; pairs of different values
    A-B 3*2 at 1, A-AB 3*1 at 2/3, B-AB 2*1 at 2/3: twice (6 + 2 + 4/3) of 6*5 = 28/45.
    alpha = 1 - (2/9) / (28/45) = 1 - 10/28.
    """
    a, b, ab = frozenset("A"), frozenset("B"), frozenset("AB")
    found = value("krippendorff_alpha_masi", [(a, a), (b, b), (a, ab)])
    assert found == pytest.approx(1 - 10 / 28, abs=1e-6)


def test_where_all_codes_are_the_same_nothing_can_be_told():
    assert estimate("krippendorff_alpha", [("A", "A")] * 20, seed=1).value is None


def test_few_units_have_a_value_but_no_interval():
    pairs = [("A", "A"), ("B", "A")] * 4
    found = estimate("cohen_kappa", pairs, seed=1)
    assert len(pairs) < FEWEST_UNITS
    assert found.value is not None
    assert (found.low, found.high) == (None, None)


def test_the_interval_is_the_same_each_time_and_holds_the_value():
    pairs = [("A", "A")] * 20 + [("B", "B")] * 20 + [("A", "B")] * 5
    first = estimate("krippendorff_alpha", pairs, seed=7)
    assert first == estimate("krippendorff_alpha", pairs, seed=7)
    assert first.low < first.value < first.high <= 1
    assert first.high - first.low > 0.2  # n = 45: wide, as it should be


def test_every_resample_has_as_many_units_as_there_are():
    draws = resamples(13, seed=3)
    assert draws.shape == (13, RESAMPLES)
    assert set(draws.sum(axis=0)) == {13}


PAIRS = st.lists(st.tuples(st.sampled_from("ABCD"), st.sampled_from("ABCD")), min_size=2)


@given(PAIRS.filter(lambda pairs: len({value for pair in pairs for value in pair}) > 1))
def test_the_closed_forms_are_what_the_libraries_say(pairs):
    values = sorted({value for pair in pairs for value in pair})
    a, b = (np.array([values.index(pair[side]) for pair in pairs]) for side in (0, 1))
    nominal, once = 1 - np.eye(len(values)), np.ones((len(pairs), 1))
    alpha = krippendorff.alpha(np.vstack([a, b]).astype(float), level_of_measurement="nominal")
    found = closed_forms(NOMINAL_METRICS, a, b, nominal, once)
    assert found["krippendorff_alpha"][0] == pytest.approx(alpha)
    kappa = cohen_kappa_score(a, b)
    assert found["cohen_kappa"][0] == pytest.approx(kappa, nan_ok=True)


@given(PAIRS.filter(lambda pairs: len(pairs) >= FEWEST_UNITS), st.integers(0, 99))
def test_a_resample_counts_units_as_if_they_were_listed_so_often(pairs, which):
    values = list("ABCD")
    a, b = (np.array([values.index(pair[side]) for pair in pairs]) for side in (0, 1))
    draws = resamples(len(pairs), seed=5)[:, which : which + 1]
    distance = masi_distances([frozenset(each) for each in values])
    listed_a, listed_b = np.repeat(a, draws[:, 0]), np.repeat(b, draws[:, 0])
    alpha, once = "krippendorff_alpha", np.ones((len(pairs), 1))
    listed = closed_forms([alpha], listed_a, listed_b, distance, once)[alpha]
    counted = closed_forms([alpha], a, b, distance, draws)[alpha]
    assert counted[0] == pytest.approx(listed[0], nan_ok=True)
