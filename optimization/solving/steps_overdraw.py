"""A whole network at once where neighbourhoods alone would have to pay for it piece by piece out of money that is short.

First the plan may overdraw: money costs the relaxation's duals beyond its limits, so that one neighbourhood need not wait until
another gives up its money. What that plan builds is then all that may be built, and one integer problem chooses among it within
the limits (construct, merge, solve: Blum et al. 2016). Few columns are left for it.
"""

from dataclasses import replace

import numpy as np

from optimization.solving.problem import BoolArray, FloatArray, Problem
from optimization.solving.steps_choice import choose_among
from optimization.solving.steps_elastic import elastic_problem
from optimization.solving.steps_guide import USED, Guide
from optimization.solving.steps_neighbourhoods import Improver
from optimization.solving.steps_search import PhaseNotes, Search

SHARES_OF_DEAREST = (0.05, 0.25, 1.0)
"""What money costs at least that the relaxation has to spare, round by round: plans will be short of it all the same."""
NEIGHBOURHOODS_IN_A_ROUND = 48
FRUITLESS_IN_A_ROW = 8
WORTH_ANOTHER_ROUND = 0.01
"""A round whose choice makes the plan better by less of its cost is the last."""
SHARE_OF_TIME = 0.5


def overdraw_and_choose(search: Search, guide: Guide) -> bool:
    """Leaves a plan with a network in `search`, if one is found that beats the present plan; no if no money is short."""
    problem, known, relaxed = search.problem, search.best_values, guide.relaxed
    budget = problem.elastic & np.isfinite(problem.row_upper) & np.isinf(problem.row_lower)
    dearest = float(np.abs(relaxed.row_duals[budget]).max(initial=0.0))
    if not problem.structural.any() or known is None or dearest <= 0:
        return False
    until = search.elapsed + SHARE_OF_TIME * search.limits.time_seconds
    used = (known > 0.5) | (guide.used & ~problem.structural)
    for share in SHARES_OF_DEAREST:
        if search.over() or search.elapsed > until:
            break
        price = np.maximum(np.abs(relaxed.row_duals), share * dearest)
        with search.phase("guided", "building as if money could be overdrawn") as notes:
            inner = _overdrawing(search, elastic_problem(replace(problem, elastic=budget), price), until)
            _improve(search, inner, guide, used, notes)
        with search.phase("guided", "choosing within the money among what was built") as notes:
            before = search.best_objective
            notes.stopped_by = choose_among(search, used)
        if _spends_within(inner, search) or before - search.best_objective < WORTH_ANOTHER_ROUND * abs(before):
            break
    search.reproducible &= search.elapsed <= until
    return True


def _spends_within(inner: Search, search: Search) -> bool:
    """Whether the plan that may overdraw does not: dearer money would change nothing."""
    count = search.problem.column_count
    return inner.best_values is not None and not (inner.best_values[count:] > USED).any()


def _overdrawing(search: Search, priced: Problem, until: float) -> Search:
    """The search in which money costs its price beyond its limits, begun with the present plan."""
    limits = replace(search.limits, time_seconds=until)
    inner = search.inner(priced, limits)
    inner.raise_bound(search.bound)
    if search.best_values is not None:
        inner.offer(_extended(search.best_values, priced))
    return inner


def _improve(search: Search, inner: Search, guide: Guide, used: BoolArray, notes: PhaseNotes) -> None:
    """Frees neighbourhoods of the plan that overdraws, and marks in `used` what its better and better plans use."""
    improver = Improver(inner, guide.strict().extended(inner.problem.column_count))
    while not (inner.over() or improver.exhausted or improver.fruitless >= FRUITLESS_IN_A_ROW):
        if improver.steps >= NEIGHBOURHOODS_IN_A_ROUND or inner.best_values is None:
            break
        improver.step()
        used |= inner.best_values[: len(used)] > 0.5
        search.working_on = f"{inner.working_on}, money overdrawn"
    search.reproducible &= inner.reproducible
    notes.nodes, notes.stopped_by = improver.nodes, inner.over() or "stall"
    notes.message = f"{improver.steps} neighbourhoods, {improver.gains} better plans"


def _extended(figures: FloatArray, priced: Problem) -> FloatArray:
    """Figures of the problem's columns, and 0 for what is overdrawn."""
    return np.concatenate([figures, np.zeros(priced.column_count - len(figures))])
