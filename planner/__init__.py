"""What a basin is, what a scenario changes, what a plan says. Pure: no Pyomo, no web, no database."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planner.basin.basin import Basin
    from planner.plan.plan import Plan
    from planner.scenario.resolved import resolve
    from planner.scenario.scenario import Scenario

__all__ = ["Basin", "Plan", "Scenario", "resolve"]

# Found when first asked for: who wants one small module of this package does not wait for pandas and all the tables.
_HOMES = {
    "Basin": "planner.basin.basin",
    "Plan": "planner.plan.plan",
    "Scenario": "planner.scenario.scenario",
    "resolve": "planner.scenario.resolved",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
