"""Sharper prices and a better bound than the relaxation's, and a plan out of what they choose."""

import numpy as np

from optimization.solving.engine_answers import LinearSolution
from optimization.solving.master import Master
from optimization.solving.steps_choice import choose_among
from optimization.solving.steps_grow import grow
from optimization.solving.steps_guide import Guide
from optimization.solving.steps_search import Search

FEWEST_PARTS = 20
ROUNDS = 12
SHARE_OF_TIME = 0.2
WORTH_A_ROUND = 0.0005
"""Of the bound: one that rises by less, twice in a row, has come as far as it will."""
SMALL_IN_A_ROW = 2
NODES = 1
"""Of the choice among what places choose: the root finds what it finds, neighbourhoods are quicker from there."""
CHOICE_SHARE_OF_TIME = 0.35
"""What follows gets nowhere without a plan that has a network, and where money is short the root finds one late."""
WITHIN = 0.002
"""Of the bound: choices that much dearer than those that the LP mixes may be part of the best plan."""
CHEAP = 0.0004
"""Of the bound: what a place may have that much dearer. All but 5 of the 1,016 things that the best plan known of Ratanak Kiri
builds are among the two thirds that this leaves; among what choices have, and what costs a tenth of it, 10 are missing."""


def sharpen(search: Search, relaxed: LinearSolution) -> Guide | None:
    """What mixes whole choices of each place, in place of what mixes fractions; None where that is not worth its time."""
    plan = search.best_values
    if plan is None or relaxed.status != "optimal":
        return None
    master = Master(search, relaxed)
    if master.count < FEWEST_PARTS:
        return None
    # Rounding, which is quicker to a plan than a choice, needs a relaxation that is solved anew in seconds.
    by_rounding = relaxed.basis is not None
    with search.phase("proving", "prices at which every place chooses as a whole") as notes:
        notes.message = f"{master.count} places"
        master.know(plan)
        _rounds(search, master, for_a_choice=not by_rounding)
        notes.stopped_by = search.over() or "stall"
    if search.cancelled.is_set():
        return None
    used = master.worth_it(WITHIN * abs(master.bound))
    if not (by_rounding or search.over()):
        with search.phase("guided", "choosing among what places choose at these prices") as notes:
            chosen = used | (plan > 0.5)
            used = grow(search, chosen, master.bound)
            notes.message = f"{np.count_nonzero(used & ~chosen)} more that they need"
            notes.stopped_by = choose_among(search, used, NODES, CHOICE_SHARE_OF_TIME)
    return Guide(master.as_relaxation(), used, used | master.cheap(CHEAP * abs(master.bound)))


def _rounds(search: Search, master: Master, for_a_choice: bool) -> None:
    """Round after round while the bound rises; for a choice all, as it is made of what places choose at one price or another."""
    until = search.elapsed + SHARE_OF_TIME * search.limits.time_seconds
    small = 0
    for number in range(ROUNDS):
        before = master.bound
        rose = master.step()
        search.raise_bound(master.bound)
        search.working_on = f"prices at which every place chooses as a whole: round {number + 1}"
        if rose or master.moves_least:
            small = small + 1 if master.bound - before < WORTH_A_ROUND * abs(master.bound) else 0
        if search.over() or master.ended or (small >= SMALL_IN_A_ROW and not for_a_choice):
            return
        if search.elapsed > until:
            search.reproducible = False
            return
