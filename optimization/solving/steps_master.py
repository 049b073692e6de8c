"""Sharper prices and a better bound than the relaxation's, and a plan out of what they choose."""

from optimization.solving.engine_answers import LinearSolution
from optimization.solving.master import Master
from optimization.solving.steps_choice import choose_among
from optimization.solving.steps_guide import Guide
from optimization.solving.steps_search import Search

FEWEST_PARTS = 20
ROUNDS = 10
SHARE_OF_TIME = 0.2
WORTH_A_ROUND = 0.0005
"""Of the plan's cost: a bound that rises by less, three times in a row, has come as far as it will."""
FRUITLESS_IN_A_ROW = 3
WITHIN = 0.002
"""Of the plan's cost: choices that much dearer than those that the LP mixes may be part of the best plan."""


def sharpen(search: Search, relaxed: LinearSolution) -> Guide | None:
    """What mixes whole choices of each place, in place of what mixes fractions; None where that is not worth its time."""
    plan = search.best_values
    if plan is None or relaxed.status != "optimal":
        return None
    with search.phase("proving", "prices at which every place chooses as a whole") as notes:
        master = Master(search, relaxed)
        notes.message = f"{master.count} places"
        if master.count < FEWEST_PARTS:
            return None
        master.know(plan)
        _rounds(search, master)
        notes.stopped_by = search.over() or "stall"
    used = master.worth_it(WITHIN * abs(search.best_objective))
    if not search.over():
        with search.phase("guided", "choosing among what places choose at these prices") as notes:
            notes.stopped_by = choose_among(search, used | (plan > 0.5))
        used = master.worth_it(WITHIN * abs(search.best_objective))
    return Guide(master.as_relaxation(), used)


def _rounds(search: Search, master: Master) -> None:
    until = search.elapsed + SHARE_OF_TIME * search.limits.time_seconds
    fruitless = 0
    for number in range(ROUNDS):
        before = master.bound
        master.step()
        search.raise_bound(master.bound)
        search.working_on = f"prices at which every place chooses as a whole: round {number + 1}"
        small = master.bound - before < WORTH_A_ROUND * abs(search.best_objective)
        fruitless = fruitless + 1 if small else 0
        if search.over() or fruitless >= FRUITLESS_IN_A_ROW:
            return
        if search.elapsed > until:
            search.reproducible = False
            return
