"""A bound from parts of the map: what joins them is priced by duals, and each part is solved with its integers whole.

For the duals y of the rows that lie in no single part, every plan costs at least what these rows' limits cost at y, plus the
cheapest that each part can do at the prices that are left (Geoffrion 1974). With the relaxation's duals that is never less than
the relaxation's bound, and more where a part mixes what can only be chosen whole.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from optimization.solving.engine_answers import Effort, IntegerSolution, LinearSolution
from optimization.solving.lagrangian import implied_limits, lagrangian_parts, mended_duals, reduced_costs
from optimization.solving.pieces import Piece
from optimization.solving.places import spread_to_columns
from optimization.solving.problem import FloatArray, Problem, plain_problem
from optimization.solving.shared_out import Portable
from optimization.solving.side_by_side import SideBySide

INTEGERS_IN_A_BLOCK = 1200
PLACES_IN_A_ROW = 60
WORTHLESS = 1e-9
WHOLE = 1e-6
NODES = 1
SECONDS_AT_MOST = 10.0

IntArray = NDArray[np.int64]


def block_of_columns(problem: Problem, relaxed: LinearSolution) -> IntArray:
    """(n,) the block that each column belongs to, -1 for none: places that much money joins in the relaxation.

    What a row's columns of two places are worth at its dual joins them, the dearest first, while a block has few integers. A
    column without a place joins the block that its rows have.
    """
    placed = np.isfinite(problem.place_xy).all(axis=1)
    block = np.full(problem.column_count, -1, dtype=np.int64)
    if not placed.any():
        return block
    places, place = np.unique(problem.place_xy[placed], axis=0, return_inverse=True)
    of_column = np.full(problem.column_count, -1, dtype=np.int64)
    of_column[placed] = place.ravel()
    integers = np.bincount(place.ravel(), weights=problem.integer[placed].astype(np.float64), minlength=len(places))
    entries = problem.matrix.tocoo()
    block[placed] = _joined(_bonds(problem, relaxed, entries, of_column, len(places)), integers)[of_column[placed]]
    return spread_to_columns(problem, block)


def _bonds(
    problem: Problem, relaxed: LinearSolution, entries: sparse.coo_array, place: IntArray, places: int
) -> list[tuple[int, int]]:
    """Pairs of places, the dearest first: in each row the place with most of its money, and each other one."""
    worth = np.abs(relaxed.row_duals)[entries.row] * np.abs(entries.data * relaxed.values[entries.col])
    counted = (place[entries.col] >= 0) & (worth > WORTHLESS)
    where = entries.row[counted], place[entries.col[counted]]
    by_place = sparse.coo_array((worth[counted], where), shape=(problem.row_count, places)).tocsr()
    found: dict[tuple[int, int], float] = {}
    for row in np.flatnonzero((np.diff(by_place.indptr) > 1) & (np.diff(by_place.indptr) <= PLACES_IN_A_ROW)):
        own = slice(by_place.indptr[row], by_place.indptr[row + 1])
        members, money = by_place.indices[own], by_place.data[own]
        most = int(members[money.argmax()])
        for member, value in zip(members.tolist(), money.tolist(), strict=True):
            if member != most:
                pair = (min(most, member), max(most, member))
                found[pair] = found.get(pair, 0.0) + value
    return sorted(found, key=lambda pair: (-found[pair], pair))


def _joined(pairs: list[tuple[int, int]], integers: NDArray[Any]) -> IntArray:
    """(places,) a block for each, the pairs joined in their order."""
    above, size = list(range(len(integers))), integers.tolist()

    def root(place: int) -> int:
        while above[place] != place:
            above[place] = above[above[place]]
            place = above[place]
        return place

    for one, other in pairs:
        first, second = root(one), root(other)
        if first != second and size[first] + size[second] <= INTEGERS_IN_A_BLOCK:
            above[second] = first
            size[first] += size[second]
    return np.unique([root(place) for place in range(len(integers))], return_inverse=True)[1].ravel()


def _blocks_of_rows(problem: Problem, entries: sparse.coo_array, block: IntArray) -> tuple[IntArray, IntArray]:
    """(m,) the first and the last block among each row's columns; unlike where there is none."""
    first = np.full(problem.row_count, np.iinfo(np.int64).max)
    last = np.full(problem.row_count, -1)
    np.minimum.at(first, entries.row, block[entries.col])
    np.maximum.at(last, entries.row, block[entries.col])
    return first, last


class Blocks:
    """A problem in blocks, at the duals of its relaxation. `cut_short`: the clock ended one of those that were solved."""

    def __init__(self, problem: Problem, lower: FloatArray, upper: FloatArray, relaxed: LinearSolution) -> None:
        self._problem, self._relaxed = problem, relaxed
        self._lower, self._upper = implied_limits(problem, lower, upper)
        self._block = block_of_columns(problem, relaxed)
        entries = problem.matrix.tocoo()
        first, last = _blocks_of_rows(problem, entries, self._block)
        self._row_block = np.where((first == last) & (first >= 0), first, -1)
        duals = mended_duals(problem, relaxed.row_duals)
        self._by_row, self._by_column = lagrangian_parts(problem, self._lower, self._upper, duals)
        self._priced = reduced_costs(problem, np.where(self._row_block < 0, duals, 0.0))
        self._by_rows_matrix = sparse.csr_array(problem.matrix)
        self.cut_short = False
        self.relaxed_bound = float(self._by_row.sum() + self._by_column.sum()) + problem.objective_constant

    @property
    def count(self) -> int:
        """How many blocks there are."""
        return int(self._block.max(initial=-1)) + 1

    @property
    def share_of_rows_that_cross(self) -> float:
        """How many of all rows lie in no single part, and are priced."""
        return float((self._row_block < 0).mean())

    def gains(self, effort: Effort, should_stop: Callable[[], bool], beside: SideBySide) -> Iterator[float]:
        """What each block that the relaxation leaves broken adds to `relaxed_bound`, the most broken first."""
        part = np.abs(self._relaxed.values - np.round(self._relaxed.values)) * self._problem.integer
        broken = np.bincount(self._block + 1, weights=np.where(part > WHOLE, part, 0.0), minlength=self.count + 1)[1:]
        order = np.argsort(-broken, kind="stable")
        for gain in beside.in_order(self._solve(int(block), effort, should_stop) for block in order[broken[order] > 0]):
            yield gain
            if should_stop():
                return

    def _solve(self, block: int, effort: Effort, should_stop: Callable[[], bool]) -> Portable[float]:
        columns, rows = np.flatnonzero(self._block == block), np.flatnonzero(self._row_block == block)
        whole = self._problem
        problem = plain_problem(
            sparse.csc_array(self._by_rows_matrix[rows][:, columns]),
            (whole.row_lower[rows], whole.row_upper[rows]),
            (self._lower[columns], self._upper[columns]),
            whole.integer[columns],
            self._priced[columns],
        )
        effort = replace(effort, seconds=min(effort.seconds, SECONDS_AT_MOST), nodes=NODES)
        relaxed = float(self._by_row[rows].sum() + self._by_column[columns].sum())

        def meaning(answer: IntegerSolution) -> float:
            self.cut_short |= answer.status == "clock"
            return max(answer.bound - relaxed, 0.0)

        return Portable(Piece(problem, effort, bound_alone=True), meaning, should_stop)
