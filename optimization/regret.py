"""What each member's own best plan costs in it: what a plan is regretted against."""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from optimization.aims import MEAN_BESIDE_RISK, Level
from optimization.algebra import CompiledModel
from optimization.handed import Cap, problem_of
from optimization.results import OwnBests
from optimization.solving.limits import Limits
from optimization.solving.session import solve as solve_problem
from planner.scenario.resolved import ResolvedScenario
from planner.scenario.resolved.attitude import weighed_members

_SHARE_OF_TIME = 0.5
"""Of the time there is, for all members' own plans together."""


@dataclass(frozen=True)
class Regretted:
    """What was found for the members that are weighed, and a known plan, if there is one."""

    own: OwnBests
    record: list[dict[str, Any]]
    solution: NDArray[np.float64] | None


def own_bests(
    scenario: ResolvedScenario, compiled: CompiledModel, level: Level, caps: list[Cap], limits: Limits,
    cancel: threading.Event | None,
) -> Regretted:  # fmt: skip
    """The best plan of each weighed member, of all plans that keep what is asked in every member.

    The rows of regret then count from what was proven, so that a regret told is never too small: from nothing for a member
    whose own plan was not found in time.
    """
    began, horizon = time.monotonic(), scenario.horizon
    weighed = weighed_members(horizon, scenario.policy.risk_attitude)
    found, bound = (np.full(len(horizon.members), np.nan) for _ in range(2))
    bound[weighed.member] = 0.0
    record: list[dict[str, Any]] = []
    solution: NDArray[np.float64] | None = None
    for place, member in enumerate(weighed.member.tolist()):
        left = limits.time_seconds * _SHARE_OF_TIME - (time.monotonic() - began)
        seconds = max(left / (len(weighed.member) - place), 0.5)
        problem = problem_of(scenario, compiled, level, caps, solution)
        vector, constant = _cost_of_member(compiled, level, weighed.expected_beside, member)
        problem = replace(problem, objective=vector, objective_constant=constant)
        outcome = solve_problem(problem, replace(limits, time_seconds=seconds), None, cancel)
        if outcome.values is None or outcome.objective is None:
            break
        solution = outcome.values
        found[member] = outcome.objective / level.scale
        bound[member] = max(outcome.bound or 0.0, 0.0) / level.scale
        record.append({
            "member": str(horizon.members[member]), "status": outcome.status, "value": found[member], "bound": bound[member],
            "solver": outcome.record.to_dict(),
        })  # fmt: skip
    count_from(compiled, bound[weighed.member] * level.scale)
    return Regretted(OwnBests(found, bound), record, solution)


def count_from(compiled: CompiledModel, bound: NDArray[np.float64]) -> None:
    """Lets the rows of the dearest member count from each member's own bound, in the model's unit."""
    compiled.set_row_bounds("dearest_member", upper=bound)


def least_mean(tables: Mapping[str, pd.DataFrame]) -> float:
    """What the members cost at least in the mean, from each one's own bound, USD."""
    members = tables["member_costs"]
    return float((members["weight_share"] * members["own_bound_usd"].fillna(0.0)).sum())


def bound_of_risk(
    compiled: CompiledModel, level: Level, bound: float | None, solution: NDArray[np.float64], least_mean_usd: float | None
) -> float | None:
    """The bound in USD without the little of the mean, which no attitude to risk puts above its own value and the least mean.

    Like that of cost, it is told only while no floor is missed: floors missed are not among a member's cost. They are in regret,
    the one attitude that has a least mean.
    """
    missed, constant = compiled.objective_vector({name: 1.0 for name in level.own() if name == "penalty_alike"})
    if bound is None or (least_mean_usd is None and float(missed @ solution) + constant > 1e-6):
        return None
    return (bound / level.scale - MEAN_BESIDE_RISK * (least_mean_usd or 0.0)) / (1 + MEAN_BESIDE_RISK)


def _cost_of_member(
    compiled: CompiledModel, level: Level, expected_beside: NDArray[np.float64], member: int
) -> tuple[NDArray[np.float64], float]:
    """Coefficients and constant of what a plan costs in one member."""
    vector, constant = compiled.objective_vector({name: 1.0 for name in level.own() if name != "risk"})
    runs, misses = compiled.variables["runs_in"].columns, compiled.variables["missed_in"].columns
    vector[misses] += expected_beside
    vector[[runs[member], misses[member]]] += 1.0
    return vector, constant
