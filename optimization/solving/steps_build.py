"""A plan with a network, and what shows the way from it."""

from dataclasses import replace

import numpy as np

from optimization.solving.engine_answers import LinearSolution
from optimization.solving.steps_choice import solve_within
from optimization.solving.steps_dive import dive
from optimization.solving.steps_guide import Guide, guide_of
from optimization.solving.steps_master import sharpen
from optimization.solving.steps_overdraw import overdraw_and_choose
from optimization.solving.steps_search import Search, why_stopped

FAR_GAP = 0.5
NEAR_GAP = 0.25
GUIDED_GAP = 0.04
GUIDED_SHARE_OF_TIME = 0.25
GUIDED_NODES = 100
SUPPORT = 0.02


def is_far(search: Search) -> bool:
    """Whether the plan is so bad that one integer problem over all of the relaxation's choices is too large a step from it.

    Floors that couple villages make points only such a plan: a network must stand before a village gains by joining it.
    """
    return search.best_values is not None and search.gap > FAR_GAP * abs(search.best_objective)


def build(search: Search, relaxed: LinearSolution) -> Guide | None:
    """A plan with a network, by the way that suits how far the plan without one is from the bound; what guides better."""
    if not is_far(search):
        _guided(search, relaxed)
        return None
    sharper = sharpen(search, relaxed)
    near = sharper is not None and search.gap <= NEAR_GAP * abs(search.best_objective)
    if not (near or search.over()) and not overdraw_and_choose(search, sharper or guide_of(relaxed)):
        dive(search, relaxed)
    return sharper


def _guided(search: Search, relaxed: LinearSolution) -> None:
    """Builds only what the relaxation or the present plan builds."""
    problem = search.problem
    if not problem.structural.any() or search.gap <= GUIDED_GAP * abs(search.best_objective):
        return
    with search.phase("guided", "choosing among what the relaxation builds") as notes:
        wanted = relaxed.values >= SUPPORT
        if search.best_values is not None:
            wanted |= search.best_values >= SUPPORT
        upper = np.where(problem.structural & ~wanted, search.lower, search.upper)
        effort = search.effort(GUIDED_SHARE_OF_TIME * search.limits.time_seconds, nodes=GUIDED_NODES)
        effort = replace(effort, relative_gap=GUIDED_GAP, absolute_gap=0.0)
        answer = solve_within(search, upper, effort)
        notes.nodes, notes.stopped_by = answer.nodes, why_stopped(answer.status, search)
