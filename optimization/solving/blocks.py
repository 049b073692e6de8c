"""A bound from parts of the map: what joins them is priced by duals, and each part is solved with its integers whole.

For the duals y of the rows that lie in no single part, every plan costs at least what these rows' limits cost at y, plus the
cheapest that each part can do at the prices that are left (Geoffrion 1974). With the relaxation's duals that is never less than
the relaxation's bound, and more where a part mixes what can only be chosen whole.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from optimization.solving.engine_answers import Effort, IntegerSolution, LinearSolution
from optimization.solving.lagrangian import lagrangian_parts, mended_duals, reduced_costs
from optimization.solving.parts import Parts
from optimization.solving.pieces import Piece
from optimization.solving.problem import WHOLE, FloatArray, Problem
from optimization.solving.shared_out import Portable
from optimization.solving.side_by_side import SideBySide

INTEGERS_IN_A_BLOCK = 1200
NODES = 1
SECONDS_AT_MOST = 10.0


class Blocks:
    """A problem in `count` blocks, at the duals of its relaxation. `cut_short`: the clock ended one of those that were solved."""

    def __init__(self, problem: Problem, lower: FloatArray, upper: FloatArray, relaxed: LinearSolution) -> None:
        self._problem, self._relaxed = problem, relaxed
        self._parts = Parts(problem, lower, upper, relaxed, INTEGERS_IN_A_BLOCK)
        self.count = self._parts.count
        duals = mended_duals(problem, relaxed.row_duals)
        self._by_row, self._by_column = lagrangian_parts(problem, self._parts.lower, self._parts.upper, duals)
        self._priced = reduced_costs(problem, np.where(self._parts.row_block < 0, duals, 0.0))
        self.cut_short = False
        self.relaxed_bound = float(self._by_row.sum() + self._by_column.sum()) + problem.objective_constant

    @property
    def share_of_rows_that_cross(self) -> float:
        """How many of all rows lie in no single part, and are priced."""
        return float((self._parts.row_block < 0).mean())

    def gains(self, effort: Effort, should_stop: Callable[[], bool], beside: SideBySide) -> Iterator[float]:
        """What each block that the relaxation leaves broken adds to `relaxed_bound`, the most broken first."""
        part = np.abs(self._relaxed.values - np.round(self._relaxed.values)) * self._problem.integer
        broken = np.bincount(self._parts.block + 1, weights=np.where(part > WHOLE, part, 0.0), minlength=self.count + 1)[1:]
        order = np.argsort(-broken, kind="stable")
        for gain in beside.in_order(self._solve(int(block), effort, should_stop) for block in order[broken[order] > 0]):
            yield gain
            if should_stop():
                return

    def _solve(self, block: int, effort: Effort, should_stop: Callable[[], bool]) -> Portable[float]:
        columns, rows = self._parts.members(block)
        problem = self._parts.part_problem(block, self._priced)
        effort = replace(effort, seconds=min(effort.seconds, SECONDS_AT_MOST), nodes=NODES)
        relaxed = float(self._by_row[rows].sum() + self._by_column[columns].sum())

        def meaning(answer: IntegerSolution) -> float:
            self.cut_short |= answer.status == "clock"
            # That a part has no choice at all is what tolerances make of it, and proves nothing.
            return max(answer.bound - relaxed, 0.0) if np.isfinite(answer.bound) else 0.0

        return Portable(Piece(problem, effort, bound_alone=True), meaning, should_stop)
