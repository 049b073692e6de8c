"""A whole network at once where neighbourhoods would have to build it piece by piece: rounding what the relaxation builds.

Structural columns are rounded up in rounds, at each place the one that the relaxation wants most, and the relaxation is solved
again in between; what it does not touch at all stays closed, so that each round is quick. Where a part of the places is still
open, one integer problem chooses among what the last relaxation uses (relaxation enforced neighbourhood search: Berthold 2014),
structure that is whole kept: at each place rounded up money is gone that others would use better.
"""

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from optimization.solving.engine import solve_integer, solve_linear
from optimization.solving.engine_answers import IntegerSolution, LinearSolution
from optimization.solving.problem import BoolArray, FloatArray
from optimization.solving.steps_search import Search, why_stopped

SUPPORT = 0.02
ROUNDED_UP = 0.95
SHARE_OF_PLACES = 0.1
WHOLE = 1e-4
LEFT_TO_BRANCHING = 0.6
ROUNDS = 40
SHARE_OF_TIME = 0.35
USED = 1e-6
FINISH_SHARE_OF_TIME = 0.3
FINISH_NODES = 20
FINISH_GAP = 0.01


def dive(search: Search, relaxed: LinearSolution) -> None:
    """Leaves a plan with a network in `search`, if one is found that beats the present plan."""
    if not search.problem.structural.any() or search.best_values is None:
        return
    with search.phase("guided", "rounding what the relaxation builds") as notes:
        rounds = _Rounds(search, relaxed.values)
        rounds.round_up()
        search.working_on = "choosing among what is left of the relaxation"
        answer = rounds.finish(search.best_values)
        if answer.values is not None:
            search.offer(answer.values)
        search.settle()
        notes.nodes, notes.stopped_by = answer.nodes, why_stopped(answer.status, search)
        notes.message = f"{rounds.count} rounds"


class _Rounds:
    """The limits that the rounds have left, and the relaxation within them."""

    def __init__(self, search: Search, values: FloatArray) -> None:
        problem = search.problem
        self.search, self.values = search, values
        self.lower = search.lower.copy()
        self.upper = np.where(problem.structural & (values < SUPPORT), search.lower, search.upper)
        self.structure: BoolArray = problem.structural & problem.integer
        self.place = _places(problem.place_xy)
        self.count = 0
        self._until = search.elapsed + SHARE_OF_TIME * search.limits.time_seconds

    def round_up(self) -> None:
        """Round after round, until a part of the places is left. One that leaves no solution is taken back, and halved."""
        enough = LEFT_TO_BRANCHING * len(self._most_wanted())
        while self.count < ROUNDS and not self.search.over() and self.search.elapsed < self._until:
            wanted = self._most_wanted()
            if len(wanted) <= enough:
                return
            share = self.values[wanted] - np.floor(self.values[wanted])
            count = max(int((share > ROUNDED_UP).sum()), int(SHARE_OF_PLACES * len(wanted)), 1)
            while count and not self._try(wanted[:count]):
                count //= 2
            if not count:
                self.upper[wanted[0]] = np.floor(self.values[wanted[0]])
            self.count += 1
        if self.search.elapsed >= self._until:
            self.search.reproducible = False

    def finish(self, known: FloatArray) -> IntegerSolution:
        """The integer problem over what the last relaxation or the known plan uses, with the structure that is whole kept."""
        search, integer = self.search, self.search.problem.integer
        whole = self.structure & (np.abs(self.values - np.round(self.values)) < WHOLE)
        unused = integer & ~self.structure & (self.values < USED) & (known < 0.5)
        lower = np.where(whole, np.round(self.values), self.lower)
        upper = np.where(whole, np.round(self.values), np.where(unused, search.lower, self.upper))
        effort = search.effort(FINISH_SHARE_OF_TIME * search.limits.time_seconds, nodes=FINISH_NODES)
        effort = replace(effort, relative_gap=FINISH_GAP, absolute_gap=0.0)
        return solve_integer(search.problem, lower, upper, effort, search.watch(False))

    def _most_wanted(self) -> NDArray[np.intp]:
        """At each place the structural column that is most nearly built, the most nearly built first."""
        share = self.values - np.floor(self.values + WHOLE)
        open_ = self.structure & (share > WHOLE) & (share < 1 - WHOLE) & (self.upper > self.lower)
        columns = np.flatnonzero(open_)
        columns = columns[np.argsort(-share[columns], kind="stable")]
        first = np.unique(self.place[columns], return_index=True)[1]
        return columns[np.sort(first)]

    def _try(self, columns: NDArray[np.intp]) -> bool:
        lower = self.lower.copy()
        built = self.structure & (self.values > 1 - WHOLE) & (self.upper > self.lower)
        lower[built] = np.round(self.values[built])
        lower[columns] = np.ceil(self.values[columns] - WHOLE)
        answer = solve_linear(self.search.problem, lower, self.upper, self.search.effort(self.search.remaining))
        if answer.status != "optimal":
            return False
        self.lower, self.values = lower, answer.values
        return True


def _places(place_xy: FloatArray) -> NDArray[Any]:
    """A number for each place; columns without one are places of their own."""
    number = -1 - np.arange(len(place_xy))
    placed = np.isfinite(place_xy).all(axis=1)
    number[placed] = np.unique(place_xy[placed], axis=0, return_inverse=True)[1].ravel()
    return number
