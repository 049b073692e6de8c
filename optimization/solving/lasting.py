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

from optimization.solving.problem import BoolArray, FloatArray, Named, Problem, RowNumbers

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
        good &= np.bincount(by_row.row[~held] // self._stages, minlength=len(rows)) > 0
        number = np.cumsum(good) - 1
        units, share = np.zeros(rows.size, dtype=np.intp), np.ones(rows.size)
        units[place], share[place] = by_row.col[held], -by_row.data[held]
        self._units, self._rows = units.reshape(rows.shape)[good], rows[good]
        sequence, stage = by_row.row // self._stages, by_row.row % self._stages
        chosen = ~held & good[sequence]
        self._heights = _heights(
            number[sequence[chosen]], stage[chosen], by_row.col[chosen], (by_row.data / share[by_row.row])[chosen]
        )
        self._most_heights = int(np.diff(self._heights.first).max(initial=0))
        self._entries = np.searchsorted(self._heights.height, self._heights.first)

    def broken(self, values: FloatArray) -> Named:
        """Rows at most 0 in every whole plan and above 0 at `values` (n)."""
        of = self._heights
        if not len(of.step) or self._stages < 2:
            return Named()
        share = np.zeros((len(of.step), self._stages))
        np.add.at(share, (of.height, of.stage), values[of.column])
        share = _summed_from_above(share, of.first)
        found = [self._broken_at(stage, share, values) for stage in range(1, self._stages)]
        return Named(np.concatenate([one.row for one in found]), np.concatenate([one.stage for one in found]))

    def _broken_at(self, stage: int, share: FloatArray, values: FloatArray) -> Named:
        of = self._heights
        named = share[:, : stage + 1].argmax(axis=1)
        least = np.add.reduceat(of.step * share[np.arange(len(named)), named], of.first[:-1])
        most = np.add.reduceat(of.step, of.first[:-1])
        found = np.flatnonzero(least > values[self._units[:, stage]] + BROKEN * most)
        place = of.first[found, None] + np.arange(self._most_heights)
        inside = place < of.first[found + 1, None]
        told = np.where(inside, named[np.minimum(place, len(named) - 1)], -1)
        return Named(self._rows[found, stage], told.astype(np.int8))

    def meant(self, named: Named) -> tuple[Named, BoolArray]:
        """Those rows of another problem's that can be meant here, and which (k): it is one of ours, of as many heights."""
        sequence, stage = self._place_of(named.row)
        count = np.diff(self._heights.first)[sequence] if len(self._rows) else np.zeros(len(sequence))
        wide = max(self._most_heights, named.stage.shape[1])
        told = np.full((len(sequence), wide), -1, dtype=np.int8)
        told[:, : named.stage.shape[1]] = named.stage
        named_there = (told >= 0) & (told <= stage[:, None])
        fits = np.where(np.arange(wide) < count[:, None], named_there, told == -1).all(axis=1) & (sequence >= 0)
        return Named(named.row[fits], told[fits, : self._most_heights]), fits

    def rows(self, named: Named) -> sparse.csr_array:
        """(k, n) the rows, each at most 0; of this problem, as `broken` and `meant` tell them."""
        of, count = self._heights, len(named.row)
        if not count:
            return sparse.csr_array((0, self._columns))
        sequence, stage = self._place_of(named.row)
        place = np.minimum(of.first[sequence, None] + np.arange(named.stage.shape[1]), len(of.step) - 1)
        counts = of.step[place][..., None] * (named.stage[..., None] == np.arange(self._stages))
        below = np.cumsum(counts, axis=1)  # row × height × stage: what a choice of that stage that takes so much stands for
        entries = self._entries[sequence + 1] - self._entries[sequence]
        row = np.repeat(np.arange(count), entries)
        entry = np.arange(entries.sum()) - np.repeat(np.cumsum(entries) - entries, entries) + self._entries[sequence][row]
        worth = below[row, of.height[entry] - of.first[sequence][row], of.stage[entry]]
        kept = worth > 0
        rows = np.concatenate([row[kept], np.arange(count)])
        columns = np.concatenate([of.column[entry[kept]], self._units[sequence, stage]])
        data = np.concatenate([worth[kept], -np.ones(count)])
        return sparse.csr_array((data, (rows, columns)), shape=(count, self._columns))

    def _place_of(self, rows: RowNumbers) -> tuple[IntArray, IntArray]:
        """The sequence and the stage of each row; -1 for a row of none."""
        ordered = np.argsort(self._rows, axis=None)
        sorted_rows = self._rows.ravel()[ordered]
        if not len(sorted_rows):
            return np.full(len(rows), -1), np.zeros(len(rows), dtype=np.intp)
        at = np.minimum(np.searchsorted(sorted_rows, rows), len(sorted_rows) - 1)
        found = ordered[at]
        return np.where(sorted_rows[at] == rows, found // self._stages, -1), found % self._stages


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
