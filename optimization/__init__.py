"""From a resolved scenario to an audited plan."""

from optimization.progress import Progress
from optimization.solve import solve
from optimization.solving.elsewhere import Aid, Best, Elsewhere, Keeper, News
from optimization.solving.limits import Limits

__all__ = ["Aid", "Best", "Elsewhere", "Keeper", "Limits", "News", "Progress", "solve"]
