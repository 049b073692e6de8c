"""Columns that can be nothing but zero are left out of what is handed over, and no others."""

import numpy as np
import pytest
from scipy import sparse

from optimization.solving.engine import solve_linear
from optimization.solving.engine_answers import Effort
from optimization.solving.idle import idle_columns, rows_left
from optimization.solving.problem import plain_problem


def told(rows, upper, lower=None, most=None):
    matrix = sparse.csr_array(np.array(rows, float))
    least = np.zeros(matrix.shape[1]) if lower is None else np.array(lower, float)
    highest = np.full(matrix.shape[1], np.inf) if most is None else np.array(most, float)
    return idle_columns(matrix, np.array(upper, float), (least, highest)).tolist()


def test_what_may_not_be_above_zero_together_is_zero_and_what_has_room_is_not():
    assert told([[1, 2, 0]], [0]) == [True, True, False]
    assert told([[1, 2, 0]], [0.1]) == [False, False, False]
    assert told([[1, 0, -1]], [0]) == [False, False, False]
    assert told([[1, 0, -1]], [0], most=[9, 9, 0]) == [True, False, True]
    assert told([[1, 1, 0]], [0], lower=[-1, 0, 0]) == [False, False, False]


def test_rows_without_entries_are_left_where_zero_does_not_fulfil_them():
    matrix = sparse.csr_array(np.array([[0.0], [1.0], [0.0], [0.0]]))
    assert rows_left(matrix, (np.array([0, 0, 1, -5.0]), np.array([3, 0, 2, -1.0]))).tolist() == [1, 2, 3]


@pytest.mark.parametrize("seed", range(8))
def test_no_solution_has_more_than_zero_in_a_column_that_is_told(seed):
    random = np.random.default_rng(seed)
    matrix = sparse.csr_array(random.choice([-1.0, 0.0, 0.0, 1.0, 2.0], (12, 9)))
    upper, most = random.choice([0.0, 0.0, 3.0], 12), random.choice([0.0, 5.0, 5.0], 9)
    limits = np.zeros(9), most
    idle = idle_columns(matrix, upper, limits)
    rows = np.full(12, -np.inf), upper
    highest = []
    for column in range(9):
        problem = plain_problem(matrix.tocsc(), rows, limits, np.zeros(9, bool), -np.eye(9)[column])
        highest.append(-solve_linear(problem, *limits, Effort(seconds=10)).objective)
    assert np.array(highest)[idle] == pytest.approx(0.0, abs=1e-7)
    assert idle.any()
