"""A plan first without what joins places, where the relaxation with joins is dear."""

import time
from dataclasses import replace

import numpy as np
import pytest

from optimization.solving import steps
from optimization.solving.child_messages import PlanFound
from optimization.solving.engine import solve_linear
from optimization.solving.limits import Limits
from optimization.solving.problem import Basis
from optimization.solving.session import solve
from optimization.solving.steps_apart import plan_apart, worth_it
from optimization.solving.steps_relax import SIMPLEX_ITERATIONS
from optimization.solving.steps_search import Search
from tests.optimization.solving.solving_problems import facility_location
from tests.optimization.tiny_basins import compiled_problem, resolved

SITES = 8


def with_joins(count, times=3.0):
    """Sites of which the last `count` are said to join places, at so many times their cost."""
    problem = facility_location(30, SITES, seed=4)
    joining = np.zeros(problem.column_count, dtype=bool)
    joining[SITES - count : SITES] = True
    return replace(problem, joining=joining, objective=np.where(joining, times, 1.0) * problem.objective)


def searching(problem, seconds=30.0):
    messages = []
    search = Search(problem, Limits(time_seconds=seconds, relative_gap=0.0), time.monotonic(), messages.append)
    relaxed = solve_linear(problem, search.lower, search.upper, search.effort(10))
    search.raise_bound(relaxed.bound)
    search.offer(np.append(np.zeros(problem.column_count - 30), np.ones(30)))
    return search, relaxed, messages


def test_the_plan_joins_nothing_and_is_the_best_of_those():
    problem = with_joins(2)
    search, _, messages = searching(problem)
    assert plan_apart(search)
    assert isinstance(messages[-2], PlanFound)
    assert messages[-2].objective == search.best_objective
    assert not search.best_values[problem.joining].any()
    assert search.holds(search.best_values)
    closed = replace(problem, column_upper=np.where(problem.joining, 0.0, problem.column_upper), joining=np.zeros(0, bool))
    best = solve(closed, Limits(time_seconds=30, relative_gap=0.0)).objective
    assert search.best_objective <= 1.02 * best
    assert search.reproducible


def test_its_bound_is_not_taken_for_the_whole():
    search, relaxed, _ = searching(with_joins(2))
    plan_apart(search)
    assert search.bound == pytest.approx(relaxed.bound)


def test_where_joining_saves_much_the_plan_begins_with_it():
    search, _, _ = searching(with_joins(5, times=0.01))
    before = search.best_objective
    assert not plan_apart(search)
    assert search.best_objective == before


def test_it_is_for_joins_a_bad_plan_and_a_dear_relaxation():
    search, relaxed, _ = searching(with_joins(2))
    vertex = Basis(np.zeros(0, np.int8), np.zeros(0, np.int8))
    dear = replace(relaxed, iterations=SIMPLEX_ITERATIONS + 1, basis=vertex)
    search.bound = 0.1 * search.best_objective
    assert worth_it(search, dear)
    assert not worth_it(search, replace(dear, iterations=SIMPLEX_ITERATIONS))
    assert worth_it(search, replace(dear, iterations=0, basis=None))
    assert not worth_it(search, replace(dear, status="infeasible"))
    search.problem = facility_location(30, SITES, seed=4)
    assert not worth_it(search, dear)
    search.problem = with_joins(2)
    search.bound = 0.9 * search.best_objective
    assert not worth_it(search, dear)


def test_a_whole_search_through_it_ends_at_the_same_optimum(monkeypatch):
    problem = with_joins(3)
    optimum = solve(problem, Limits(time_seconds=30, relative_gap=0.0)).objective
    monkeypatch.setattr(steps, "worth_it", lambda search, relaxed: True)
    search, _, _ = searching(problem)
    search = Search(problem, search.limits, time.monotonic(), lambda _: None)
    steps.pursue(search)
    assert search.best_objective == pytest.approx(optimum)
    assert search.bound == pytest.approx(optimum)


def test_cancelled_it_ends_at_once():
    search, _, _ = searching(with_joins(2))
    search.cancelled.set()
    before = time.monotonic()
    plan_apart(search)
    assert time.monotonic() - before < 2
    assert search.over() == "cancel"


ONWARD = {
    "table": "links",
    "add": [{"link": "onward", "from_node": "riverside", "to_node": "farside", "kind": "pumped", "length_km": 7.0, "lift_m": 40.0,
             "loss_share": 0.0, "existing_capacity_m3_per_day": 0.0, "variable_om_usd_per_m3": 0.05}],
}  # fmt: skip
ONWARD_PIPE = {
    "table": "options",
    "add": [{"option": "onward_dn63", "title": "DN63 from Riverside on to Farside", "kind": "conveyance", "place": "onward",
             "technology": "pipe_dn63", "category": "conveyance", "administration": "lower_district", "capacity_m3_per_day": 40.0,
             "capex_usd": 600.0, "capex_usd_per_m3_per_day": 0.0, "fixed_om_usd_per_year": 15.0,
             "fixed_om_usd_per_year_per_m3_per_day": 0.0, "life_years": 20, "lead_time_stages": 0}],
}  # fmt: skip


def test_pipes_from_village_to_village_join_them_and_no_others():
    compiled, problem = compiled_problem(resolved(ONWARD, ONWARD_PIPE))
    names = compiled.variables["serves"].sets[0].names
    joining = problem.joining[compiled.variables["serves"].columns]
    assert [name for name, joins in zip(names, joining.all(axis=1), strict=True) if joins] == ["onward_dn63"]
    assert problem.joining.sum() == joining.sum() == joining.shape[1]
    assert not compiled_problem(resolved())[1].joining.any()
