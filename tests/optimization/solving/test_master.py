"""Whole choices of each place: their bound lies between the relaxation's and the optimum, and guides the search."""

import time

import numpy as np
import pytest

from datasets.synthetic import make
from optimization.aims import levels_of
from optimization.formulation import build
from optimization.handed import problem_of
from optimization.solving.engine import solve_integer, solve_linear
from optimization.solving.engine_answers import Effort, IntegerSolution, Watch
from optimization.solving.lagrangian import lagrangian_bound
from optimization.solving.limits import Limits
from optimization.solving.master import Master
from optimization.solving.problem import Problem
from optimization.solving.session import solve
from optimization.solving.steps_search import Search
from planner import Scenario, resolve

FLOORS = [
    {"rung": 3, "share": 0.7, "within": "village"},
    {"rung": 5, "share": 0.3, "within": "account"},
]
ROUNDS = 12


@pytest.fixture(scope="module", params=[1, 2])
def problem(request: pytest.FixtureRequest) -> Problem:
    """Six villages whose districts have a floor together, so that places do not decide for themselves."""
    basin = make(6, stages=2, seasons=2, members=1, seed=request.param, tightness=0.0)
    policy = {"objectives": [{"objective": "cost"}], "floors": FLOORS}
    scenario = resolve(basin, Scenario.model_validate({"name": "parts", "title": "Parts", "policy": policy}))
    compiled = build(scenario).compile()
    return problem_of(scenario, compiled, levels_of(scenario.policy, scenario, compiled)[0], [], None)


def begun(problem: Problem, threads: int = 1) -> tuple[Search, Master, float]:
    """A search with a plan that builds nothing structural, the master at the relaxation's prices, the relaxation's bound."""
    search = Search(problem, Limits(time_seconds=60, threads=threads), time.monotonic(), lambda _: None)
    watch = Watch(lambda _: None, lambda _: None, lambda: False)
    upper = np.where(problem.structural, search.lower, search.upper)
    plan = solve_integer(problem, search.lower, upper, Effort(20), watch).values
    assert plan is not None
    assert search.offer(plan)
    relaxed = solve_linear(problem, search.lower, search.upper, Effort(20))
    master = Master(search, relaxed)
    master.know(plan)
    return search, master, relaxed.objective


def test_the_bound_rises_from_the_relaxations_and_stays_below_the_optimum(problem: Problem) -> None:
    _, master, relaxed = begun(problem)
    bounds = []
    for _ in range(ROUNDS):
        master.step()
        bounds.append(master.bound)
    best = solve(problem, Limits(time_seconds=30, relative_gap=0.0))
    assert best.status == "optimal"
    assert best.objective is not None
    near = 1e-6 * abs(best.objective)
    assert bounds[0] >= relaxed - near
    assert bounds == sorted(bounds)
    assert bounds[-1] > relaxed + 100 * near
    assert bounds[-1] <= best.objective + near


def test_its_mix_holds_in_the_rows_that_join_places_and_in_those_of_each(problem: Problem) -> None:
    search, master, _ = begun(problem)
    for _ in range(ROUNDS):
        master.step()
    mixed = master.as_relaxation().values
    rows = problem.matrix @ mixed
    room = 1e-5 * np.maximum(1.0, abs(problem.matrix) @ np.abs(mixed))
    # While prices may only move so far, what is short is still paid at them; at the end nothing is.
    inner = ~np.isin(np.arange(problem.row_count), master.joining)
    assert (rows[inner] >= problem.row_lower[inner] - room[inner]).all()
    assert (rows[inner] <= problem.row_upper[inner] + room[inner]).all()
    assert search.best_values is not None
    assert (master.worth_it(np.inf) >= (mixed > 1e-6)).all()


def test_its_prices_alone_give_no_more_than_places_that_choose_as_a_whole(problem: Problem) -> None:
    search, master, _ = begun(problem)
    master.step()
    prices = master.as_relaxation().row_duals
    assert lagrangian_bound(problem, search.lower, search.upper, prices) <= master.bound + 1e-6 * abs(master.bound)


@pytest.mark.parametrize("threads", [2, 3])
def test_more_threads_come_to_the_same(problem: Problem, threads: int) -> None:
    ends = []
    for count in (1, threads):
        _, master, _ = begun(problem, count)
        for _ in range(4):
            master.step()
        ends.append((master.bound, master.values))
    assert ends[0][0] == ends[1][0]
    assert (ends[0][1] == ends[1][1]).all()


def test_a_part_that_tolerances_leave_without_a_choice_proves_nothing(problem: Problem, monkeypatch: pytest.MonkeyPatch) -> None:
    search, master, _ = begun(problem)
    none = IntegerSolution("infeasible", None, np.inf, 0)
    monkeypatch.setattr("optimization.solving.master.solve_integer", lambda *_: none)
    monkeypatch.setattr("optimization.solving.master.KeptRelaxation.solve", lambda *_: None)
    assert not master.step()
    search.raise_bound(master.bound)
    assert search.bound == -np.inf


def test_an_lp_that_no_time_is_left_for_ends_the_rounds_with_what_is_known(problem: Problem) -> None:
    search, master, _ = begun(problem)
    master.step()
    known = master.bound
    search.started -= 1e6
    master._lp.solve = lambda *_: None  # type: ignore[method-assign]
    master.step()
    assert master.ended
    assert master.bound >= known
    assert master.worth_it(0.0).any()
