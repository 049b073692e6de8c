"""Where building nothing is no plan, a first plan overdraws and is mended."""

import time
from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse

from optimization.solving.engine import solve_linear
from optimization.solving.limits import Limits
from optimization.solving.session import solve
from optimization.solving.steps_elastic import elastic_problem, first_plan_by_overdrawing
from optimization.solving.steps_search import Search
from tests.optimization.solving.solving_problems import facility_location


def with_a_budget_for_those_left_out(budget):
    """Leaving out a village takes money that is not there for all: without sites the budget is overdrawn."""
    free = facility_location(12, 6, seed=3)
    left_out = np.zeros(free.column_count)
    left_out[-12:] = 1.0
    matrix = sparse.csc_array(sparse.vstack([free.matrix, sparse.csr_array(left_out[None])]))
    elastic = np.zeros(matrix.shape[0], dtype=bool)
    elastic[-1] = True
    return replace(
        free,
        matrix=matrix,
        row_lower=np.append(free.row_lower, -np.inf),
        row_upper=np.append(free.row_upper, budget),
        elastic=elastic,
    )


def searching(problem):
    messages = []
    search = Search(problem, Limits(time_seconds=30, relative_gap=0.0), time.monotonic(), messages.append)
    relaxed = solve_linear(problem, search.lower, search.upper, search.effort(10))
    return search, relaxed


@pytest.fixture(scope="module")
def tight():
    return with_a_budget_for_those_left_out(2.0)


def test_the_mended_plan_overdraws_nothing(tight):
    search, relaxed = searching(tight)
    first_plan_by_overdrawing(search, relaxed)
    assert search.best_values is not None
    assert search.best_values[-12:].sum() <= 2.0 + 1e-6
    assert search.holds(search.best_values)


def test_overdrawing_is_never_part_of_the_answer(tight):
    outcome = solve(tight, Limits(time_seconds=30, relative_gap=0.0))
    assert outcome.status == "optimal"
    assert len(outcome.values) == tight.column_count
    assert outcome.values[-12:].sum() <= 2.0 + 1e-6
    search, relaxed = searching(tight)
    first_plan_by_overdrawing(search, relaxed)
    assert search.best_objective >= outcome.objective - 1e-6


def test_a_demand_that_cannot_be_met_is_not_mended():
    impossible = with_a_budget_for_those_left_out(2.0)
    closed = replace(impossible, column_upper=np.where(impossible.structural, 0.0, impossible.column_upper))
    search, relaxed = searching(closed)
    first_plan_by_overdrawing(search, relaxed)
    assert search.best_values is None


def test_only_elastic_rows_get_a_slack_and_only_at_a_price(tight):
    elastic = elastic_problem(tight, price=5.0)
    assert elastic.column_count == tight.column_count + 1
    assert elastic.objective[-1] == 5.0
    assert list(elastic.matrix[:, [-1]].nonzero()[0]) == [tight.row_count - 1]


def test_where_even_overdrawing_finds_nothing_the_search_goes_on(monkeypatch):
    """On a large basin the time for it may be over before the first plan."""
    monkeypatch.setattr("optimization.solving.steps_elastic._restricted", lambda *_: None)
    search, relaxed = searching(with_a_budget_for_those_left_out(1.0))
    first_plan_by_overdrawing(search, relaxed)
    assert search.best_values is None
