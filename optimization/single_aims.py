"""The best of each aim of a weighted sum where it alone is sought, and the worst where another one is."""

import threading
import time
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from optimization.aims import single_level
from optimization.algebra import CompiledModel
from optimization.handed import Cap, level_limits, problem_of
from optimization.solving.limits import Limits
from optimization.solving.session import solve as solve_problem
from optimization.weighted_aims import PER_TOLD, UNIT, Way, stated_ways
from planner.scenario.resolved import ResolvedScenario

_SHARE_OF_TIME = 0.5
"""Of the time there is, for the plans of all single aims together."""
_ALIKE = 1e-9
_DIGITS = 9


@dataclass(frozen=True)
class SingleAims:
    """The way of each weighted aim, stated or found; what was solved for it; and a known plan, if there is one."""

    ways: dict[str, Way]
    record: list[dict[str, Any]]
    solution: NDArray[np.float64] | None


def single_aims(
    scenario: ResolvedScenario, compiled: CompiledModel, caps: list[Cap], limits: Limits, cancel: threading.Event | None
) -> SingleAims:
    """One solve for each weighted aim, if the policy leaves any without a way; none where all are stated.

    The best is what was found for the aim alone, the worst the largest value in the plans of the others: a nadir by the
    payoff table, which is one for plans that were found, not for all efficient ones. An aim that is alike in all of these
    plans has a way as long as its value, or of one unit where that is nothing. Where no plan is found in time, all have one
    of one unit.
    """
    ways = stated_ways(scenario.policy)
    names = [aim.objective for aim in scenario.policy.weighted_aims if aim.objective in compiled.objectives]
    if all(name in ways for name in names):
        return SingleAims(ways, [], None)
    began, record, values, solution = time.monotonic(), list[dict[str, Any]](), list[list[float]](), None
    for place, name in enumerate(names):
        left = limits.time_seconds * _SHARE_OF_TIME - (time.monotonic() - began)
        level = single_level(name, scenario, compiled)
        own = level_limits(limits, level, left / (len(names) - place))
        outcome = solve_problem(problem_of(scenario, compiled, level, caps, solution), own, None, cancel)
        if outcome.values is None or outcome.objective is None:
            break
        solution = outcome.values
        values.append([_value(compiled, one, solution) for one in names])
        bound = None if outcome.bound is None else outcome.bound / level.scale
        record.append({
            "objective": name, "unit": level.unit, "status": outcome.status, "value": outcome.objective / level.scale,
            "bound": bound, "solver": outcome.record.to_dict(),
        })  # fmt: skip
    found = {name: _way([row[place] for row in values]) if values else UNIT for place, name in enumerate(names)}
    return SingleAims(found | ways, record, solution)


def _value(compiled: CompiledModel, name: str, solution: NDArray[np.float64]) -> float:
    """Of an objective at a solution, in the unit in which a plan tells it. What is missed at its price is one of cost."""
    weights = {name: 1.0} | ({"penalty": 1.0} if name == "cost" else {})
    coefficients, constant = compiled.objective_vector(weights)
    return (float(coefficients @ solution) + constant) * PER_TOLD.get(name, 1.0)


def _way(values: list[float]) -> Way:
    best, worst = round(min(values), _DIGITS), round(max(values), _DIGITS)
    if worst - best <= _ALIKE * max(1.0, abs(best)):
        worst = best + (abs(best) if abs(best) > _ALIKE else 1.0)
    return Way(best, worst)
