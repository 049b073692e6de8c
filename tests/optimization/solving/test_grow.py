"""What a choice lacks is asked for by its relaxation's prices, and little else is let in."""

import time

import numpy as np
import pytest

from optimization.solving.engine import solve_linear
from optimization.solving.limits import Limits
from optimization.solving.problem import BoolArray
from optimization.solving.steps_choice import choose_among
from optimization.solving.steps_grow import NEAR_ENOUGH, grow
from optimization.solving.steps_search import Search
from tests.optimization.solving.solving_problems import facility_location


def begun(seed: int, seconds: float = 60.0) -> tuple[Search, BoolArray, float]:
    """A search whose plan leaves all villages out, what that plan builds (nothing), and the relaxation's optimum."""
    problem = facility_location(30, 12, seed)
    search = Search(problem, Limits(time_seconds=seconds), time.monotonic(), lambda _: None)
    nothing = np.zeros(problem.column_count, dtype=np.bool_)
    nobody = np.zeros(problem.column_count)
    nobody[-30:] = 1.0
    assert search.offer(nobody)
    return search, nothing, solve_linear(problem, search.lower, search.upper, search.effort(20)).objective


def least(search: Search, used: BoolArray) -> float:
    """The relaxation's optimum where nothing else may be built."""
    upper = np.where(search.problem.integer & ~used, search.lower, search.upper)
    return solve_linear(search.problem, search.lower, upper, search.effort(20)).objective


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_is_let_in_brings_the_relaxation_and_then_the_choice_near_the_bound(seed: int) -> None:
    search, nothing, bound = begun(seed)
    before = search.best_objective
    assert least(search, nothing) > 1.5 * bound
    used = grow(search, nothing, bound)
    assert least(search, used) <= (1 + NEAR_ENOUGH) * bound
    assert 0 < used.sum() < 0.9 * search.problem.integer.sum()
    choose_among(search, used)
    assert search.best_objective < 0.8 * before
    assert search.reproducible


def test_what_is_near_already_stays_as_it_is() -> None:
    search, _, bound = begun(1)
    relaxed = solve_linear(search.problem, search.lower, search.upper, search.effort(20))
    enough = relaxed.values > 0
    assert (grow(search, enough, bound) == enough).all()


def test_what_the_clock_cut_short_is_told() -> None:
    search, nothing, bound = begun(1, seconds=1e-4)
    grow(search, nothing, bound)
    assert not search.reproducible
