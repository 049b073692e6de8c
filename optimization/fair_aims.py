"""Aims of fairness as sums of the worst: what formulation, levels and results have in common.

L(β) is what the worst-off β of the parties lack together: min β τ + Σ w_i (lack_i − τ)⁺, with w_i = 1 and β a number of
parties, or w_i shares of the people and β a share of them (Ogryczak and Śliwiński 2006).
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from planner.scenario.policy import FAIRNESS_AIMS, Fairness, Policy

TENTHS = tuple(round(0.1 * tenth, 1) for tenth in range(1, 11))


@dataclass(frozen=True)
class Cut:
    """How many of the worst-off are looked at together: a number of parties, or a share of the people."""

    counted: float
    by_persons: bool = False


@dataclass(frozen=True)
class FairObjective:
    """One objective of the model: a sum of L at some cuts, each with its factor; or mean and all pairs."""

    name: str
    order: int
    parts: tuple[tuple[Cut, float], ...]
    gini_share: float | None = None


@dataclass(frozen=True)
class FairAims:
    """All objectives that a policy's aims of fairness ask for."""

    objectives: tuple[FairObjective, ...]

    @cached_property
    def cuts(self) -> tuple[Cut, ...]:
        return tuple(dict.fromkeys(cut for objective in self.objectives for cut, _ in objective.parts))

    def of_order(self, order: int) -> tuple[FairObjective, ...]:
        return tuple(objective for objective in self.objectives if objective.order == order)


def fair_aims(policy: Policy, parties: int) -> FairAims:
    """The objectives of a policy's aims of fairness, in its order; none where there are no parties. Order 0: only weighted."""
    return FairAims(
        tuple(
            objective
            for name, order in policy.sought().items()
            if name in FAIRNESS_AIMS and parties
            for objective in _objectives(name, order, policy.fairness, parties)
        )
    )


def _objectives(name: str, order: int, fairness: Fairness, parties: int) -> list[FairObjective]:
    if name == "max_min":
        return [FairObjective(name, order, ((Cut(1), 1.0),))]
    if name == "worst_sum":
        count = min(fairness.worst_count, parties)
        return [FairObjective(name, order, ((Cut(count), 1 / count),))]
    if name == "leximin":
        return [FairObjective(f"leximin_{k}", order, ((Cut(k), 1 / k),)) for k in range(1, min(fairness.depth, parties) + 1)]
    if name == "owa":
        steps = -np.diff(ordered_weights(fairness, parties), append=0.0)
        parts = tuple((Cut(k), float(step)) for k, step in enumerate(steps, start=1) if step > 0)
        return [FairObjective(name, order, parts)]
    if name == "lorenz":
        return [FairObjective(name, order, tuple((Cut(share, by_persons=True), 1 / len(TENTHS)) for share in TENTHS))]
    return [FairObjective(name, order, (), gini_share=fairness.gini_share)]


def ordered_weights(fairness: Fairness, parties: int) -> np.ndarray:
    """The weights of the parties from the worst-off upwards, as many as there are parties at most, with a sum of 1."""
    weights = np.array(fairness.weights[:parties])
    return np.asarray(weights / weights.sum())
