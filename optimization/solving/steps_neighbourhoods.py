"""Better plans by freeing a neighbourhood at a time: the integers of nearby places, with what is continuous around them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from optimization.solving.engine_answers import Effort, EngineStatus, IntegerSolution
from optimization.solving.pieces import Piece
from optimization.solving.places import shares_of_places, spread_to_columns
from optimization.solving.problem import BoolArray, FloatArray
from optimization.solving.shared_out import Portable
from optimization.solving.slices import slice_of
from optimization.solving.steps_guide import Guide
from optimization.solving.steps_search import Search

AT_ONCE_AT_LEAST = 2
AT_ONCE_AT_MOST = 16
PLACES_FOR_EACH = 150
"""Neighbourhoods freed of the same plan follow from the number of places alone, so that any number of threads and workers comes
to the same. Measured with 500 and 1,000 villages: 6 or 8 gain as much for their time as 2."""
SECONDS_AT_MOST = 6.0
NODES = 60
COARSE_GAP, FINE_GAP = 0.002, 0.0004
"""Of the whole objective. Coarse ones are done sooner; near the end what they leave is more than what they gain."""
FIRST_SIZE = 24
SMALLEST_SIZE = 6
LARGEST_SIZE = 72
MOVING = 3
"""Times as many places as are freed may move water: with all of them HiGHS takes half as long again to the same plan."""
FRUITLESS_BEFORE_GROWING = 10
GROWTH = 1.5
TABU_STEPS = 20
STEPS_OF_REST = 8
SMALLEST_GAIN = 1e-7


def at_once(places: int) -> int:
    """How many neighbourhoods are freed of the same plan where there are so many places."""
    return min(max(places // PLACES_FOR_EACH, AT_ONCE_AT_LEAST), AT_ONCE_AT_MOST)


@dataclass(frozen=True)
class Freed:
    """A neighbourhood of so many `places` around a `centre`: the columns (yes/no each) whose whole values may change in it, and
    the continuous ones that may."""

    integers: BoolArray
    moving: BoolArray
    centre: int
    places: int


class Neighbourhoods:
    """Chooses which places to free next: around where the plan pays most over the relaxation's prices, at times by chance.

    Every third neighbourhood joins two discs, so that money or water can move between them. `values` and `reduced_costs` are the
    relaxation's, a figure a column.
    """

    def __init__(self, search: Search, values: FloatArray, reduced_costs: FloatArray) -> None:
        # Half as long to load as all else of the solver's process, and most problems end before a neighbourhood is freed.
        from scipy.spatial import KDTree

        problem = search.problem
        placed = problem.integer & np.isfinite(problem.place_xy).all(axis=1)
        self.columns = np.flatnonzero(placed)
        places, place_of_column = np.unique(problem.place_xy[self.columns], axis=0, return_inverse=True)
        self.place_of_column = place_of_column.ravel()
        self.place_count = len(places)
        self._tree = KDTree(places)
        self._places = places
        self._values, self._reduced_costs = values, reduced_costs
        place_of = np.full(problem.column_count, -1)
        place_of[self.columns] = self.place_of_column
        self._place_of = spread_to_columns(problem, place_of)
        self._continuous = ~problem.integer
        self._share = shares_of_places(problem, self._place_of, self.place_count)
        self._random = np.random.default_rng(search.limits.seed)
        self._unplaced_integers = problem.integer & ~placed
        self._tabu_until = np.zeros(self.place_count)
        self.step = 0

    def choose(self, plan: FloatArray, size: int, count: int) -> list[Freed]:
        """About `size` places each, `count` times, no place twice."""
        taken = np.zeros(self.place_count, dtype=np.bool_)
        chosen = [self._choose(plan, size, taken)]
        while len(chosen) < count and (~taken).sum() >= size:
            chosen.append(self._choose(plan, size, taken))
        return chosen

    def _choose(self, plan: FloatArray, size: int, taken: BoolArray) -> Freed:
        """One of them, and its places marked as `taken`."""
        weight = (self._overpaid_around(plan, size) * (self._tabu_until <= self.step) + 1e-9) * ~taken
        centre = int(weight.argmax()) if self.step % 2 == 0 else self._draw(weight)
        if self.step % 3 == 2:
            chosen = np.concatenate([self._disc(centre, size // 2), self._disc(self._draw(weight), size // 2)])
        else:
            chosen = self._disc(centre, size)
        open_place = np.zeros(self.place_count, dtype=np.bool_)
        open_place[chosen] = True
        open_place &= ~taken
        taken |= open_place
        free = self._unplaced_integers.copy()
        free[self.columns[open_place[self.place_of_column]]] = True
        self.step += 1
        self._rest(centre, STEPS_OF_REST)
        return Freed(free, self._moving(open_place), centre, int(open_place.sum()))

    def _moving(self, open_place: BoolArray) -> BoolArray:
        """(n) what is continuous and belongs to no place or to one near those that are open."""
        from scipy.spatial import KDTree

        near = np.ones(self.place_count + 1, dtype=np.bool_)  # the last for no place, which is -1
        distance = KDTree(self._places[open_place]).query(self._places)[0]
        near[np.argsort(distance, kind="stable")[MOVING * int(open_place.sum()) :]] = False
        return self._continuous & near[self._place_of]

    def _overpaid_around(self, plan: FloatArray, size: int) -> FloatArray:
        """What the plan pays over the relaxation's prices in the disc around each place (Geoffrion 1974: Σ r·(x - x̂))."""
        overpaid = np.maximum(self._reduced_costs * (plan - self._values), 0.0)
        by_place = np.asarray(self._share.T @ overpaid)
        near = self._tree.query(self._places, k=min(max(size, 1), self.place_count))[1]
        return np.asarray(by_place[near].reshape(self.place_count, -1).sum(axis=1))

    def leave_alone(self, centre: int) -> None:
        """The nearest places were tried in vain: not to be a centre for a while."""
        self._rest(centre, TABU_STEPS)

    def _rest(self, centre: int, steps: int) -> None:
        self._tabu_until[self._disc(centre, 4)] = self.step + steps

    def forget_failures(self) -> None:
        self._tabu_until[:] = 0

    def _draw(self, weight: np.ndarray[Any, np.dtype[np.floating[Any]]]) -> int:
        return int(self._random.choice(self.place_count, p=weight / weight.sum()))

    def _disc(self, centre: int, size: int) -> np.ndarray[Any, np.dtype[np.intp]]:
        return np.atleast_1d(self._tree.query(self._places[centre], k=min(max(size, 1), self.place_count))[1])


class Improver:
    """Frees one neighbourhood after another.

    At first of each only what is cheap or the plan uses, so that HiGHS is done with a large one (relaxation induced
    neighbourhood search: Danna, Rothberg and Le Pape 2005); once that brings nothing, all of it. The size follows the work: one
    that HiGHS cannot finish within its nodes makes the next ones smaller, a row of fruitless ones makes them larger, until the
    largest bring nothing either.

    At first only what `guide` has as cheap, and coarsely. `fruitless`: how many since the last better plan.
    `used` (yes/no a column): what any of the plans found has, better ones and others.
    """

    def __init__(self, search: Search, guide: Guide) -> None:
        self._search = search
        self._around = Neighbourhoods(search, guide.relaxed.values, guide.relaxed.reduced_costs)
        self._largest = min(LARGEST_SIZE, self._around.place_count)
        self._size = min(FIRST_SIZE, self._around.place_count)
        self.fruitless = 0
        self._fruitless_of_size = 0
        self._cheap = guide.cheap
        self._cheap_alone = bool(self._cheap.any())
        self._relative_gap = COARSE_GAP
        self.gains = 0
        self.nodes = 0
        self.exhausted = self._around.place_count < 2
        self.used = np.zeros(search.problem.column_count, dtype=np.bool_)
        self._places_freed = 0

    @property
    def steps(self) -> int:
        return self._around.step

    @property
    def rounds(self) -> float:
        """How often each place has been freed, on average."""
        return self._places_freed / max(self._around.place_count, 1)

    @property
    def steps_to_see_all(self) -> int:
        """How many neighbourhoods of the present size hold as many places as there are."""
        return -(-self._around.place_count // max(self._size, 1))

    def step(self) -> bool:
        """Frees some neighbourhoods of the best plan, apart from each other; says whether that made it better.

        Raises ValueError where there is no plan.
        """
        search, plan = self._search, self._search.best_values
        if plan is None:
            raise ValueError("there is no plan whose neighbourhoods could be freed")
        chosen = self._around.choose(plan, self._size, at_once(self._around.place_count))
        search.working_on = f"neighbourhood {self.steps} of {self._size} places, {self.gains} better plans"
        began_at = search.best_objective
        answers = search.beside.in_order(self._work(plan, freed) for freed in chosen)
        for freed, answer in zip(chosen, answers, strict=True):
            self._places_freed += freed.places
            before = search.best_objective
            self._take(plan, answer)
            if before - search.best_objective > SMALLEST_GAIN * abs(before):
                self.gains, self.fruitless, self._fruitless_of_size = self.gains + 1, 0, 0
            else:
                self.fruitless += 1
                self._around.leave_alone(freed.centre)
                self._resize(answer.status)
        return search.best_objective < began_at

    def look_closer(self) -> bool:
        """From now on all of each is freed, or else each is solved finely, small ones first; no if both were so already."""
        if self._cheap_alone:
            self._cheap_alone = False
        elif self._relative_gap > FINE_GAP:
            self._relative_gap = FINE_GAP
        else:
            return False
        self._size = min(FIRST_SIZE, self._around.place_count)
        self.fruitless = self._fruitless_of_size = 0
        self._around.forget_failures()
        return True

    def _resize(self, status: EngineStatus) -> None:
        self._fruitless_of_size += 1
        if status in ("clock", "nodes"):
            self._size = max(SMALLEST_SIZE, int(self._size / GROWTH))
        elif self._fruitless_of_size >= FRUITLESS_BEFORE_GROWING:
            if self._size < self._largest:
                self._size = min(int(self._size * GROWTH), self._largest)
            else:
                self.exhausted = not self.look_closer()
            self._fruitless_of_size = 0
            self._around.forget_failures()

    def _work(self, plan: FloatArray, freed: Freed) -> Callable[[], IntegerSolution]:
        search = self._search
        free = freed.integers
        if self._cheap_alone:
            free = free & (self._cheap | (plan > 0.5))
        integer = search.problem.integer
        # Where far columns that stay as they are leave a row to tolerances, everything continuous moves.
        for held in (~(free | freed.moving), integer & ~free):
            lower, upper = np.where(held, plan, search.lower), np.where(held, plan, search.upper)
            part = slice_of(search.problem, lower, upper)
            if part.possible:
                break
        else:
            return lambda: IntegerSolution("infeasible", None, np.inf, 0)
        seconds = max(min(SECONDS_AT_MOST, search.remaining), 0.05)
        effort = Effort(seconds=seconds, relative_gap=self._relative_gap, nodes=NODES, seed=search.limits.seed)
        piece = Piece(part.problem(search.problem, lower, upper), effort, plan[part.columns])
        return Portable(piece, part.expanded, search.cancelled.is_set, lambda: search.remaining)

    def _take(self, plan: FloatArray, answer: IntegerSolution) -> None:
        """Offers what was changed of `plan`, together with what other neighbourhoods of it have changed since."""
        search = self._search
        self.nodes += answer.nodes
        if answer.status == "clock":
            search.reproducible = False
        if answer.values is not None and search.best_values is not None:
            self.used |= (answer.values > 0.5) | (search.best_values > 0.5)
            search.offer(search.best_values + (answer.values - plan))
            search.settle()
