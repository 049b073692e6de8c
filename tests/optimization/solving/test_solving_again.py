"""What becomes of an earlier plan: it holds, it is mended, or it is lost."""

import time
from dataclasses import replace

import numpy as np
import pytest

from optimization.solving.engine import solve_linear
from optimization.solving.limits import Limits
from optimization.solving.problem import Earlier
from optimization.solving.session import solve
from optimization.solving.steps_search import Search
from optimization.solving.steps_start import go_on, take_earlier
from tests.optimization.solving.solving_problems import facility_location

PROBLEM = facility_location(20, 6, seed=2, must_serve=True)
BEST = solve(PROBLEM, Limits(time_seconds=30, relative_gap=0.0))


def again(upper=None):
    """The search after it went on from the best plan, some columns perhaps closed since; what became of the plan."""
    problem = PROBLEM if upper is None else replace(PROBLEM, column_upper=upper)
    search = Search(problem, Limits(time_seconds=30, relative_gap=0.0), time.monotonic(), lambda _: None)
    relaxed = solve_linear(problem, search.lower, search.upper, search.effort(10))
    search.raise_bound(relaxed.bound)
    earlier = Earlier(BEST.values)
    take_earlier(search, earlier)
    return search, go_on(search, earlier, relaxed)


def test_a_plan_that_still_holds():
    search, known = again()
    assert known == "held"
    assert search.best_objective == pytest.approx(BEST.objective)


def test_a_plan_that_is_mended():
    built = np.flatnonzero(PROBLEM.structural & (BEST.values > 0.5))
    upper = PROBLEM.column_upper.copy()
    upper[built[0]] = 0.0
    search, known = again(upper)
    assert known == "mended"
    assert search.best_values[built[0]] == 0.0
    assert search.holds(search.best_values)


def test_a_plan_that_nothing_mends():
    search, known = again(np.where(PROBLEM.structural, 0.0, PROBLEM.column_upper))
    assert known == "lost"
    assert search.best_values is None
