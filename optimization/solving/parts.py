"""A problem cut into parts of the map: whose columns and rows lie in one part alone, and which rows join several."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from optimization.solving.engine_answers import LinearSolution
from optimization.solving.lagrangian import implied_limits
from optimization.solving.places import spread_to_columns
from optimization.solving.problem import FloatArray, Problem, plain_problem

PLACES_IN_A_ROW = 60
WORTHLESS = 1e-9

IntArray = NDArray[np.int64]


def block_of_columns(problem: Problem, relaxed: LinearSolution, most_integers: int) -> IntArray:
    """(n,) the block that each column belongs to, -1 for none: places that much money joins in the relaxation.

    What a row's columns of two places are worth at its dual joins them, the dearest first, while a block has at most so many
    integers; a place alone may have more. A column without a place joins the block that its rows have.
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
    block[placed] = _joined(_bonds(problem, relaxed, entries, of_column, len(places)), integers, most_integers)[of_column[placed]]
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


def _joined(pairs: list[tuple[int, int]], integers: NDArray[Any], most: int) -> IntArray:
    """(places,) a block for each, the pairs joined in their order."""
    above, size = list(range(len(integers))), integers.tolist()

    def root(place: int) -> int:
        while above[place] != place:
            above[place] = above[above[place]]
            place = above[place]
        return place

    for one, other in pairs:
        first, second = root(one), root(other)
        if first != second and size[first] + size[second] <= most:
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


class Parts:
    """The parts of a problem. `block` (n) and `row_block` (m) name the part of each column and row, -1 for none.

    `lower` and `upper` (n) are the limits of columns, with those that the rows imply where there were none.
    """

    def __init__(
        self, problem: Problem, lower: FloatArray, upper: FloatArray, relaxed: LinearSolution, most_integers: int
    ) -> None:
        self.problem = problem
        self.lower, self.upper = implied_limits(problem, lower, upper)
        self.block = block_of_columns(problem, relaxed, most_integers)
        first, last = _blocks_of_rows(problem, problem.matrix.tocoo(), self.block)
        self.row_block = np.where((first == last) & (first >= 0), first, -1)
        self._by_rows = sparse.csr_array(problem.matrix)

    @property
    def count(self) -> int:
        """How many parts there are."""
        return int(self.block.max(initial=-1)) + 1

    def members(self, part: int) -> tuple[IntArray, IntArray]:
        """The numbers of its columns and of its rows."""
        return np.flatnonzero(self.block == part), np.flatnonzero(self.row_block == part)

    def part_problem(self, part: int, prices: FloatArray) -> Problem:
        """The part for itself, its columns at `prices` (n)."""
        columns, rows = self.members(part)
        whole = self.problem
        return plain_problem(
            sparse.csc_array(self._by_rows[rows][:, columns]),
            (whole.row_lower[rows], whole.row_upper[rows]),
            (self.lower[columns], self.upper[columns]),
            whole.integer[columns],
            prices[columns],
        )
