"""What is left of a problem whose columns are partly fixed."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy import sparse

from optimization.solving.engine_answers import IntegerSolution
from optimization.solving.problem import FloatArray, Problem, plain_problem


@dataclass(frozen=True)
class Slice:
    """A problem without its fixed columns and without the rows that are left empty.

    `possible` is no if one of those rows does not hold, or a lower limit lies above its upper one.
    """

    columns: np.ndarray[Any, np.dtype[np.intp]]
    rows: np.ndarray[Any, np.dtype[np.intp]]
    matrix: sparse.csc_array
    row_shift: FloatArray
    fixed_values: FloatArray
    possible: bool

    def problem(self, whole: Problem, lower: FloatArray, upper: FloatArray) -> Problem:
        """What is left, as a problem of its own: what is fixed is in the limits of its rows and in its constant."""
        return plain_problem(
            self.matrix,
            (whole.row_lower[self.rows] - self.row_shift, whole.row_upper[self.rows] - self.row_shift),
            (lower[self.columns], upper[self.columns]),
            whole.integer[self.columns],
            whole.objective[self.columns],
            whole.objective_of(self.fixed_values),
        )

    def expand(self, values: FloatArray) -> FloatArray:
        full = self.fixed_values.copy()
        full[self.columns] = values
        return full

    def expanded(self, answer: IntegerSolution) -> IntegerSolution:
        """An answer to what is left, with the values of all columns."""
        return answer if answer.values is None else replace(answer, values=self.expand(answer.values))


def slice_of(problem: Problem, lower: FloatArray, upper: FloatArray) -> Slice:
    """What is left of a problem within these limits of its columns (n each)."""
    fixed = upper - lower < 1e-12
    columns = np.flatnonzero(~fixed)
    fixed_values = np.where(fixed, lower, 0.0)
    part = problem.matrix[:, columns]
    filled = np.zeros(problem.row_count, dtype=np.bool_)
    filled[part.indices] = True
    rows = np.flatnonzero(filled)
    activity = problem.matrix @ fixed_values
    slack = 1e-6 * np.maximum(1.0, np.abs(activity))
    holds = (activity >= problem.row_lower - slack) & (activity <= problem.row_upper + slack)
    possible = bool(holds[~filled].all() and (lower <= upper + 1e-9).all())
    if len(rows) < problem.row_count:
        new_number = np.cumsum(filled) - 1
        part = sparse.csc_array((part.data, new_number[part.indices], part.indptr), shape=(len(rows), len(columns)))
    return Slice(columns, rows, part, activity[rows], fixed_values, possible)
