"""Better plans by neighbourhoods, on several ways at first, and by choices among what they have built."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from optimization.solving.engine_answers import LinearSolution
from optimization.solving.steps_choice import choose_among
from optimization.solving.steps_guide import Guide
from optimization.solving.steps_neighbourhoods import Improver
from optimization.solving.steps_search import Search

IMPROVED_GAP = 0.03
IMPROVED_SHARE_OF_TIME = 0.7
ALL_OF_IT = 1.0
"""Where the simplex does not end on the whole, branch and bound would not come to its first cut."""
WORTH_GOING_ON = 0.005
FRUITLESS_IN_A_ROW = 8
ROUNDS_BEFORE_A_CHOICE = 2.0
WAYS = 2
ROUNDS_OF_A_WAY = 1.5


def improve(search: Search, improver: Improver, share: float) -> None:
    """Neighbourhoods alone, while the plan is so far from the bound that the plan must be what is wrong.

    They have at most this `share` of the search's time. Once they bring nothing or have seen all places twice, one choice among
    all that they have built; they go on from there, more closely where they brought little.
    """
    used = improver.used
    while True:
        before = search.best_objective
        improver.fruitless = 0
        with search.phase("improving", "neighbourhood after neighbourhood") as notes:
            steps, gains, nodes = improver.steps, improver.gains, improver.nodes
            _free(improver, lambda: _near(search, share), ROUNDS_BEFORE_A_CHOICE)
            notes.nodes, notes.stopped_by = improver.nodes - nodes, search.over() or "stall"
            notes.message = f"{improver.steps - steps} neighbourhoods, {improver.gains - gains} better plans"
        if _near(search, share) or not used.any():
            break
        with search.phase("improving", "choosing among what the neighbourhoods have built") as notes:
            notes.stopped_by = choose_among(search, used)
        small = before - search.best_objective < WORTH_GOING_ON * abs(before)
        if (small or in_vain(improver)) and not improver.look_closer():
            break


def _free(improver: Improver, enough: Callable[[], bool], rounds: float, tell: Callable[[], None] = lambda: None) -> None:
    """Neighbourhood after neighbourhood, until each place has been freed so often again or they bring nothing."""
    until = improver.rounds + rounds
    while improver.rounds < until and not (enough() or improver.exhausted):
        improver.step()
        tell()
        if in_vain(improver):
            break


def on_several_ways(search: Search, guide: Guide, share: float) -> None:
    """From the present plan on several ways, by other neighbourhoods, and then one choice among all that any of them has built.

    Where one way ends depends on what happened to be freed first, and what two of them have holds a better plan than each.
    """
    start, limits = search.best_values, search.limits
    if start is None or _near(search, share):
        return
    used = np.zeros(search.problem.column_count, dtype=np.bool_)
    with search.phase("improving", "neighbourhoods from the same plan on several ways") as notes:
        found = []
        for way in range(WAYS):
            inner = search.inner(search.problem, replace(limits, seed=limits.seed + way))
            inner.offer(start)
            inner.raise_bound(search.bound)
            improver = Improver(inner, guide)

            def tell(inner: Search = inner, way: int = way) -> None:
                search.working_on = f"{inner.working_on}, way {way + 1} of {WAYS}"
                if inner.best_values is not None:
                    search.offer(inner.best_values)

            def enough(inner: Search = inner) -> bool:
                return _near(inner, share) or _near(search, share)

            _free(improver, enough, ROUNDS_OF_A_WAY, tell)
            search.reproducible &= inner.reproducible
            notes.nodes += improver.nodes
            used |= improver.used
            found.append(f"{inner.best_objective:.6g}")
        notes.stopped_by = search.over() or "stall"
        notes.message = ", ".join(found)
    if not _near(search, share) and used.any():
        with search.phase("improving", "choosing among what the ways have built") as notes:
            notes.stopped_by = choose_among(search, used)


def in_vain(improver: Improver) -> bool:
    """Whether all places have been freed since the last better plan."""
    return improver.fruitless >= max(FRUITLESS_IN_A_ROW, improver.steps_to_see_all)


def share_of_time(relaxed: LinearSolution) -> float:
    """How much of its time a search with this relaxation may give to better plans before it turns to the bound."""
    return ALL_OF_IT if relaxed.basis is None else IMPROVED_SHARE_OF_TIME


def _near(search: Search, share: float) -> bool:
    """Whether a better bound may be as much worth as a better plan."""
    near = search.gap <= IMPROVED_GAP * abs(search.best_objective)
    return near or search.over() is not None or search.elapsed > share * search.limits.time_seconds
