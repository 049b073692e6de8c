"""Several aims as one weighted sum: each on its way from its best to its worst value, as a share of that way."""

from collections.abc import Mapping
from dataclasses import dataclass

from optimization.algebra import CompiledModel
from planner.scenario.policy import Policy, shares_of

NAME = "weighted_sum"
PER_TOLD = {"cost": 1000.0}
"""How many of the unit in which a plan tells an objective are one of the model's."""


@dataclass(frozen=True)
class Way:
    """What counts as 0 and as 1 of an aim, in the unit in which a plan tells it."""

    best: float
    worst: float

    def share(self, value: float) -> float:
        """How far a value is on the way; below 0 or above 1 where it is beyond."""
        return (value - self.best) / (self.worst - self.best)


UNIT = Way(0.0, 1.0)


def stated_ways(policy: Policy) -> dict[str, Way]:
    """The ways that the policy states, by aim."""
    return {
        aim.objective: Way(aim.best, aim.worst)
        for aim in policy.weighted_aims
        if aim.best is not None and aim.worst is not None
    }  # fmt: skip


def weighted(policy: Policy, ways: Mapping[str, Way], compiled: CompiledModel) -> tuple[dict[str, float], float]:
    """Weights of the model's objectives, and the constant, of the weighted sum. An aim without a way has one from 0 to 1.

    An aim of which the model has nothing, such as one of fairness where there is nobody, adds nothing. Where cost counts,
    what is missed at its price counts as much.
    """
    weights: dict[str, float] = {}
    constant = 0.0
    for aim, share in zip(policy.weighted_aims, shares_of(policy.weighted_aims), strict=True):
        if aim.objective not in compiled.objectives:
            continue
        way = ways.get(aim.objective, UNIT)
        steep = share / (way.worst - way.best)
        constant -= steep * way.best
        weights[aim.objective] = steep * PER_TOLD.get(aim.objective, 1.0)
        if aim.objective == "cost":
            weights["penalty"] = weights["cost"]
    return weights, constant


def weighted_value(policy: Policy, ways: Mapping[str, Way], values: Mapping[str, float]) -> float:
    """The weighted sum of values as a plan tells them; aims of which nothing is told add nothing."""
    return sum(
        share * ways[aim.objective].share(values[aim.objective])
        for aim, share in zip(policy.weighted_aims, shares_of(policy.weighted_aims), strict=True)
        if aim.objective in values
    )
