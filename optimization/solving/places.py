"""Which columns belong to which places, where a column has no place of its own."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from optimization.solving.problem import Problem

Numbers = NDArray[np.int_]

MANY_PLACES = 200
"""A row over more places than that tells nothing of where its columns are."""


def shares_of_places(problem: Problem, place_of: Numbers, place_count: int) -> sparse.csr_array:
    """How much of each column (n) belongs to each place, as n × `place_count`; what belongs to none has an empty row.

    `place_of` (n) is the number of a column's place, -1 for none. A column without one belongs to the one place that its rows
    have, or is shared by all that stand in a row with it: what a district misses belongs to its villages.
    """
    matrix = problem.matrix.tocoo()
    place_of = spread_to_columns(problem, place_of)
    placed = place_of >= 0
    at = placed[matrix.col]
    in_row = _ones(matrix.row[at], place_of[matrix.col[at]], (problem.row_count, place_count))
    in_row = sparse.csr_array(sparse.diags_array((np.diff(in_row.indptr) <= MANY_PLACES).astype(float)) @ in_row)
    in_row.eliminate_zeros()
    of_column = _ones(matrix.col[~at], matrix.row[~at], (problem.column_count, problem.row_count))
    shared = sparse.csr_array(of_column @ in_row)
    shared.data[:] = 1.0
    among = np.maximum(np.diff(shared.indptr), 1)
    own = _ones(np.flatnonzero(placed), place_of[placed], shared.shape)
    return sparse.csr_array(sparse.diags_array(1.0 / among) @ shared + own)


def spread_to_columns(problem: Problem, group_of: Numbers) -> Numbers:
    """`group_of` (n, -1 for none), in which a column without a group has that of all others in its rows, if that is one.

    Rows with several groups are left out; a column that is in no row of one group, or in rows of several, stays without.
    """
    matrix = problem.matrix.tocoo()
    group_of = group_of.copy()
    most = int(group_of.max(initial=-1)) + 1
    while True:
        known = group_of[matrix.col]
        low, high = _range(matrix.row, known, known >= 0, problem.row_count, most)
        single = low == high
        asked = single[matrix.row] & (known < 0)
        low, high = _range(matrix.col, low[matrix.row], asked, problem.column_count, most)
        new = low == high
        if not new.any():
            return group_of
        group_of[new] = low[new]


def _range(at: Any, value: Any, counts: Any, size: int, most: int) -> tuple[Numbers, Numbers]:
    """The lowest and the highest value at each of `size` places; `most` and -1 where there is none."""
    low, high = np.full(size, most), np.full(size, -1)
    np.minimum.at(low, at[counts], value[counts])
    np.maximum.at(high, at[counts], value[counts])
    return low, high


def _ones(rows: Any, columns: Any, shape: tuple[int, ...]) -> sparse.csr_array:
    """1 at each of the places given, however often it is."""
    matrix = sparse.csr_array(sparse.coo_array((np.ones(len(rows)), (rows, columns)), shape=shape))
    matrix.data[:] = 1.0
    return matrix
