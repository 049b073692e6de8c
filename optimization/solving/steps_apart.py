"""A plan first without what joins places that could each stand alone: a problem solved sooner, with plans nearly as good.

Pipes from village to village let each be reached in many ways. The relaxation mixes these, rounding goes astray in them, and
neighbourhoods do not find back. Without them the same steps come near the best plan in half the time, and it is a plan of the
whole: what a join saves, neighbourhoods of the whole find from there.
"""

from dataclasses import replace

import numpy as np

from optimization.solving.child_messages import Message, PlanFound
from optimization.solving.engine_answers import LinearSolution
from optimization.solving.steps_build import build, is_far
from optimization.solving.steps_guide import guide_of
from optimization.solving.steps_improve import improve, on_several_ways, share_of_time
from optimization.solving.steps_neighbourhoods import Improver
from optimization.solving.steps_relax import SIMPLEX_ITERATIONS, relax
from optimization.solving.steps_search import Search

NEARLY = 0.05
"""Of the cost. Where joining saves more, by the two relaxations, a plan must begin with it."""
SHARE_OF_TIME = 0.6


def worth_it(search: Search, relaxed: LinearSolution) -> bool:
    """Whether something joins, the plan at hand is far from the bound, and the relaxation with joins was not solved soon."""
    soon = relaxed.basis is not None and relaxed.iterations <= SIMPLEX_ITERATIONS
    return bool(search.problem.joining.any()) and relaxed.status == "optimal" and is_far(search) and not soon


def plan_apart(search: Search) -> bool:
    """Offers the best plan found that joins nothing; no where joining saves too much for that to be of use."""
    problem = search.problem
    with search.phase("guided", "a plan without what joins places") as notes:
        upper = np.where(problem.joining, problem.column_lower, problem.column_upper)
        apart = replace(problem, column_upper=upper, joining=np.zeros(problem.column_count, dtype=np.bool_))
        inner = search.inner(apart, replace(search.limits, time_seconds=SHARE_OF_TIME * search.limits.time_seconds))
        if search.best_values is not None:
            inner.offer(search.best_values)

        def pass_on(message: Message) -> None:
            search.working_on = f"without what joins places: {inner.working_on}"
            if isinstance(message, PlanFound):
                search.offer(message.values)

        inner.send = pass_on
        relaxed = relax(inner)
        nearly = relaxed.status == "optimal" and inner.bound - search.bound <= NEARLY * abs(inner.bound)
        if nearly:
            guide = build(inner, relaxed) or guide_of(relaxed)
            on_several_ways(inner, guide, share_of_time(relaxed))
            improve(inner, Improver(inner, guide), share_of_time(relaxed))
        search.reproducible &= inner.reproducible
        notes.stopped_by = search.over() or "stall"
        notes.message = f"{inner.best_objective:.6g}, its bound {inner.bound:.6g}"
    return nearly
