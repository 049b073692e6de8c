"""From a resolved scenario to an audited plan."""

from optimization.progress import Progress
from optimization.solve import solve
from optimization.solving.limits import Limits

__all__ = ["Limits", "Progress", "solve"]
