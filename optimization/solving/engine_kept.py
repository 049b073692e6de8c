"""Relaxations that stay in HiGHS, so that the simplex goes on from where it stood when they change."""

from typing import Any

import highspy
import numpy as np
from scipy import sparse

from optimization.solving.engine_answers import Effort, LinearSolution
from optimization.solving.engine_session import STATUS, new_session, nothing_fixed, run_session
from optimization.solving.problem import Basis, FloatArray, Problem

KEPT_ITERATIONS = 20_000


class GrowingRelaxation:
    """The linear relaxation of a problem that gets further rows, each at most 0: the simplex goes on from where it stood."""

    def __init__(self, problem: Problem, lower: FloatArray, upper: FloatArray, effort: Effort) -> None:
        self._problem = problem
        self._session = new_session(problem, nothing_fixed(problem), (lower, upper), False, effort)
        self.further: sparse.csr_array = sparse.csr_array((0, problem.column_count))
        self.iterations = 0

    def begin_at(self, basis: Basis) -> None:
        """A basis over its columns and all rows that it has by now."""
        self._session.setBasis(_told(basis))

    def run(self, iterations: int) -> LinearSolution:
        """At most so many steps of the simplex. Duals and basis are of all rows; `values` is where it stands, optimal or not."""
        problem = self._problem
        self._session.setOptionValue("simplex_iteration_limit", iterations)
        status = run_session(self._session)
        self._session.setOptionValue("presolve", "off")
        solution, info = self._session.getSolution(), self._session.getInfo()
        self.iterations += int(info.simplex_iteration_count)
        values, duals = np.array(solution.col_value), np.array(solution.row_dual)
        if not (len(values) and len(duals)):
            values, duals = np.zeros(problem.column_count), np.zeros(problem.row_count + self.further.shape[0])
        objective = problem.objective_of(values) if status == "optimal" else np.inf
        own = duals[: problem.row_count]
        cost = problem.objective - problem.matrix.T @ own - self.further.T @ duals[problem.row_count :]
        basis = _known(self._session.getBasis()) if status == "optimal" else None
        return LinearSolution(status, values, objective, objective, duals, cost, self.iterations, basis)

    def add(self, rows: sparse.csr_array) -> None:
        """Further rows (k × n)."""
        count, starts = rows.shape[0], rows.indptr[:-1].astype(np.int32)
        none, zero = np.full(count, -np.inf), np.zeros(count)
        self._session.addRows(count, none, zero, rows.nnz, starts, rows.indices.astype(np.int32), rows.data)
        self.further = sparse.csr_array(sparse.vstack([self.further, rows], format="csr"))


class KeptRelaxation:
    """The linear relaxation of a problem whose costs change, solved again from its last basis. For one thread at a time."""

    def __init__(self, problem: Problem) -> None:
        limits = problem.column_lower, problem.column_upper
        self._session = new_session(problem, nothing_fixed(problem), limits, False, Effort(np.inf))
        self._session.setOptionValue("presolve", "off")
        self._session.setOptionValue("simplex_iteration_limit", KEPT_ITERATIONS)
        self._columns = np.arange(problem.column_count, dtype=np.int32)

    def solve(self, cost: FloatArray) -> tuple[FloatArray, float] | None:
        """Values (n) and objective at these costs (n), at a vertex; None where HiGHS finds no optimum in its steps."""
        if not self._run(cost):
            return None
        return np.array(self._session.getSolution().col_value), float(self._session.getInfo().objective_function_value)

    def reduced_costs(self, cost: FloatArray) -> FloatArray:
        """What one more of each column (n) costs at these costs (n); without end where HiGHS finds no optimum."""
        return np.array(self._session.getSolution().col_dual) if self._run(cost) else np.full(len(cost), np.inf)

    def _run(self, cost: FloatArray) -> bool:
        self._session.changeColsCost(len(self._columns), self._columns, cost)
        self._session.run()
        return STATUS.get(self._session.getModelStatus()) == "optimal"


def _told(basis: Basis) -> Any:
    """For HiGHS, which mends it where it does not fit: of another problem it seldom has as many basic ones as there are rows."""
    told = highspy.HighsBasis()
    told.col_status = [highspy.HighsBasisStatus(int(status)) for status in basis.columns]
    told.row_status = [highspy.HighsBasisStatus(int(status)) for status in basis.rows]
    told.valid = told.alien = True
    return told


def _known(told: Any) -> Basis | None:
    if not told.valid:
        return None
    columns, rows = ([int(status) for status in of] for of in (told.col_status, told.row_status))
    return Basis(np.array(columns, np.int8), np.array(rows, np.int8))
