"""One integer problem among what several plans have built: together they hold a better one than each of them.

Far fewer columns are left than in the whole (construct, merge, solve: Blum et al. 2016).
"""

from dataclasses import replace

import numpy as np

from optimization.solving.engine import solve_integer
from optimization.solving.engine_answers import Effort, IntegerSolution
from optimization.solving.problem import BoolArray, FloatArray
from optimization.solving.record import StoppedBy
from optimization.solving.steps_search import Search, why_stopped

SHARE_OF_TIME = 0.15
NODES = 20
GAP = 0.001


def choose_among(search: Search, used: BoolArray, nodes: int = NODES, share_of_time: float = SHARE_OF_TIME) -> StoppedBy:
    """Offers the best plan that builds nothing but what is `used` (n); returns why it was not sought further."""
    problem = search.problem
    upper = np.where(problem.integer & ~used, search.lower, search.upper)
    effort = search.effort(share_of_time * search.limits.time_seconds, nodes=nodes)
    effort = replace(effort, relative_gap=GAP, absolute_gap=0.0)
    return why_stopped(solve_within(search, upper, effort).status, search)


def solve_within(search: Search, upper: FloatArray, effort: Effort) -> IntegerSolution:
    """The integer problem with columns at most `upper` (n), begun with the best plan; what it finds is offered."""
    answer = solve_integer(search.problem, search.lower, upper, effort, search.watch(False), search.best_values)
    if answer.values is not None:
        search.offer(answer.values)
    search.settle()
    return answer
