"""Rows that see what a choice leaves behind: inequalities that whole plans fulfil and mixtures of choices do not.

A sequence of rows says, stage by stage, that what is held is at least what the choice of that stage takes, Σ q·x ≤ u(t), and u
never falls. Of the choices of a stage one is taken. A relaxation that mixes half of a choice of 100 units and half of one of
none, and a stage later three quarters of one of 20, holds 50 in both stages. But unit by unit, the one of height h stands at
stage t if any choice so far took as many. So u(t) ≥ Σ over heights of the largest share, over the stages so far, of choices that
take h or more: here 20 · 3/4 + 80 · 1/2 = 55. For each height one stage may be named; every naming is an inequality, and the one
that names the largest shares is the one that a point breaks most (as in mixing sets: Günlük and Pochet 2001).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from optimization.solving.problem import FloatArray, Problem

IntArray = NDArray[np.intp]
BROKEN = 1e-3
"""Of what a sequence takes at most: what is broken by less is left alone."""


@dataclass(frozen=True)
class _Heights:
    """What choices take as steps of height, sequence by sequence. An entry is a choice in a row."""

    column: IntArray  # of each entry
    stage: IntArray  # of each entry
    height: IntArray  # of each entry, among all heights
    first: IntArray  # the first height of each sequence, and how many there are in all
    step: FloatArray  # of each height over the one before


class Lasting:
    """Inequalities for the sequences of a problem, found where a point of its relaxation breaks them."""

    def __init__(self, problem: Problem) -> None:
        """Takes `problem.lasting` (sequences, stages); sequences whose rows are not of the form above are left out."""
        self._columns = problem.column_count
        rows = problem.lasting
        self._stages = rows.shape[1]
        by_row = sparse.csr_array(problem.matrix)[rows.ravel()].tocoo()
        held = by_row.data < 0
        place = by_row.row[held]
        count = np.bincount(place, minlength=rows.size)
        fits = (count == 1) & (problem.row_upper[rows.ravel()] == 0)
        fits &= np.bincount(by_row.row[~held], ~problem.integer[by_row.col[~held]], rows.size) == 0
        good = fits.reshape(rows.shape).all(axis=1)
        number = np.cumsum(good) - 1
        units, share = np.zeros(rows.size, dtype=np.intp), np.ones(rows.size)
        units[place], share[place] = by_row.col[held], -by_row.data[held]
        self._units = units.reshape(rows.shape)[good]
        sequence, stage = by_row.row // self._stages, by_row.row % self._stages
        chosen = ~held & good[sequence]
        self._heights = _heights(
            number[sequence[chosen]], stage[chosen], by_row.col[chosen], (by_row.data / share[by_row.row])[chosen]
        )

    def broken(self, values: FloatArray) -> sparse.csr_array:
        """(k, n) rows, each at most 0 in every whole plan and above 0 at `values` (n)."""
        of = self._heights
        if not len(of.step) or self._stages < 2:
            return sparse.csr_array((0, self._columns))
        share = np.zeros((len(of.step), self._stages))
        np.add.at(share, (of.height, of.stage), values[of.column])
        share = _summed_from_above(share, of.first)
        rows = [self._broken_at(stage, share, values) for stage in range(1, self._stages)]
        return sparse.csr_array(sparse.vstack(rows, format="csr"))

    def _broken_at(self, stage: int, share: FloatArray, values: FloatArray) -> sparse.csr_array:
        of = self._heights
        named = share[:, : stage + 1].argmax(axis=1)
        least = np.add.reduceat(of.step * share[np.arange(len(named)), named], of.first[:-1])
        most = np.add.reduceat(of.step, of.first[:-1])
        units = self._units[:, stage]
        found = np.flatnonzero(least > values[units] + BROKEN * most)
        place = np.full(len(units), -1)
        place[found] = np.arange(len(found))
        sequence = np.repeat(np.arange(len(units)), np.diff(of.first))
        below = np.cumsum(of.step[:, None] * (named[:, None] == np.arange(self._stages)), axis=0)
        before = np.vstack([np.zeros(self._stages), below])[of.first[:-1]]
        worth = below[of.height, of.stage] - before[sequence[of.height], of.stage]
        own = place[sequence[of.height]]
        kept = (own >= 0) & (worth > 0)
        row = np.concatenate([own[kept], np.arange(len(found))])
        column = np.concatenate([of.column[kept], units[found]])
        data = np.concatenate([worth[kept], -np.ones(len(found))])
        return sparse.csr_array((data, (row, column)), shape=(len(found), self._columns))


def _heights(sequence: IntArray, stage: IntArray, column: IntArray, taken: FloatArray) -> _Heights:
    order = np.lexsort((taken, sequence))
    sequence, stage, column, taken = sequence[order], stage[order], column[order], taken[order]
    starts = np.ones(len(taken), dtype=np.bool_)
    starts[1:] = (sequence[1:] != sequence[:-1]) | (taken[1:] != taken[:-1])
    height = np.cumsum(starts) - 1
    level, owner = taken[starts], sequence[starts]
    begins = np.ones(len(level), dtype=np.bool_)
    begins[1:] = owner[1:] != owner[:-1]
    step = np.diff(level, prepend=0.0)
    step[begins] = level[begins]
    return _Heights(column, stage, height, np.append(np.flatnonzero(begins), len(level)), step)


def _summed_from_above(share: FloatArray, first: IntArray) -> FloatArray:
    """Within each sequence, the sum of each height and all above it."""
    upward = np.cumsum(share[::-1], axis=0)[::-1]
    after = np.vstack([upward, np.zeros(share.shape[1])])[first[1:]]
    return np.asarray(upward - np.repeat(after, np.diff(first), axis=0))
