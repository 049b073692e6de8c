"""The order of the search: a first plan without anything built, a bound, then better plans and bounds in turn."""

from dataclasses import replace

import numpy as np

from optimization.solving.engine import solve_integer
from optimization.solving.engine_answers import Effort
from optimization.solving.problem import FloatArray
from optimization.solving.record import StoppedBy
from optimization.solving.steps_apart import plan_apart, worth_it
from optimization.solving.steps_blocks import bound_by_blocks
from optimization.solving.steps_build import build
from optimization.solving.steps_elastic import first_plan_by_overdrawing
from optimization.solving.steps_guide import Guide, guide_of
from optimization.solving.steps_improve import improve, in_vain, on_several_ways, share_of_time
from optimization.solving.steps_master import sharpen
from optimization.solving.steps_neighbourhoods import Improver
from optimization.solving.steps_relax import relax, relax_beside
from optimization.solving.steps_search import Search, why_stopped
from optimization.solving.steps_start import Known, go_on, take_earlier

FIRST_PLAN_GAP = 0.01
FIRST_PLAN_SECONDS = 30.0
FIRST_PLAN_NODES = 200
NEAR_AT_ONCE = 0.06
"""An earlier plan that is so near from the start has been searched for: what is missing is the bound, and where it had to be
mended, what other ways find from it."""
CRAWL = 0.005
"""Of the gap, from one pause of branch and bound to the next, some two seconds."""
NEIGHBOURHOODS_IN_A_PAUSE = 4


def pursue(search: Search) -> tuple[StoppedBy, str]:
    """Runs the whole strategy; returns why it ended and a sentence about it. Plans and bounds are left in `search`."""
    if (search.lower > search.upper + 1e-9).any():
        return "infeasible", "a column's lower limit lies above its upper limit"
    earlier = search.problem.earlier
    _known_plan(search)
    if earlier is None and search.limits.threads > 1:
        relaxed = relax_beside(search, lambda: _points_only(search))
    else:
        if earlier is None:
            _points_only(search)
        if ending := search.over():
            return ending, ""
        relaxed = relax(search)
    if relaxed.status == "unbounded" or (relaxed.status == "infeasible" and search.best_values is None):
        return relaxed.status, f"the linear relaxation is {relaxed.status}"
    known: Known = "lost" if earlier is None else go_on(search, earlier, relaxed)
    if earlier is not None:
        _points_only(search)
    if search.best_values is None and not search.over():
        first_plan_by_overdrawing(search, relaxed)
    sharper: Guide | None = None
    if relaxed.status == "optimal" and not search.over():
        if known != "lost":
            sharper = sharpen(search, relaxed)
        elif not (worth_it(search, relaxed) and plan_apart(search)):
            sharper = build(search, relaxed)
    if sharper is None and search.best_values is not None and relaxed.status == "optimal" and not search.over():
        bound_by_blocks(search, relaxed)
    if ending := search.over():
        return ending, ""
    guide = sharper or guide_of(relaxed)
    share = share_of_time(relaxed)
    near = known != "lost" and relaxed.basis is not None and search.gap <= NEAR_AT_ONCE * abs(search.best_objective)
    if not (near and known == "held"):
        on_several_ways(search, guide, share)
    improver = Improver(search, guide)
    if not near:
        improve(search, improver, share)
    if ending := search.over():
        return ending, ""
    proved = _prove(search, improver)
    if proved == "infeasible" and search.best_values is None:
        return "infeasible", "no choice of the integers satisfies every row"
    return search.over() or proved, ""


def _known_plan(search: Search) -> None:
    problem = search.problem
    if problem.start is not None:
        with search.phase("points only", "filling in the plan given to start from") as notes:
            taken = search.polish(problem.start)
            notes.message = "the plan given still holds" if taken else "the plan given holds no longer"
    elif problem.earlier is not None:
        take_earlier(search, problem.earlier)


def _points_only(search: Search) -> None:
    problem = search.problem
    if search.best_values is not None or not problem.structural.any() or search.over():
        return
    with search.phase("points only", "a first plan that builds nothing structural") as notes:
        upper = np.where(problem.structural, search.lower, search.upper)
        effort = search.effort(min(FIRST_PLAN_SECONDS, 0.3 * search.limits.time_seconds), nodes=FIRST_PLAN_NODES)
        answer = solve_integer(problem, search.lower, upper, _at_gap(effort, FIRST_PLAN_GAP), search.watch(False))
        _take(search, answer.values)
        notes.nodes, notes.stopped_by = answer.nodes, why_stopped(answer.status, search)


def _prove(search: Search, improver: Improver) -> StoppedBy:
    """The whole model with the plan as start; returns what ended it.

    Where the bound has come to crawl, HiGHS waits at its next pause while a few neighbourhoods are tried, and then goes on
    with the better plan: one long run keeps its cuts and its tree, which a second run would have to find again.
    """
    bound = bound_before = -np.inf

    def on_bound(proven: float) -> None:
        nonlocal bound
        bound = proven
        search.raise_bound(proven)

    def meanwhile() -> None:
        nonlocal bound_before
        crawls = bound - bound_before < CRAWL * search.gap
        bound_before = bound
        until = improver.steps + (NEIGHBOURHOODS_IN_A_PAUSE if crawls and search.best_values is not None else 0)
        while improver.steps < until and not (improver.exhausted or search.over()):
            if in_vain(improver) and not improver.look_closer():
                break
            improver.step()
        search.working_on = "branch and bound on the whole"

    with search.phase("proving", "branch and bound on the whole") as notes:
        steps, gains = improver.steps, improver.gains
        watch = replace(search.watch(True), on_bound=on_bound, meanwhile=meanwhile, better_plan=search.better_than)
        effort = search.effort(search.remaining, nodes=search.limits.node_limit)
        answer = solve_integer(search.problem, search.lower, search.upper, effort, watch, search.best_values)
        _take(search, answer.values)
        if answer.status != "infeasible":
            search.raise_bound(answer.bound)
        notes.nodes, notes.stopped_by = answer.nodes, why_stopped(answer.status, search)
        notes.message = f"{improver.steps - steps} neighbourhoods in between, {improver.gains - gains} better plans"
    return notes.stopped_by


def _take(search: Search, values: FloatArray | None) -> None:
    if values is not None:
        search.offer(values)
    search.settle()


def _at_gap(effort: Effort, relative_gap: float) -> Effort:
    return replace(effort, relative_gap=relative_gap, absolute_gap=0.0)
