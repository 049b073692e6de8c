"""A bound from any duals at all: every row moved into the objective, every column at its cheaper limit."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from optimization.solving.problem import FloatArray, Problem

IntArray = NDArray[np.integer[Any]]
ROUNDS = 20
WRONG_AT_MOST = 50
CONTRADICTS = 1e-3
"""Of the objective: what a column may lose to inexactness."""
ROUNDING = 1e-14
"""Of what is added up: a reduced cost below that cannot be told from 0 in double precision."""


def lagrangian_bound(problem: Problem, lower: FloatArray, upper: FloatArray, row_duals: FloatArray) -> float:
    """What no plan within the limits (n each) can cost less than, whatever the duals (m; their signs are mended).

    For duals y, every plan x costs c·x = y·Ax + (c - Aᵀy)·x, which is at least the cheaper limit of each row times its y, plus
    the cheaper limit of each column times its reduced cost (Geoffrion 1974, Lagrangean relaxation for integer programming).
    -inf if a column without a limit, given or implied by the rows, has a reduced cost.
    """
    rows, columns = lagrangian_parts(problem, lower, upper, mended_duals(problem, row_duals))
    return float(rows.sum() + columns.sum()) + problem.objective_constant


def mended_duals(problem: Problem, row_duals: FloatArray) -> FloatArray:
    """The duals (m) with 0 where a row has no limit on the side that a dual of that sign pays for."""
    duals = np.where(np.isinf(problem.row_lower), np.minimum(row_duals, 0.0), row_duals)
    return np.where(np.isinf(problem.row_upper), np.maximum(duals, 0.0), duals)


def sound_duals(problem: Problem, lower: FloatArray, upper: FloatArray, row_duals: FloatArray, values: FloatArray) -> FloatArray:
    """The duals (m), and 0 for the few that contradict `values` (n), an optimum: what HiGHS's presolve puts back can be wrong.

    At an optimum a row and a column add to the bound what they cost there. A row that adds far less has a wrong dual; of a column
    that does, one of its rows has: the one that weighs most.
    """
    duals = row_duals.copy()
    size, activity = abs(problem.objective_of(values)), problem.matrix @ values
    lower, upper = implied_limits(problem, lower, upper)
    for _ in range(WRONG_AT_MOST):
        mended = mended_duals(problem, duals)
        by_row, by_column = lagrangian_parts(problem, lower, upper, mended)
        slack, lost = mended * activity - by_row, reduced_costs(problem, mended) * values - by_column
        row, column = int(slack.argmax()), int(lost.argmax())
        if not max(slack[row], lost[column]) > CONTRADICTS * size:
            break
        if lost[column] > slack[row]:
            own = slice(problem.matrix.indptr[column], problem.matrix.indptr[column + 1])
            rows, weight = problem.matrix.indices[own], problem.matrix.data[own]
            row = int(rows[np.abs(weight * mended[rows]).argmax()])
        duals[row] = 0.0
    return duals


def lagrangian_parts(problem: Problem, lower: FloatArray, upper: FloatArray, duals: FloatArray) -> tuple[FloatArray, FloatArray]:
    """What each row (m) and each column (n) adds to the bound of duals whose signs are mended."""
    reduced = reduced_costs(problem, duals)
    rows = _times(duals, np.where(duals > 0, problem.row_lower, problem.row_upper))
    cheaper = np.where(reduced > 0, lower, upper)
    if not np.isfinite(cheaper[reduced != 0]).all():
        lower, upper = implied_limits(problem, lower, upper)
        cheaper = np.where(reduced > 0, lower, upper)
    return rows, _times(reduced, cheaper)


def reduced_costs(problem: Problem, duals: FloatArray) -> FloatArray:
    """Each column's objective coefficient less what the duals pay for, 0 where the rest is rounding."""
    reduced: FloatArray = problem.objective - problem.matrix.T @ duals
    size = np.abs(problem.objective) + abs(problem.matrix).T @ np.abs(duals)
    reduced[np.abs(reduced) <= ROUNDING * size] = 0.0
    return reduced


def implied_limits(problem: Problem, lower: FloatArray, upper: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The limits with those that are infinite replaced, where the rows imply finite ones, by those.

    Of a row that adds up to at most u, a column's share is at most u less the least that all other columns add.
    """
    whole = problem.matrix.tocoo()
    lower, upper = lower.copy(), upper.copy()
    open_before = -1
    for _ in range(ROUNDS):
        open_below, open_above = np.isinf(lower), np.isinf(upper)
        still_open = int(open_below.sum() + open_above.sum())
        if still_open in (0, open_before):
            break
        open_before = still_open
        rows = np.zeros(problem.row_count, dtype=np.bool_)
        rows[whole.row[(open_below | open_above)[whole.col]]] = True
        kept = rows[whole.row]
        matrix = _Entries(whole.row[kept], whole.col[kept], whole.data[kept])
        for sign, limit in ((1.0, problem.row_upper), (-1.0, -problem.row_lower)):
            least, unknown = _least_of_each(matrix, sign, lower, upper)
            rest_known = (np.bincount(matrix.row, weights=unknown, minlength=problem.row_count)[matrix.row] - unknown) == 0
            rest = np.bincount(matrix.row, weights=least, minlength=problem.row_count)[matrix.row] - least
            weight = sign * matrix.data
            usable = rest_known & np.isfinite(limit[matrix.row]) & (weight != 0)
            room = (limit[matrix.row][usable] - rest[usable]) / weight[usable]
            column, falls = matrix.col[usable], weight[usable] > 0
            above = np.full(problem.column_count, np.inf)
            np.minimum.at(above, column[falls], room[falls])
            below = np.full(problem.column_count, -np.inf)
            np.maximum.at(below, column[~falls], room[~falls])
            upper = np.where(open_above, np.minimum(upper, np.maximum(above, lower)), upper)
            lower = np.where(open_below, np.maximum(lower, np.minimum(below, upper)), lower)
    return lower, upper


class _Entries(NamedTuple):
    """Non-zeros of a matrix."""

    row: IntArray
    col: IntArray
    data: FloatArray


def _least_of_each(matrix: _Entries, sign: float, lower: FloatArray, upper: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Of each non-zero the least it can add to its row times `sign`, and 1 where that has no limit (then it counts 0)."""
    weight = sign * matrix.data
    at = np.where(weight > 0, lower[matrix.col], upper[matrix.col])
    unknown = np.isinf(at) & (weight != 0)
    return np.where(unknown, 0.0, weight * np.where(unknown, 0.0, at)), unknown.astype(np.float64)


def _times(price: FloatArray, limit: FloatArray) -> FloatArray:
    """Their products, 0 where the price is 0 and -inf where a price meets no limit."""
    product = np.full(len(price), -np.inf)
    finite = np.isfinite(limit)
    product[finite] = price[finite] * limit[finite]
    product[price == 0] = 0.0
    return product
