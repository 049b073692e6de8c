"""Measures of fairness against figures worked by hand, published properties, and the plain definitions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.fairness import (
    gini,
    half_mean_difference,
    jain,
    leximin_compare,
    lorenz,
    lorenz_ordinate,
    mean,
    mean_minus_gini,
    ordered_mean,
    price_of_fairness,
    worst_sum,
)

scores = st.lists(st.floats(0, 100, allow_subnormal=False), min_size=1, max_size=12)
weighted = scores.flatmap(lambda y: st.tuples(st.just(y), st.lists(st.floats(0.01, 50), min_size=len(y), max_size=len(y))))


def test_gini_by_hand():
    # y = 1, 2, 3, 4: |differences| over all 16 pairs sum to 20, so Γ = ½ · 20 / 16 = .625, mean 2.5, G = .25.
    assert half_mean_difference([4, 1, 3, 2]) == pytest.approx(0.625)
    assert gini([4, 1, 3, 2]) == pytest.approx(0.25)


def test_persons_count_not_places():
    # A place of three persons counts like three places of one.
    assert gini([1, 5], [3, 1]) == pytest.approx(gini([1, 1, 1, 5]))


def test_one_holds_everything():
    assert gini([0, 0, 0, 8]) == pytest.approx(0.75)  # (n − 1) / n
    assert jain([0, 0, 0, 8]) == pytest.approx(0.25)  # 1 / n (Jain, Chiu, Hawe 1984)


def test_nobody_has_anything():
    assert gini([0, 0]) == 0
    assert jain([0, 0]) == 1


@given(scores)
def test_gini_by_ranks(y):
    """G = 2 Σ i y_(i) / (n Σ y) − (n + 1) / n."""
    n, ordered = len(y), np.sort(y)
    if ordered.sum() > 1e-6:
        expected = 2 * (np.arange(1, n + 1) @ ordered) / (n * ordered.sum()) - (n + 1) / n
        assert gini(y) == pytest.approx(expected, abs=1e-9)


@given(weighted)
def test_half_mean_difference_is_that_of_all_pairs(case):
    y, w = (np.array(part) for part in case)
    w = w / w.sum()
    pairs = 0.5 * (np.abs(y[:, None] - y[None, :]) * w[:, None] * w[None, :]).sum()
    assert half_mean_difference(y, w) == pytest.approx(pairs, abs=1e-7)


def test_lorenz_by_hand():
    # Persons 3, 1 with 1, 5: three quarters of the people have .75 of the mean 2; half of them .5.
    people, held = lorenz([5, 1], [1, 3])
    assert people.tolist() == [0, 0.75, 1]
    assert held.tolist() == [0, 0.75, 2]
    assert lorenz_ordinate([5, 1], 0.5, [1, 3]) == pytest.approx(0.5)


@given(weighted, st.floats(0, 1))
def test_a_lorenz_ordinate_is_the_optimum_of_its_linear_programme(case, share):
    """GL(β) = max over τ of βτ − Σ w (τ − y)⁺; a concave function of τ with its corners at the scores."""
    y, w = (np.array(part) for part in case)
    w = w / w.sum()
    best = max(share * tau - w @ np.maximum(tau - y, 0) for tau in y)
    assert lorenz_ordinate(y, share, w) == pytest.approx(best, abs=1e-7)


@given(weighted)
def test_mean_minus_gini_is_twice_the_area_under_the_lorenz_curve(case):
    """λ = 1 (Yitzhaki 1982)."""
    people, held = lorenz(*case)
    assert mean_minus_gini(case[0], 1.0, case[1]) == pytest.approx(2 * np.trapezoid(held, people), abs=1e-7)


@given(weighted, st.floats(0, 1), st.integers(0, 11), st.floats(0, 10))
def test_more_for_one_is_never_worse(case, share, who, more):
    y, w = case
    better = list(y)
    better[who % len(y)] += more
    assert mean_minus_gini(better, share, w) >= mean_minus_gini(y, share, w) - 1e-9


def test_a_lambda_above_one_would_level_down():
    with pytest.raises(ValueError, match="everybody less"):
        mean_minus_gini([1, 2], 1.1)


@given(scores, st.integers(1, 12))
def test_the_worst_are_the_optimum_of_their_linear_programme(y, count):
    """L_k = max kτ − Σ (τ − y)⁺ (Ogryczak and Śliwiński 2006)."""
    count = min(count, len(y))
    best = max(count * tau - np.maximum(tau - np.array(y), 0).sum() for tau in y)
    assert worst_sum(y, count) == pytest.approx(best, abs=1e-7)


@given(scores, st.lists(st.floats(0, 5), min_size=12, max_size=12))
def test_an_ordered_mean_is_made_of_the_sums_of_the_worst(y, drawn):
    """Σ (ω_k − ω_{k+1}) L_k."""
    omega = np.sort(drawn)[::-1][: len(y)]
    steps = omega - np.append(omega[1:], 0.0)
    parts = sum(step * worst_sum(y, k) for k, step in enumerate(steps, start=1))
    assert ordered_mean(y, omega) == pytest.approx(parts, abs=1e-7)


def test_weights_that_rise_are_refused():
    with pytest.raises(ValueError, match="rise"):
        ordered_mean([1, 2], [1, 2])


def test_leximin_looks_at_the_next_only_where_the_worst_off_are_level():
    assert leximin_compare([1, 9, 2], [2, 1, 8]) == 1
    assert leximin_compare([9, 9, 1], [2, 2, 2]) == -1
    assert leximin_compare([3, 1], [1, 3]) == 0


def test_mean_weighs():
    assert mean([1, 5], [3, 1]) == 2


@pytest.mark.parametrize(("y", "w"), [([], None), ([1, 2], [1]), ([1], [-1]), ([1, 2], [0, 0]), ([np.nan], None)])
def test_what_cannot_be_meant_is_refused(y, w):
    with pytest.raises(ValueError, match=r"must be|may not"):
        gini(y, w)


def test_price_of_fairness():
    assert price_of_fairness(200.0, 150.0) == pytest.approx(0.25)
    assert price_of_fairness(100.0, 130.0, lower_is_better=True) == pytest.approx(0.3)
    assert price_of_fairness(0.0, 3.0) is None
