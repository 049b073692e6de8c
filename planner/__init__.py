"""What a basin is, what a scenario changes, what a plan says. Pure: no Pyomo, no web, no database."""

from planner.basin.basin import Basin
from planner.plan.plan import Plan
from planner.scenario.resolved import resolve
from planner.scenario.scenario import Scenario

__all__ = ["Basin", "Plan", "Scenario", "resolve"]
