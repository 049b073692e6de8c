"""How evenly something is shared: measures of scores y (more is better) with weights w, in numpy alone.

Weights say how many persons (or villages, where the caller says so) a score stands for; left out, each counts once.
"""

from planner.fairness.ordered import leximin_compare, ordered_mean, worst_sum
from planner.fairness.price import price_of_fairness
from planner.fairness.spread import gini, half_mean_difference, jain, lorenz, lorenz_ordinate, mean, mean_minus_gini

__all__ = [
    "gini",
    "half_mean_difference",
    "jain",
    "leximin_compare",
    "lorenz",
    "lorenz_ordinate",
    "mean",
    "mean_minus_gini",
    "ordered_mean",
    "price_of_fairness",
    "worst_sum",
]
