"""An LP that mixes whole choices of each part of the map instead of fractions of its columns (Dantzig and Wolfe 1960).

What a part may do is a list of whole choices, which grows: at the prices of what joins the parts each part makes its best choice,
and the LP over all choices so far gives the next prices. For any prices, what the parts' best choices cost there together with
what the joining rows cost is a bound of the whole (Geoffrion 1974), higher than the relaxation's where a village mixes half a
pipe with half a well. Prices move no further from the best ones so far than a share of them, or else
they swing (du Merle et al. 1999).
"""

from dataclasses import dataclass
from functools import partial

import numpy as np
from scipy import sparse

from optimization.solving.engine import solve_integer
from optimization.solving.engine_answers import Effort, IntegerSolution, LinearSolution, Watch
from optimization.solving.engine_kept import KeptRelaxation
from optimization.solving.lagrangian import mended_duals, reduced_costs
from optimization.solving.master_lp import MasterLp
from optimization.solving.parts import IntArray, Parts
from optimization.solving.problem import BoolArray, FloatArray, Problem, is_whole
from optimization.solving.steps_search import Search

FIRST_SHARE = 0.1
"""How far prices may move, as a share of each; halved where they bring no better bound."""
LEAST_SHARE = 0.01
CHOSEN = 1e-9
PART_SECONDS = 5.0
PART_NODES = 100
PART_GAP = 1e-4


@dataclass(frozen=True)
class _Part:
    columns: IntArray
    problem: Problem
    relaxation: KeptRelaxation
    joining: sparse.csr_array  # rows that join parts × its columns


class Master:
    """Whole choices of each place, and the prices that fit them.

    `bound` is the best so far, from `prices` (m, 0 but in `joining`, the numbers of rows that join parts).
    `values` (n) is the LP's mix of choices.
    """

    def __init__(self, search: Search, relaxed: LinearSolution) -> None:
        problem = search.problem
        self._search, self._relaxed = search, relaxed
        self._parts = Parts(problem, search.lower, search.upper, relaxed, most_integers=0)
        chosen = np.unique(self._parts.block[problem.integer & (self._parts.block >= 0)])
        self._in_part = np.isin(self._parts.block, chosen)
        self.joining = np.flatnonzero(~np.isin(self._parts.row_block, chosen))
        rows = sparse.csc_array(sparse.csr_array(problem.matrix)[self.joining])
        self._rest = np.flatnonzero(~self._in_part)
        self._of = [self._part(int(part), rows) for part in chosen]
        self.prices = np.zeros(problem.row_count)
        self.prices[self.joining] = mended_duals(problem, relaxed.row_duals)[self.joining]
        self.bound, self.values = -np.inf, relaxed.values
        self._share, self.ended = FIRST_SHARE, False
        self._lp = MasterLp(
            problem.objective[self._rest],
            rows[:, self._rest],
            (problem.row_lower[self.joining], problem.row_upper[self.joining]),
            (problem.column_lower[self._rest], problem.column_upper[self._rest]),
            len(self._of),
        )
        self._next = self.prices

    def _part(self, part: int, rows: sparse.csc_array) -> _Part:
        columns, _ = self._parts.members(part)
        whole = self._parts.part_problem(part, self._search.problem.objective)
        return _Part(columns, whole, KeptRelaxation(whole), sparse.csr_array(rows[:, columns]))

    @property
    def moves_least(self) -> bool:
        """Whether prices move by so little a share of themselves that it is halved no more."""
        return self._share <= LEAST_SHARE

    @property
    def count(self) -> int:
        """How many parts there are."""
        return len(self._of)

    def know(self, plan: FloatArray) -> None:
        """What each part does in a plan (n) is one of its choices. At least one plan must be known."""
        for number in range(self.count):
            self._add(number, plan[self._of[number].columns])

    def step(self) -> bool:
        """Each part's best choice at the next prices, then the LP; says whether the bound rose. No if it was cancelled.

        `ended` is set where the LP could not be solved in the time that is left.
        """
        prices = self._next
        cost = reduced_costs(self._search.problem, prices)
        answers = self._search.beside.in_order(partial(self._best, part, cost[part.columns]) for part in self._of)
        bound = self._outside(prices, cost)
        for number, answer in enumerate(answers):
            if self._search.cancelled.is_set():
                return False
            # A part of a problem with a plan has a choice: that it has none is what tolerances make of it, and proves nothing.
            bound += answer.bound if np.isfinite(answer.bound) else -np.inf
            self._search.reproducible &= answer.status != "clock"
            if answer.values is not None:
                self._add(number, answer.values)
        rose = bound > self.bound
        if rose:
            self.bound, self.prices = bound, prices
        else:
            self._share = max(0.5 * self._share, LEAST_SHARE)
        self._solve()
        return rose

    def worth_it(self, within: float) -> BoolArray:
        """(n) what choices have that cost the LP at most `within` more than those it mixes."""
        used = np.zeros(self._search.problem.column_count, dtype=np.bool_)
        for (number, choice), cost in zip(self._lp.choices, self._lp.reduced_costs, strict=False):
            if cost <= within:
                used[self._of[number].columns] |= choice > 0.5
        return used | (self.values > CHOSEN)

    def cheap(self, within: float) -> BoolArray:
        """(n) what costs a place that takes it at most `within` more at the best prices, by the place's relaxation."""
        cost = reduced_costs(self._search.problem, self.prices)
        cheap = np.zeros(self._search.problem.column_count, dtype=np.bool_)
        for part in self._of:
            cheap[part.columns] = part.relaxation.reduced_costs(cost[part.columns]) <= within
        return cheap

    def as_relaxation(self) -> LinearSolution:
        """The LP's mix and the best prices in place of the relaxation's, for whoever looks for where a plan loses."""
        problem = self._search.problem
        duals = np.where(np.isin(np.arange(problem.row_count), self.joining), self.prices, self._relaxed.row_duals)
        cost = reduced_costs(problem, mended_duals(problem, duals))
        return LinearSolution("optimal", self.values, self.bound, self.bound, duals, cost, 0)

    def _best(self, part: _Part, cost: FloatArray) -> IntegerSolution:
        problem = part.problem
        relaxed = part.relaxation.solve(cost)
        if relaxed is not None and is_whole(relaxed[0][problem.integer]):
            return IntegerSolution("optimal", relaxed[0], relaxed[1], 0)
        priced = Problem(**{**vars(problem), "objective": cost})
        effort = Effort(PART_SECONDS, relative_gap=PART_GAP, nodes=PART_NODES, seed=self._search.limits.seed, small=True)
        watch = Watch(lambda _: None, lambda _: None, self._search.cancelled.is_set)
        return solve_integer(priced, problem.column_lower, problem.column_upper, effort, watch)

    def _outside(self, prices: FloatArray, cost: FloatArray) -> float:
        """What the rows that join parts cost, and at the least the columns in no part."""
        problem, rest = self._search.problem, self._rest
        limit = np.where(prices > 0, problem.row_lower, problem.row_upper)
        cheaper = np.where(cost > 0, self._parts.lower, self._parts.upper)[rest]
        paid, asked = prices != 0, cost[rest] != 0
        rows = float(prices[paid] @ limit[paid])
        return problem.objective_constant + rows + float(cost[rest][asked] @ cheaper[asked])

    def _add(self, number: int, choice: FloatArray) -> None:
        part = self._of[number]
        cost = float(self._search.problem.objective[part.columns] @ choice)
        self._lp.add(number, choice, cost, part.joining @ choice)

    def _solve(self) -> None:
        prices = self.prices[self.joining]
        solved = self._lp.solve(prices, self._share * np.abs(prices), max(self._search.remaining, 0.05))
        if solved is None:
            self.ended = True
            return
        found, rest, weights = solved
        self._next = np.zeros(len(self.prices))
        self._next[self.joining] = found
        self._next = mended_duals(self._search.problem, self._next)
        values = np.zeros(self._search.problem.column_count)
        values[self._rest] = rest
        for (number, choice), weight in zip(self._lp.choices, weights, strict=True):
            if weight > CHOSEN:
                values[self._of[number].columns] += weight * choice
        self.values = values
