"""A linear relaxation kept in HiGHS, to be solved again at other costs: from the last basis, in a fraction of the time."""

from typing import Any

import highspy
import numpy as np

from optimization.solving.problem import FloatArray, Problem


class KeptRelaxation:
    """The relaxation of a problem whose costs change. For one thread at a time."""

    def __init__(self, problem: Problem) -> None:
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = problem.column_count, problem.row_count
        lp.col_cost_ = problem.objective
        lp.col_lower_, lp.col_upper_ = problem.column_lower, problem.column_upper
        lp.row_lower_, lp.row_upper_ = problem.row_lower, problem.row_upper
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        matrix = problem.matrix
        lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = matrix.indptr, matrix.indices, matrix.data
        self._columns = np.arange(problem.column_count, dtype=np.int32)
        self._highs: Any = highspy.Highs()
        for option, value in (("output_flag", False), ("threads", 1), ("presolve", "off")):
            self._highs.setOptionValue(option, value)
        self._highs.passModel(lp)

    def solve(self, cost: FloatArray) -> tuple[FloatArray, float] | None:
        """Values (n) and objective at these costs (n), at a vertex; None where HiGHS finds no optimum."""
        if not self._run(cost):
            return None
        return np.array(self._highs.getSolution().col_value), float(self._highs.getInfo().objective_function_value)

    def reduced_costs(self, cost: FloatArray) -> FloatArray:
        """What one more of each column (n) costs at these costs (n); without end where HiGHS finds no optimum."""
        if not self._run(cost):
            return np.full(len(cost), np.inf)
        return np.array(self._highs.getSolution().col_dual)

    def _run(self, cost: FloatArray) -> bool:
        self._highs.changeColsCost(len(self._columns), self._columns, cost)
        self._highs.run()
        return bool(self._highs.getModelStatus() == highspy.HighsModelStatus.kOptimal)
