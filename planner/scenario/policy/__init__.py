"""The policy of a scenario: objectives in order, floors, and what is hard or priced."""

from planner.scenario.policy.floors import Floor
from planner.scenario.policy.objectives import Objective
from planner.scenario.policy.policy import Policy

__all__ = ["Floor", "Objective", "Policy"]
