"""Assets are whole things: what the search bought in parts, early, is settled at the end.

Units follow whole service plans, so they are whole by themselves, but for one case: money that cannot be kept buys a
part of an asset before the plan that needs it. Whole units as integers from the start made the search ten times slower
(docs/decisions/whole-assets.md), so only the rare part is mended, with everything chosen and built held fast.
"""

import threading
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from optimization.algebra import CompiledModel
from optimization.solving.limits import Limits
from optimization.solving.problem import Problem
from optimization.solving.session import solve as solve_problem
from planner.scenario.resolved import ResolvedScenario

_SECONDS = 20.0
_PART = 1e-5


def whole_unit_columns(scenario: ResolvedScenario, compiled: CompiledModel) -> NDArray[np.int64]:
    """Columns of assets that are counted in whole units."""
    rows = scenario.basin.tables["mode_assets"]
    parts = set(rows.loc[rows["basis"] == "village_persons", "asset"])
    names = np.array([str(name).split(":")[1] for name in compiled.variables["units"].sets[0].names or ()])
    whole = ~np.isin(names, list(parts))
    return np.asarray(compiled.variables["units"].columns[whole].ravel(), dtype=np.int64)


def are_whole(columns: NDArray[np.int64], solution: NDArray[np.float64]) -> bool:
    """Whether a solution is whole in these columns."""
    units = solution[columns]
    return bool((np.abs(units - np.round(units)) <= _PART * np.maximum(1.0, units)).all())


def with_whole_units(
    scenario: ResolvedScenario,
    compiled: CompiledModel,
    problem: Problem,
    solution: NDArray[np.float64],
    limits: Limits,
    cancel: threading.Event | None = None,
) -> NDArray[np.float64]:
    """The solution, its units whole; the same one where they are, or where no money can be found for it."""
    return with_whole_columns(whole_unit_columns(scenario, compiled), problem, solution, limits, cancel)


def with_whole_columns(
    columns: NDArray[np.int64],
    problem: Problem,
    solution: NDArray[np.float64],
    limits: Limits,
    cancel: threading.Event | None = None,
) -> NDArray[np.float64]:
    """The solution, these columns whole; the same one where they are, or where no money can be found for it."""
    if are_whole(columns, solution):
        return solution
    whole = np.zeros(problem.column_count, bool)
    whole[columns] = True
    held = problem.integer
    fixed = replace(
        problem,
        integer=whole,
        column_lower=np.where(held, np.round(solution), problem.column_lower),
        column_upper=np.where(held, np.round(solution), problem.column_upper),
        start=None,
        earlier=None,
    )
    # Where the money of one stage alone can't pay the whole asset, plans and works must give way too.
    stopped = cancel is not None and cancel.is_set()
    for attempt in (fixed,) if stopped else (fixed, replace(problem, integer=held | whole, start=None, earlier=None)):
        mended = solve_problem(attempt, replace(limits, time_seconds=_SECONDS, relative_gap=1e-3, absolute_gap=0.0))
        if mended.values is not None:
            return mended.values
    return solution
