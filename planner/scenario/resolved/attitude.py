"""Which members an attitude to risk weighs, and by how much."""

from dataclasses import dataclass

import numpy as np

from planner.scenario.policy import RiskAttitude
from planner.scenario.resolved.horizon import Horizon
from planner.scenario.resolved.index import Floats, Integers


@dataclass(frozen=True)
class Weighed:
    """W members that are weighed; weights have a sum of 1."""

    member: Integers  # (W,)
    weight: Floats  # (W,)
    expected_beside: Floats  # (H,) yearly frequency of stress members that are not weighed, 0 for all others

    def spread(self) -> Floats:
        """(H,) the weights, 0 for members that are not weighed."""
        weights = np.zeros(len(self.expected_beside))
        weights[self.member] = self.weight
        return weights


def weighed_members(horizon: Horizon, risk: RiskAttitude) -> Weighed:
    """Design members by their probability; where all are weighed, in the years that are no stress years."""
    design, chance = horizon.design, horizon.probability
    if risk.members == "design":
        kept = np.flatnonzero(design)
        return Weighed(kept, chance[kept] / chance[kept].sum(), np.where(design, 0.0, chance))
    stress = float(chance[~design].sum())
    usual = chance / chance[design].sum() * max(1.0 - stress, 0.0)
    weight = np.where(design, usual, chance / max(stress, 1.0))
    return Weighed(np.arange(len(chance)), weight, np.zeros(len(chance)))
