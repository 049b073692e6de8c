"""What a choice must be made of to hold a good plan: its own relaxation asks for what it lacks, until it comes near the bound.

Choices that are each good at prices need not fit together within the rows that join places, and a problem of these alone may hold
no plan that is near the best. Its duals say which columns outside would make it cheaper (column generation: Desaulniers,
Desrosiers and Solomon 2005).
"""

import numpy as np

from optimization.solving.engine import solve_linear
from optimization.solving.problem import BoolArray
from optimization.solving.steps_search import Search

ROUNDS = 12
SHARE_OF_INTEGERS = 0.008
FEWEST = 50
"""Of all integers, and at least so many, what a round lets in: by far more the choice gets slow, by far less rounds are many."""
NEAR_ENOUGH = 0.05
"""Of the bound, by which the relaxation of what may be built lies above it: nearer, the integers cost more than that."""
SHARE_OF_TIME = 0.05
GAINS = 1e-6


def grow(search: Search, used: BoolArray, bound: float) -> BoolArray:
    """`used` (n), and what its relaxation gains most by, until that is within NEAR_ENOUGH of `bound`, a bound of the whole."""
    problem, used = search.problem, used.copy()
    until = search.elapsed + SHARE_OF_TIME * search.limits.time_seconds
    count = max(FEWEST, int(SHARE_OF_INTEGERS * problem.integer.sum()))
    for _ in range(ROUNDS):
        upper = np.where(problem.integer & ~used, search.lower, search.upper)
        relaxed = solve_linear(problem, search.lower, upper, search.effort(until - search.elapsed))
        if relaxed.status == "clock" or search.elapsed > until:
            search.reproducible = False
            break
        if relaxed.status != "optimal" or relaxed.objective - bound <= NEAR_ENOUGH * abs(bound):
            break
        gains = np.where(problem.integer & ~used, -relaxed.reduced_costs, 0.0)
        most = np.argsort(-gains, kind="stable")[:count]
        most = most[gains[most] > GAINS]
        if not len(most):
            break
        used[most] = True
    return used
