"""From a resolved scenario to an audited plan."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from optimization.progress import Progress
    from optimization.solve import solve
    from optimization.solving.limits import Limits

__all__ = ["Limits", "Progress", "solve"]

# Found when first asked for: who only compares or explains plans does not wait for the whole formulation and Pyomo.
_HOMES = {"Limits": "optimization.solving.limits", "Progress": "optimization.progress", "solve": "optimization.solve"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
