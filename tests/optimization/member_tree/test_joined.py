"""Several problems in one, on matrices small enough to be read: which columns are shared, and which rows stand once."""

import numpy as np
import pytest
from scipy import sparse

from optimization.member_tree.decided import Decided
from optimization.member_tree.joined import joined
from optimization.solving.problem import Problem
from tests.optimization.tiny_basins import optimum

ONCE = [0.5, 0.3, 0.2]


def branch(price, least, upper=10.0):
    """Capacity now and later, and what is bought beside; 1 a unit now, 3 later, `price` beside; together at least `least`."""
    return Problem(
        matrix=sparse.csc_array([[1.0, 1.0, 1.0], [1.0, 0.0, 0.0]]),
        row_lower=np.array([least, 0.0]),
        row_upper=np.array([np.inf, 4.0]),
        column_lower=np.zeros(3),
        column_upper=np.array([upper, 10.0, 100.0]),
        integer=np.array([True, True, False]),
        objective=np.array([1.0, 3.0, price]),
        objective_constant=7.0,
        structural=np.array([True, True, False]),
        place_xy=np.array([[0.0, 0.0], [1.0, 1.0], [np.nan, np.nan]]),
        start=np.array([1.0, 2.0, 0.0]),
    )


def decisions(count):
    return [Decided(np.array([0, 1, -1], np.int32), np.array([0, 1, -1], np.int32)) for _ in range(count)]


def test_what_is_decided_before_a_branch_is_known_is_one_column():
    # The first is known from stage 1 on, the two others from stage 2 on: these share stage 1 as well.
    whole = joined([branch(9.0, 3.0), branch(9.0, 5.0), branch(9.0, 6.0)], decisions(3), [1, 2, 2], np.array(ONCE))
    assert [place.tolist() for place in whole.place] == [[0, 1, 2], [0, 3, 4], [0, 3, 5]]
    assert whole.problem.column_count == 6
    assert whole.problem.objective.tolist() == pytest.approx([1.0, 1.5, 4.5, 1.5, 2.7, 1.8])
    assert whole.problem.objective_constant == pytest.approx(7.0)
    assert whole.problem.start is not None and whole.problem.start.tolist() == [1.0, 2.0, 0.0, 2.0, 0.0, 0.0]
    assert np.isnan(whole.problem.place_xy[2]).all() and whole.problem.place_xy[3].tolist() == [1.0, 1.0]


def test_rows_that_become_the_same_stand_once():
    # Each has the row of what is decided now, at most 4: one of three is left, and the rows that ask for different sums.
    whole = joined([branch(9.0, 3.0), branch(9.0, 5.0), branch(9.0, 6.0)], decisions(3), [1, 2, 2], np.array(ONCE))
    assert whole.problem.row_lower.tolist() == [3.0, 0.0, 5.0, 6.0]
    assert whole.problem.matrix.toarray()[1].tolist() == [1.0, 0, 0, 0, 0, 0]


def test_the_narrower_limits_hold_for_what_is_shared():
    whole = joined([branch(9.0, 3.0, upper=2.0), branch(9.0, 5.0, upper=3.0)], decisions(2), [1, 1], np.array([0.5, 0.5]))
    assert whole.problem.column_upper[0] == 2.0


def test_the_best_of_the_whole_is_the_best_of_every_way():
    """All first decisions tried by hand: the rest of each branch is bought at the cheaper of later and beside."""
    cases = [(2.0, 3.0), (2.5, 9.0), (9.0, 6.0)]
    whole = joined([branch(*case) for case in cases], decisions(3), [1, 1, 1], np.array(ONCE))
    values, reached = optimum(whole.problem)
    costs = [
        now + sum(p * min(price, 3.0) * max(least - now, 0.0) for p, (price, least) in zip(ONCE, cases, strict=True))
        for now in range(5)
    ]
    assert reached == pytest.approx(7.0 + min(costs))
    first = [whole.of_branch(values, number)[0] for number in range(3)]
    assert first == [float(np.argmin(costs))] * 3


def test_one_branch_alone_is_its_own_problem():
    alone = branch(9.0, 3.0)
    whole = joined([alone], decisions(1), [1], np.ones(1))
    assert (whole.problem.matrix != alone.matrix).nnz == 0
    assert whole.problem.objective.tolist() == alone.objective.tolist()
