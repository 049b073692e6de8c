"""Where no aim counts costs and what may be exceeded has no end: among plans as good, one that exceeds and costs little.

Each level settles its own ties by a small weight of cost and penalties (`optimization.aims`). Where a limit is soft and what is
beyond it has no end, such as groundwater overdrawn at a price, no weight is small enough for that, and penalties have none. One
level more then makes cost with penalties least, with all that the aims have reached held. It is no aim of the policy: no
objective gets its place, and no claim is made of it.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from optimization.aims import Level, has_end
from optimization.algebra import CompiledModel
from optimization.handed import Cap, Objectives, level_caps, level_limits, policy_caps, problem_of
from optimization.level_records import SolvedLevel, level_records
from optimization.progress import Progress, in_units
from optimization.solving.limits import Limits
from optimization.solving.problem import FloatArray, Problem
from optimization.solving.session import solve as solve_problem
from optimization.whole import are_whole, whole_unit_columns, with_whole_columns
from planner.scenario.policy import Policy
from planner.scenario.resolved import ResolvedScenario

SETTLING_LEVEL = Level("cost", 0, {"cost": 1.0, "penalty": 1.0}, 1e-3, "USD of the base year", 0.0, 0.0)
"""Order 0: it has no place in the policy."""
_LEAST_SECONDS = 0.5


@dataclass(frozen=True)
class Settled:
    """The plan that settling found, and what is kept of how."""

    solution: FloatArray
    record: dict[str, Any]


def needs_settling(policy: Policy, models: Sequence[CompiledModel]) -> bool:
    """Whether no aim counts cost and its penalties, and what may be missed at a price has no end in one of the models."""
    return "cost" not in policy.sought() and not all(has_end(compiled) for compiled in models)


def settle(
    levels: Sequence[Level],
    objectives: Objectives,
    problem_at: Callable[[Level, list[Cap], FloatArray], Problem],
    solution: FloatArray,
    whole: NDArray[np.int64],
    limits: Limits,
    before_seconds: float,
    on_progress: Callable[[Progress], None] | None,
    cancel: threading.Event | None,
) -> Settled | None:
    """Of all plans in which every aim is as good as in `solution`, one of least cost with penalties, as far as time allows.

    `levels` are those that were solved; `problem_at` states the problem of a level with caps; `whole` are the columns that count
    whole things. None where there is no time, or nothing better was found.
    """
    left = limits.time_seconds - before_seconds
    if left <= _LEAST_SECONDS or (cancel is not None and cancel.is_set()):
        return None
    caps = [cap for level in levels for cap in level_caps(objectives, replace(level, tolerance_share=0.0), solution)]
    problem = problem_at(SETTLING_LEVEL, caps, solution)

    def tell(event: Any) -> None:
        if on_progress is not None:
            on_progress(in_units(event, SETTLING_LEVEL, before_seconds))

    outcome = solve_problem(problem, level_limits(limits, SETTLING_LEVEL, left), tell, cancel)
    if outcome.values is None:
        return None
    found = with_whole_columns(whole, problem, outcome.values, limits, cancel)
    if not are_whole(whole, found) or problem.objective_of(found) > problem.objective_of(solution):
        return None
    outcome = replace(outcome, values=found, objective=problem.objective_of(found))
    return Settled(found, level_records([SolvedLevel(SETTLING_LEVEL, outcome, before_seconds)])[0])


def settle_plan(
    scenario: ResolvedScenario,
    compiled: CompiledModel,
    solved: list[SolvedLevel],
    solution: FloatArray,
    limits: Limits,
    seconds: float,
    on_progress: Callable[[Progress], None] | None,
    cancel: threading.Event | None,
) -> Settled | None:
    """The plan with ties settled, where the aims leave open what has no end."""
    if not needs_settling(scenario.policy, [compiled]):
        return None
    caps, units = policy_caps(scenario, compiled), whole_unit_columns(scenario, compiled)

    def problem_at(level: Level, more: list[Cap], known: FloatArray) -> Problem:
        return problem_of(scenario, compiled, level, [*caps, *more], known)

    levels = [entry.level for entry in solved]
    return settle(levels, compiled, problem_at, solution, units, limits, seconds, on_progress, cancel)
