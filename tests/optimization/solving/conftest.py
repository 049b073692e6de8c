"""The optimum as plain HiGHS finds it, in this process, without any of our strategy."""

from collections.abc import Callable

import highspy
import numpy as np
import pytest

from optimization.solving.problem import Problem


@pytest.fixture(scope="session")
def plain_optimum() -> Callable[[Problem], float]:
    def solve(problem: Problem) -> float:
        session = highspy.Highs()
        session.setOptionValue("output_flag", False)
        session.setOptionValue("mip_rel_gap", 0.0)
        matrix = problem.matrix
        session.passModel(
            problem.column_count, problem.row_count, matrix.nnz, 1, 1, problem.objective_constant,
            problem.objective, problem.column_lower, problem.column_upper, problem.row_lower, problem.row_upper,
            matrix.indptr.astype(np.int32), matrix.indices.astype(np.int32), matrix.data,
            problem.integer.astype(np.int32),
        )  # fmt: skip
        session.run()
        assert session.getModelStatus() == highspy.HighsModelStatus.kOptimal
        return float(session.getInfo().objective_function_value)

    return solve
