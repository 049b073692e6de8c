"""Several problems in one: a block for each branch, in which decisions that are the same one share a column.

Matrices, limits and numbers of columns, without any knowledge of what they mean.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from optimization.algebra.sets import Integers
from optimization.member_tree.decided import Decided
from optimization.solving.problem import FloatArray, Problem

_SEED = 20


@dataclass(frozen=True)
class Joined:
    """The whole problem; `place[b]` (columns of branch b,) says where each column of a branch is in it, `chance` (branches,)
    how probable each is."""

    problem: Problem
    place: tuple[NDArray[np.int64], ...]
    chance: FloatArray

    def mean_of(self, coefficients: Sequence[FloatArray]) -> FloatArray:
        """Σ chance · coefficients of the branches, over the columns of the whole."""
        mean = np.zeros(self.problem.column_count)
        for own, share, part in zip(self.place, self.chance, coefficients, strict=True):
            np.add.at(mean, own, share * part)
        return mean

    def of_branch(self, values: FloatArray, branch: int) -> FloatArray:
        """What a solution of the whole is in the columns of one branch."""
        return values[self.place[branch]]


def joined(problems: Sequence[Problem], decisions: Sequence[Decided], known_from: Sequence[int], chance: FloatArray) -> Joined:
    """Minimises Σ chance · objective of the branches.

    Branch b is told apart from stage `known_from[b]` on: what is decided before is one column with the same decision of every
    other branch that is not told apart either. A shared column keeps the narrower limits; rows that become the same stand once.
    """
    place = _places(decisions, known_from)
    count = 1 + max(int(own.max(initial=-1)) for own in place)
    blocks = [
        problem.matrix @ sparse.csc_array((np.ones(len(own)), (np.arange(len(own)), own)), shape=(len(own), count))
        for problem, own in zip(problems, place, strict=True)
    ]
    matrix = sparse.csr_array(sparse.vstack(blocks, format="csr"))
    lower, upper = np.full(count, -np.inf), np.full(count, np.inf)
    integer, structural, joining = (np.zeros(count, bool) for _ in range(3))
    objective, xy, start = np.zeros(count), np.full((count, 2), np.nan), np.zeros(count)
    for problem, own, share in zip(problems, place, chance, strict=True):
        np.maximum.at(lower, own, problem.column_lower)
        np.minimum.at(upper, own, problem.column_upper)
        integer[own] |= problem.integer
        structural[own] |= problem.structural
        joining[own] |= problem.joining
        np.add.at(objective, own, share * problem.objective)
        xy[own] = problem.place_xy
        if problem.start is not None:
            start[own] = problem.start
    row_lower, row_upper, elastic = (
        np.concatenate([getattr(problem, name) for problem in problems]) for name in ("row_lower", "row_upper", "elastic")
    )
    once = _once(matrix, row_lower, row_upper)
    whole = Problem(
        matrix=sparse.csc_array(matrix[once]),
        row_lower=row_lower[once],
        row_upper=row_upper[once],
        column_lower=lower,
        column_upper=upper,
        integer=integer,
        objective=objective,
        objective_constant=float(chance @ [problem.objective_constant for problem in problems]),
        structural=structural,
        place_xy=xy,
        start=start if all(problem.start is not None for problem in problems) else None,
        elastic=elastic[once],
        joining=joining,
    )
    return Joined(whole, place, chance)


def _places(decisions: Sequence[Decided], known_from: Sequence[int]) -> tuple[NDArray[np.int64], ...]:
    """Where the columns of each branch go: to a column that an earlier branch made for the same decision, or to their own."""
    made = np.full(1 + max(int(own.key.max(initial=-1)) for own in decisions), -1, dtype=np.int64)
    places, count = [], 0
    for own, begin in zip(decisions, known_from, strict=True):
        common = np.flatnonzero((own.stage >= 0) & (own.stage < begin))
        place = np.full(len(own.stage), -1, dtype=np.int64)
        place[common] = made[own.key[common]]
        new = np.flatnonzero(place < 0)
        place[new] = count + np.arange(len(new))
        count += len(new)
        made[own.key[common]] = place[common]
        places.append(place)
    return tuple(places)


def _once(matrix: sparse.csr_array, lower: FloatArray, upper: FloatArray) -> Integers:
    """The first of all rows that are the same. Rows with the same two random sums are compared entry by entry."""
    draw = np.random.default_rng(_SEED)
    sums = np.stack([matrix @ draw.random(matrix.shape[1]) for _ in range(2)] + [lower, upper], axis=1)
    _, first, alike = np.unique(sums, axis=0, return_index=True, return_inverse=True)
    first_of = first[alike.ravel()]
    later = np.flatnonzero(first_of != np.arange(len(first_of)))
    apart = np.abs(matrix[later] - matrix[first_of[later]]).max(axis=1).toarray().ravel() if len(later) else np.zeros(0)
    kept = np.ones(len(first_of), bool)
    kept[later[apart == 0]] = False
    return np.flatnonzero(kept).astype(np.int32)
