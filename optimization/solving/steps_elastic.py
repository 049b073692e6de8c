"""A first plan where building nothing is none: some rows may be overdrawn at a price, and are then mended."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from optimization.solving.engine_answers import LinearSolution
from optimization.solving.problem import BoolArray, FloatArray, Problem
from optimization.solving.steps_choice import solve_within
from optimization.solving.steps_guide import guide_of
from optimization.solving.steps_neighbourhoods import Improver
from optimization.solving.steps_search import Search

SHARE_OF_TIME = 0.5
NODES = 100
GAP = 0.02
SUPPORT = 0.02
NEIGHBOURHOODS = 200
OVERDRAWN = 1e-7
_TIMES_THE_DEAREST_DUAL = 20.0


def slack_rows(problem: Problem) -> tuple[NDArray[np.intp], FloatArray]:
    """The row of each slack, in the order of `elastic_problem`, and its sign: -1 lets a row be exceeded, 1 be undercut."""
    above = np.flatnonzero(problem.elastic & np.isfinite(problem.row_upper))
    below = np.flatnonzero(problem.elastic & np.isfinite(problem.row_lower))
    return np.concatenate([above, below]), np.concatenate([-np.ones(len(above)), np.ones(len(below))])


def elastic_problem(problem: Problem, price: float | FloatArray) -> Problem:
    """The problem with a priced slack on each side of its elastic rows, those above before those below, as last columns.

    price: of a unit of any row, or (rows,) of each.
    """
    rows, sign = slack_rows(problem)
    count = len(rows)
    by_row = np.broadcast_to(np.asarray(price, dtype=np.float64), (problem.row_count,))
    slack = sparse.csc_array((sign, (rows, np.arange(count))), shape=(problem.row_count, count))
    return replace(
        problem,
        matrix=sparse.csc_array(sparse.hstack([problem.matrix, slack])),
        column_lower=np.concatenate([problem.column_lower, np.zeros(count)]),
        column_upper=np.concatenate([problem.column_upper, np.full(count, np.inf)]),
        integer=np.concatenate([problem.integer, np.zeros(count, dtype=np.bool_)]),
        objective=np.concatenate([problem.objective, by_row[rows]]),
        structural=np.concatenate([problem.structural, np.zeros(count, dtype=np.bool_)]),
        joining=np.concatenate([problem.joining, np.zeros(count, dtype=np.bool_)]),
        place_xy=np.vstack([problem.place_xy, np.full((count, 2), np.nan)]),
        start=None,
        earlier=None,
    )


def first_plan_by_overdrawing(search: Search, relaxed: LinearSolution) -> None:
    """Finds a plan that overdraws elastic rows, then frees neighbourhoods until nothing is overdrawn any more."""
    problem = search.problem
    if not problem.elastic.any() or relaxed.status != "optimal":
        return
    with search.phase("guided", "a first plan that overdraws, to be mended") as notes:
        inner = _inner_search(search, relaxed)
        slacks = inner.problem.column_count - problem.column_count
        values = np.concatenate([relaxed.values, np.zeros(slacks)])
        for wanted in (np.zeros(len(values), dtype=np.bool_), values >= SUPPORT):
            _restricted(inner, wanted)
        improver = Improver(inner, guide_of(relaxed).extended(len(values)))
        while inner.best_values is not None and _overdrawn(inner, slacks) and not (inner.over() or improver.exhausted):
            if improver.steps > NEIGHBOURHOODS:
                break
            improver.step()
        notes.nodes, notes.message = improver.nodes, f"{improver.steps} neighbourhoods"
        search.reproducible &= inner.reproducible
        if inner.best_values is None or _overdrawn(inner, slacks):
            notes.stopped_by = "clock" if inner.remaining <= 0 else "stall"
            return
        notes.stopped_by = "gap"
        mended = inner.best_values[: problem.column_count]
        if not search.offer(mended):
            search.polish(mended)


def _inner_search(search: Search, relaxed: LinearSolution) -> Search:
    problem = search.problem
    dearest = float(np.abs(relaxed.row_duals[problem.elastic]).max(initial=0.0))
    price = _TIMES_THE_DEAREST_DUAL * max(dearest, 1e-3 * float(np.abs(problem.objective).max()), 1e-6)
    until = search.elapsed + SHARE_OF_TIME * search.remaining
    limits = replace(search.limits, time_seconds=max(until, 0.1), relative_gap=0.0, absolute_gap=0.0)
    return search.inner(elastic_problem(problem, price), limits)


def _restricted(inner: Search, wanted: BoolArray) -> None:
    problem = inner.problem
    if inner.best_values is not None:
        wanted = wanted | (inner.best_values >= SUPPORT)
    upper = np.where(problem.structural & ~wanted, inner.lower, inner.upper)
    effort = replace(inner.effort(0.3 * inner.remaining, nodes=NODES), relative_gap=GAP)
    solve_within(inner, upper, effort)


def _overdrawn(inner: Search, slacks: int) -> bool:
    values = inner.best_values
    return values is None or float(values[len(values) - slacks :].max(initial=0.0)) > OVERDRAWN
