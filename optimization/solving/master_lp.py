"""The LP over whole choices: rows that join parts, the columns in no part, and for each part a mix of its choices."""

from typing import Any

import highspy
import numpy as np
from scipy import sparse

from optimization.solving.problem import FloatArray

SAME_TO_DIGITS = 6


class MasterLp:
    """Kept in HiGHS from one solve to the next. `choices` are (part, values of its columns); `reduced_costs` one figure for each
    that the last LP had."""

    def __init__(
        self,
        cost: FloatArray,
        matrix: sparse.csc_array,
        row_limits: tuple[FloatArray, FloatArray],
        column_limits: tuple[FloatArray, FloatArray],
        parts: int,
    ) -> None:
        rows, self._rest = matrix.shape
        self._rows = rows
        self.choices: list[tuple[int, FloatArray]] = []
        self.reduced_costs = np.zeros(0)
        self._known: set[tuple[int, bytes]] = set()
        moves = sparse.hstack([sparse.eye_array(rows), -sparse.eye_array(rows)])
        whole = sparse.csc_array(
            sparse.vstack([sparse.hstack([matrix, moves]), sparse.csr_array((parts, self._rest + 2 * rows))])
        )
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = self._rest + 2 * rows, rows + parts
        lp.col_cost_ = np.concatenate([cost, np.zeros(2 * rows)])
        lp.col_lower_ = np.concatenate([column_limits[0], np.zeros(2 * rows)])
        lp.col_upper_ = np.concatenate([column_limits[1], np.full(2 * rows, highspy.kHighsInf)])
        lp.row_lower_ = np.concatenate([row_limits[0], np.ones(parts)])
        lp.row_upper_ = np.concatenate([row_limits[1], np.ones(parts)])
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = whole.indptr, whole.indices, whole.data
        self._highs: Any = highspy.Highs()
        for option, value in (("output_flag", False), ("threads", 1)):
            self._highs.setOptionValue(option, value)
        self._highs.passModel(lp)

    def add(self, part: int, choice: FloatArray, cost: float, in_rows: FloatArray) -> None:
        """One more choice of a part, with its cost and what it adds to each row, unless it is known."""
        key = part, np.round(choice, SAME_TO_DIGITS).tobytes()
        if key in self._known:
            return
        self._known.add(key)
        some = np.flatnonzero(np.abs(in_rows) > 1e-12)
        places = np.append(some, self._rows + part).astype(np.int32)
        self._highs.addCol(cost, 0.0, highspy.kHighsInf, len(places), places, np.append(in_rows[some], 1.0))
        self.choices.append((part, choice))

    def solve(self, prices: FloatArray, freedom: FloatArray, seconds: float) -> tuple[FloatArray, FloatArray, FloatArray] | None:
        """Prices of the rows, each at most `freedom` from `prices`; values of the columns in no part; each choice's weight.

        None if it is not solved within the time.
        """
        moved = np.concatenate([prices + freedom, freedom - prices])
        which = np.arange(self._rest, self._rest + 2 * self._rows, dtype=np.int32)
        self._highs.changeColsCost(len(which), which, moved)
        self._highs.setOptionValue("time_limit", self._highs.getRunTime() + seconds)
        self._highs.run()
        if self._highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        solution = self._highs.getSolution()
        first = self._rest + 2 * self._rows
        self.reduced_costs = np.asarray(solution.col_dual)[first:]
        values = np.asarray(solution.col_value)
        return np.asarray(solution.row_dual)[: self._rows], values[: self._rest], values[first:]
