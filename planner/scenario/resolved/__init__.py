"""The resolved scenario: everything the optimisation reads, as arrays, made in one pass from a basin and a policy."""

from planner.scenario.resolved.content import content_hash
from planner.scenario.resolved.resolved import ResolvedScenario, resolve

__all__ = ["ResolvedScenario", "content_hash", "resolve"]
