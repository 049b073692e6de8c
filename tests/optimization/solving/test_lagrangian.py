"""A bound from duals is below every plan, however poor the duals; and an interior point's is as good as the simplex's."""

import numpy as np
import pytest
from scipy import sparse

from optimization.solving.engine import solve_linear, solve_linear_inside
from optimization.solving.engine_answers import Effort
from optimization.solving.lagrangian import implied_limits, lagrangian_bound, sound_duals
from optimization.solving.problem import Problem, plain_problem
from tests.optimization.solving.solving_problems import facility_location

EFFORT = Effort(seconds=20.0)


def random_problem(seed: int) -> Problem:
    """Twelve rows over twenty columns that a known point satisfies; some columns and rows without limits."""
    random = np.random.default_rng(seed)
    matrix = random.integers(-3, 4, (12, 20)) * (random.random((12, 20)) < 0.4)
    point = random.integers(0, 4, 20).astype(float)
    activity = matrix @ point
    row_lower = np.where(random.random(12) < 0.5, activity - random.integers(0, 3, 12), -np.inf)
    row_upper = np.where(random.random(12) < 0.7, activity + random.integers(0, 3, 12), np.inf)
    upper = np.where(random.random(20) < 0.3, np.inf, point + random.integers(0, 4, 20))
    objective = random.normal(size=20)
    objective = np.where(np.isinf(upper), np.abs(objective), objective)
    return plain_problem(
        sparse.csc_array(matrix.astype(float)), (row_lower, row_upper), (np.zeros(20), upper), random.random(20) < 0.5, objective
    )


@pytest.mark.parametrize("seed", range(10))
def test_a_few_wrong_duals_are_found_and_left_out(seed: int) -> None:
    problem = facility_location(24, 8, seed=seed)
    limits = (problem.column_lower, problem.column_upper)
    optimum = solve_linear(problem, *limits, EFFORT)
    sound = sound_duals(problem, *limits, optimum.row_duals, optimum.values)
    assert (sound == optimum.row_duals).all()
    # Rows of links to sites that bind nothing: their dual is 0, and a large one is wrong.
    slack = np.flatnonzero((optimum.row_duals == 0) & np.isfinite(problem.row_upper))[:3]
    wrong = optimum.row_duals.copy()
    wrong[slack] = -1e4
    assert lagrangian_bound(problem, *limits, wrong) < 0.5 * optimum.objective
    mended = sound_duals(problem, *limits, wrong, optimum.values)
    assert lagrangian_bound(problem, *limits, mended) == pytest.approx(optimum.objective, rel=0.01)


@pytest.mark.parametrize("seed", range(30))
def test_any_duals_give_a_bound_and_the_optimal_ones_the_best(seed: int) -> None:
    problem = random_problem(seed)
    limits = (problem.column_lower, problem.column_upper)
    optimum = solve_linear(problem, *limits, EFFORT)
    best = lagrangian_bound(problem, *limits, optimum.row_duals)
    assert best == pytest.approx(optimum.objective, abs=1e-6)
    random = np.random.default_rng(seed)
    for spread in (0.01, 0.1, 1.0, 10.0):
        assert lagrangian_bound(problem, *limits, optimum.row_duals + spread * random.normal(size=12)) <= optimum.objective + 1e-6


@pytest.mark.parametrize("seed", range(10))
def test_from_inside_the_bound_is_the_same_and_the_values_hold(seed: int) -> None:
    problem = random_problem(seed)
    limits = (problem.column_lower, problem.column_upper)
    vertex = solve_linear(problem, *limits, EFFORT)
    inside = solve_linear_inside(problem, *limits, EFFORT)
    assert (vertex.status, inside.status) == ("optimal", "optimal")
    assert inside.bound == pytest.approx(vertex.objective, abs=1e-4)
    assert inside.bound <= vertex.objective + 1e-6
    activity = problem.matrix @ inside.values
    assert (activity <= problem.row_upper + 1e-5).all()
    assert (activity >= problem.row_lower - 1e-5).all()


def test_limits_that_rows_imply_pass_from_column_to_column() -> None:
    # x + y <= 4 with y >= -1 gives x <= 5; z - x = 0 gives z the limits of x.
    matrix = sparse.csc_array(np.array([[1.0, 1.0, 0.0], [-1.0, 0.0, 1.0]]))
    limits = (np.array([0.0, -1.0, -np.inf]), np.array([np.inf, 3.0, np.inf]))
    rows = (np.array([-np.inf, 0.0]), np.array([4.0, 0.0]))
    problem = plain_problem(matrix, rows, limits, np.zeros(3, dtype=np.bool_), np.ones(3))
    lower, upper = implied_limits(problem, *limits)
    assert upper == pytest.approx([5.0, 3.0, 5.0])
    assert lower == pytest.approx([0.0, -1.0, 0.0])


def test_a_column_without_any_limit_gives_no_bound() -> None:
    problem = plain_problem(
        sparse.csc_array(np.array([[1.0, 1.0]])),
        (np.array([0.0]), np.array([np.inf])),
        (np.zeros(2), np.full(2, np.inf)),
        np.zeros(2, dtype=np.bool_),
        np.array([1.0, 1.0]),
    )
    assert lagrangian_bound(problem, problem.column_lower, problem.column_upper, np.array([2.0])) == -np.inf
    assert lagrangian_bound(problem, problem.column_lower, problem.column_upper, np.array([-5.0])) == 0.0
