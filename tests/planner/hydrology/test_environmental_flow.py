"""Rivers keep what the published methods ask for."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from planner.hydrology.environmental_flow import q90_q50, tennant, tessmann, variable_monthly_flow

WORKED_EXAMPLE = np.array([100, 60, 40, 30, 50, 200, 500, 800, 700, 400, 200, 120], dtype=float)

monthly_flows = arrays(np.float64, 12, elements=st.floats(0, 1e6).map(lambda flow: round(flow, 3)))


def test_variable_monthly_flow_keeps_the_annual_share_of_the_worked_example() -> None:
    kept = variable_monthly_flow(WORKED_EXAMPLE)
    assert kept.sum() / WORKED_EXAMPLE.sum() == pytest.approx(0.350625, abs=1e-9)


def test_tessmann_keeps_the_annual_share_of_the_worked_example() -> None:
    assert tessmann(WORKED_EXAMPLE).sum() / WORKED_EXAMPLE.sum() == pytest.approx(0.4875, abs=1e-9)


def test_low_months_keep_more_of_their_flow_than_high_months() -> None:
    share = variable_monthly_flow(WORKED_EXAMPLE) / WORKED_EXAMPLE
    assert share[3] == pytest.approx(0.6)
    assert share[7] == pytest.approx(0.3)


def test_tessmann_leaves_a_low_month_untouched() -> None:
    assert tessmann(WORKED_EXAMPLE)[3] == 30


@given(monthly_flows)
def test_no_method_from_monthly_means_asks_for_more_than_the_month_brings(flow: np.ndarray) -> None:
    for method in (variable_monthly_flow, tessmann):
        assert (method(flow) <= flow * (1 + 1e-12) + 1e-9).all()


@given(monthly_flows, st.integers(-3, 8))
def test_a_river_twice_as_large_keeps_twice_as_much(flow: np.ndarray, doublings: int) -> None:
    times = 2.0**doublings
    for method in (variable_monthly_flow, tessmann, tennant):
        assert (method(flow * times) == times * method(flow)).all()


def test_reaches_are_worked_out_side_by_side() -> None:
    both = np.stack([WORKED_EXAMPLE, 2 * WORKED_EXAMPLE], axis=1)
    kept = variable_monthly_flow(both)
    assert kept.shape == (12, 2)
    assert kept[:, 1] == pytest.approx(2 * kept[:, 0])


def test_q90_q50_keeps_the_dry_tenth_in_low_months_and_the_median_in_high_ones() -> None:
    wobble = np.array([0.8, 0.9, 1.0, 1.1, 1.2])
    series = wobble[:, None] * WORKED_EXAMPLE
    kept = q90_q50(series)
    every_month = np.sort(series.ravel())
    assert kept[3] == pytest.approx(np.quantile(every_month, 0.1))
    assert kept[7] == pytest.approx(np.median(every_month))


def test_tennant_keeps_more_for_a_better_river() -> None:
    sums = [tennant(WORKED_EXAMPLE, condition).sum() for condition in ("poor", "fair", "good", "excellent")]
    assert sums == sorted(sums)
    assert tennant(WORKED_EXAMPLE, "poor") == pytest.approx(0.1 * WORKED_EXAMPLE.mean())


def test_eleven_months_are_refused() -> None:
    with pytest.raises(ValueError, match="12 months"):
        variable_monthly_flow(WORKED_EXAMPLE[:11])
    with pytest.raises(ValueError, match="12 months"):
        q90_q50(WORKED_EXAMPLE)
