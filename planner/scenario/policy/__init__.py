"""The policy of a scenario: objectives in order, floors, and what is hard or priced."""

from planner.scenario.policy.assurance import AssuranceFloor
from planner.scenario.policy.attitude import RiskAttitude
from planner.scenario.policy.bounds import Bound
from planner.scenario.policy.branches import Branch
from planner.scenario.policy.conservation import Conservation
from planner.scenario.policy.fairness import Fairness
from planner.scenario.policy.floors import Floor
from planner.scenario.policy.gaps import GapCap
from planner.scenario.policy.institutions import InstitutionFloor
from planner.scenario.policy.objectives import FAIRNESS_AIMS, Objective
from planner.scenario.policy.policy import Policy
from planner.scenario.policy.risk import Risk
from planner.scenario.policy.weighted_aims import WeightedAim, shares_of

__all__ = [
    "FAIRNESS_AIMS",
    "AssuranceFloor",
    "Bound",
    "Branch",
    "Conservation",
    "Fairness",
    "Floor",
    "GapCap",
    "InstitutionFloor",
    "Objective",
    "Policy",
    "Risk",
    "RiskAttitude",
    "WeightedAim",
    "shares_of",
]
