"""Rows of what lasts: every whole plan fulfils them, and mixtures of choices do not."""

import itertools
import time
from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse

from datasets.synthetic import make
from optimization.aims import levels_of
from optimization.formulation import build
from optimization.handed import policy_caps, problem_of
from optimization.solving.engine import solve_integer, solve_linear
from optimization.solving.engine_answers import Effort, Watch
from optimization.solving.lasting import Lasting
from optimization.solving.limits import Limits
from optimization.solving.problem import Problem, with_rows
from optimization.solving.steps_relax import relax
from optimization.solving.steps_search import Search
from planner import Scenario, resolve
from tests.optimization.solving.solving_problems import CHOICES, STAGES, THINGS, choices_that_last

FLOOR = {"rung": 3, "share": 0.7, "within": "village"}
QUIET = Watch(lambda _: None, lambda _: None, lambda: False)


def broken_rows(problem: Problem, point: np.ndarray) -> sparse.csr_array:
    lasting = Lasting(problem)
    return lasting.rows(lasting.broken(point))


def least_held(problem: Problem, plan: tuple[int, ...]) -> np.ndarray:
    """The plan that makes these choices and holds no more than it must."""
    values = np.zeros(problem.column_count)
    takes = problem.matrix.toarray()[: THINGS * STAGES, : STAGES * CHOICES]
    for stage, choice in enumerate(plan):
        values[stage * CHOICES + choice] = 1.0
    held = (takes @ values[: STAGES * CHOICES]).reshape(THINGS, STAGES)
    values[STAGES * CHOICES :] = np.maximum.accumulate(held, axis=1).ravel()
    return values


@pytest.mark.parametrize("seed", range(20))
def test_every_whole_plan_fulfils_what_a_mixture_breaks(seed: int) -> None:
    problem = choices_that_last(seed)
    random = np.random.default_rng(seed)
    mixed = random.dirichlet(np.ones(CHOICES), STAGES).ravel()
    held = (problem.matrix.toarray()[: THINGS * STAGES, : STAGES * CHOICES] @ mixed).reshape(THINGS, STAGES)
    point = np.concatenate([mixed, np.maximum.accumulate(held, axis=1).ravel()])
    rows = broken_rows(problem, point)
    assert (rows @ point > 0).all()
    for plan in itertools.product(range(CHOICES), repeat=STAGES):
        assert (rows @ least_held(problem, plan) <= 1e-9).all()


def test_half_of_one_choice_and_half_of_another_leave_both() -> None:
    problem = choices_that_last(0)
    matrix = problem.matrix.toarray()
    matrix[0, :4], matrix[1, 4:8] = [100, 0, 0, 0], [0, 100, 0, 0]
    changed = replace(problem, matrix=sparse.csc_array(matrix))
    point = np.zeros(problem.column_count)
    point[[0, 3]] = 0.5, 0.5  # half of what takes 100, then half of another that takes 100
    point[[5, 7]] = 0.5, 0.5
    point[12:15] = 50.0
    first = [row for row in broken_rows(changed, point).toarray() if row[12:15].any()]
    assert not first  # the same half may hold both
    point[[5, 7]] = 0.75, 0.25
    matrix[1, 4:8] = [0, 20, 0, 0]
    row = broken_rows(replace(problem, matrix=sparse.csc_array(matrix)), point).toarray()[0]
    # Up to a height of 20 three quarters of the second stage stand, above it half of the first: 0.75 · 20 + 0.5 · 80 = 55.
    assert row[5] == 20.0
    assert row[0] == 80.0
    assert row[13] == -1.0


@pytest.mark.parametrize("seed", range(20))
def test_the_relaxation_rises_and_stays_below_the_optimum(seed: int) -> None:
    problem = choices_that_last(seed)
    plain = solve_linear(problem, problem.column_lower, problem.column_upper, Effort(10))
    best = solve_integer(problem, problem.column_lower, problem.column_upper, Effort(10), QUIET)
    search = Search(problem, Limits(time_seconds=10), time.monotonic(), lambda _: None)
    relaxed = relax(search)
    assert plain.objective - 1e-9 <= relaxed.bound <= best.bound + 1e-6
    assert search.problem.row_count == len(relaxed.row_duals)
    assert relaxed.bound > plain.objective + 1e-6 or search.problem.row_count == problem.row_count
    assert not len(Lasting(problem).broken(relaxed.values).row)
    again = solve_integer(search.problem, problem.column_lower, problem.column_upper, Effort(10), QUIET)
    assert again.bound == pytest.approx(best.bound)


def test_it_rises_where_choices_take_what_lasts() -> None:
    bounds = []
    for seed in range(20):
        problem = choices_that_last(seed)
        plain = solve_linear(problem, problem.column_lower, problem.column_upper, Effort(10))
        bounds.append(relax(Search(problem, Limits(time_seconds=10), time.monotonic(), lambda _: None)).bound - plain.objective)
    assert sum(gain > 0.01 for gain in bounds) >= 5


def test_rows_of_another_form_are_left_out() -> None:
    problem = choices_that_last(1)
    limits = problem.row_upper.copy()
    limits[0] = 1.0
    point = np.full(problem.column_count, 0.5)
    point[STAGES * CHOICES :] = 0.0
    every = len(Lasting(problem).broken(point).row)
    assert every > len(Lasting(replace(problem, row_upper=limits)).broken(point).row) > 0
    assert not len(Lasting(replace(problem, lasting=np.zeros((0, 0), dtype=np.int64))).broken(point).row)


def test_further_rows_come_after_the_problems_own() -> None:
    problem = choices_that_last(2)
    wider = with_rows(problem, sparse.csr_array(np.ones((1, problem.column_count))))
    assert wider.row_count == problem.row_count + 1
    assert wider.row_upper[-1] == 0.0
    with pytest.raises(ValueError, match="lasting"):
        replace(problem, lasting=np.array([[problem.row_count]]))


def test_what_villages_hold_is_of_that_form() -> None:
    policy = {"objectives": [{"objective": "cost"}], "floors": [FLOOR]}
    told = Scenario.model_validate({"name": "lasting", "title": "Lasting", "policy": policy})
    scenario = resolve(make(30, stages=2, seasons=2, members=1), told)
    compiled = build(scenario).compile()
    level = levels_of(scenario.policy, scenario, compiled)[0]
    problem = problem_of(scenario, compiled, level, policy_caps(scenario, compiled), None)
    assert problem.lasting.shape[1] == len(scenario.horizon.stages) > 1
    mixed = np.where(problem.integer, 0.5, 0.0)
    rows = broken_rows(problem, mixed)
    assert rows.shape[0] == problem.lasting.size - len(problem.lasting)
    exclusive = compiled.families["one_plan"]
    packed = problem.matrix[exclusive.start : exclusive.start + exclusive.count] != 0
    for row in problem.lasting.ravel()[:50]:
        chosen = problem.matrix[[row]].tocoo()
        columns = chosen.col[chosen.data > 0]
        assert (packed[:, columns].sum(axis=1) == len(columns)).any()


@pytest.mark.parametrize("seed", range(10))
def test_rows_are_named_again_where_choices_take_more(seed: int) -> None:
    """What an earlier problem's rows name holds for a problem whose choices take other amounts, if in as many heights."""
    problem, random = choices_that_last(seed), np.random.default_rng(seed)
    named = Lasting(problem).broken(np.where(problem.integer, random.random(problem.column_count), 0.0))
    more = replace(problem, matrix=sparse.csc_array(problem.matrix * np.where(problem.integer, 1.3, 1.0)))
    again, meant = Lasting(more).meant(named)
    assert meant.all()
    assert len(named.row)
    rows = Lasting(more).rows(again)
    for plan in itertools.product(range(CHOICES), repeat=STAGES):
        assert (rows @ least_held(more, plan) <= 1e-9).all()


def test_rows_that_cannot_be_meant_are_left_out() -> None:
    problem = choices_that_last(0)
    lasting = Lasting(problem)
    named = lasting.broken(np.where(problem.integer, 1.0, 0.0))
    late, short = named.stage.copy(), named.stage.copy()
    late[0, 0], short[1, 0] = STAGES, -1
    assert list(lasting.meant(replace(named, stage=late))[1][:3]) == [False, True, True]
    assert list(lasting.meant(replace(named, stage=short))[1][:3]) == [True, False, True]
    assert not lasting.meant(replace(named, row=named.row + 10_000))[1].any()
    assert not len(Lasting(replace(problem, lasting=np.zeros((0, 0), dtype=np.int64))).meant(named)[0].row)
