"""What is renewed when, and what is left at the end."""

import dataclasses

import numpy as np
import pytest

from planner.plan.audit.horizon import Horizon
from planner.plan.audit.renewals import payments, residual_share
from tests.planner.plan.tutorial_on_tables import tutorial


@pytest.fixture
def horizon() -> Horizon:
    """2027–2031, 2032–2036, 2037–2046: the end is 2047."""
    tables = dict(tutorial().tables)
    tables["stages"] = tables["stages"].head(0).reindex(range(3))
    tables["stages"] = tables["stages"].assign(stage=["a", "b", "c"], title="", first_year=[2027, 2032, 2037], years=[5, 5, 10])
    return Horizon.of(dataclasses.replace(tutorial(), tables=tables))


def test_a_pipe_that_outlives_the_horizon_is_paid_once(horizon: Horizon) -> None:
    assert payments(np.array([40]), horizon)[0].tolist() == [[1, 0, 0], [0, 1, 0], [0, 0, 1]]


def test_a_filter_is_renewed_in_the_stage_in_which_its_life_ends(horizon: Horizon) -> None:
    # From 2027: 2030, 2033, 2036, 2039, 2042, 2045. From 2037: 2040, 2043, 2046.
    paid = payments(np.array([3]), horizon)[0]
    assert paid[0].tolist() == [2, 2, 3]
    assert paid[2].tolist() == [0, 0, 4]


def test_nothing_is_renewed_at_the_end_itself(horizon: Horizon) -> None:
    assert payments(np.array([20]), horizon)[0, 0].tolist() == [1, 0, 0]
    assert residual_share(np.array([20]), horizon)[0, 0] == 0


def test_the_residual_is_what_the_last_installation_has_left(horizon: Horizon) -> None:
    # Life 12 from 2032: renewed in 2044, three of twelve years used.
    assert residual_share(np.array([12]), horizon)[0, 1] == pytest.approx(9 / 12)


def test_a_dollar_a_year_is_worth_the_sum_of_its_years(horizon: Horizon) -> None:
    years = np.arange(2032, 2037) - horizon.base_year
    assert horizon.yearly_dollar[1] == pytest.approx((1.25**-years).sum())
