"""From an earlier plan of a problem much like this one: taken where it holds, mended where it does not.

What the earlier plan and the relaxation agree on is kept, all else is open (relaxation induced neighbourhood search: Danna,
Rothberg and Le Pape 2005).
"""

from dataclasses import replace
from typing import Literal

import numpy as np

from optimization.solving.engine import solve_integer
from optimization.solving.engine_answers import LinearSolution
from optimization.solving.problem import BoolArray, Earlier, FloatArray
from optimization.solving.steps_guide import guide_of
from optimization.solving.steps_neighbourhoods import Improver
from optimization.solving.steps_search import Search

FILLED_NODES = 1
MENDED_NODES = 1
"""The root finds what it finds within 12 seconds; nineteen nodes more took as long again for 0.1 % of the cost."""
MENDED_GAP = 0.01
MENDED_SHARE_OF_TIME = 0.25
ALIKE = 1e-6
NEIGHBOURHOODS = 6
FRUITLESS = 2

Known = Literal["lost", "held", "mended"]


def take_earlier(search: Search, earlier: Earlier) -> None:
    """Offers the earlier plan as it is; what it does not tell is chosen beside it."""
    with search.phase("points only", "filling in the plan to start from") as notes:
        known = search.problem.integer & ~np.isnan(earlier.values)
        told = np.round(np.where(known, earlier.values, 0.0)).astype(np.float64)
        if (told[known] < search.lower[known]).any() or (told[known] > search.upper[known]).any():
            notes.message = "the plan to start from holds no longer: it has what may not be"
            return
        if known.sum() == search.problem.integer.sum():
            taken = search.polish(told)
        else:
            taken = _restricted(search, known, told, FILLED_NODES)
        notes.message = "the plan to start from still holds" if taken else "the plan to start from holds no longer"


def go_on(search: Search, earlier: Earlier, relaxed: LinearSolution) -> Known:
    """Mends the earlier plan if it does not hold, then looks near it, as far as that is needed; says what became of it.

    A plan that held was searched for, unlike what rounding the relaxation would give; one that was mended was so in all but
    what was mended.
    """
    held = search.best_values is not None
    if relaxed.status == "optimal":
        if not (held or search.over()):
            _mend(search, earlier, relaxed)
        if search.best_values is not None and not search.over():
            _improve(search, relaxed)
    if search.best_values is None:
        return "lost"
    return "held" if held else "mended"


def _mend(search: Search, earlier: Earlier, relaxed: LinearSolution) -> None:
    with search.phase("guided", "mending the plan to start from") as notes:
        known = search.problem.integer & ~np.isnan(earlier.values)
        told: FloatArray = np.clip(np.round(np.where(known, earlier.values, 0.0)), search.lower, search.upper)
        alike = known & (told == earlier.values.round()) & (np.abs(relaxed.values - told) < ALIKE)
        mended = _restricted(search, alike, told, MENDED_NODES)
        if not mended and not search.over():
            mended = _restricted(search, alike & (told == search.lower), told, MENDED_NODES)
        notes.message = f"{int((search.problem.integer & ~alike).sum())} integers open{'' if mended else ': not to be mended so'}"
        notes.stopped_by = "gap" if mended else "stall"


def _improve(search: Search, relaxed: LinearSolution) -> None:
    """A few neighbourhoods: what was planned for another policy is often made good by a few."""
    with search.phase("improving", "neighbourhoods of the plan to start from") as notes:
        improver = Improver(search, guide_of(relaxed))
        while improver.fruitless < FRUITLESS and improver.steps < NEIGHBOURHOODS and not (improver.exhausted or search.over()):
            improver.step()
        notes.nodes, notes.stopped_by = improver.nodes, search.over() or "stall"
        notes.message = f"{improver.steps} neighbourhoods, {improver.gains} better plans"


def _restricted(search: Search, held: BoolArray, told: FloatArray, nodes: int) -> bool:
    """The integer problem with these columns held as told; says whether it has a plan."""
    lower, upper = np.where(held, told, search.lower), np.where(held, told, search.upper)
    effort = search.effort(MENDED_SHARE_OF_TIME * search.limits.time_seconds, nodes=nodes)
    effort = replace(effort, relative_gap=MENDED_GAP, absolute_gap=0.0)
    watch = replace(search.watch(False), should_stop=lambda: search.over() is not None)
    answer = solve_integer(search.problem, lower, upper, effort, watch)
    if answer.status == "clock":
        search.reproducible = False
    if answer.values is not None:
        search.offer(answer.values)
    search.settle()
    return answer.values is not None and search.best_values is not None
