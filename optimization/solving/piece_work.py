"""Working at a piece, wherever that is."""

import math
from collections.abc import Callable
from dataclasses import replace

from optimization.solving.engine import solve_integer
from optimization.solving.engine_answers import IntegerSolution, Watch
from optimization.solving.pieces import Piece


def work_at(piece: Piece, should_stop: Callable[[], bool], seconds_left: float = math.inf) -> IntegerSolution:
    """The answer, the same on every machine of this kind unless its seconds, or those that are left, end it or it is stopped."""
    problem, effort = piece.problem, replace(piece.effort, seconds=max(min(piece.effort.seconds, seconds_left), 0.05))
    watch = Watch(lambda _: None, lambda _: None, should_stop)
    found = solve_integer(problem, problem.column_lower, problem.column_upper, effort, watch, piece.start)
    return IntegerSolution(found.status, None, found.bound, found.nodes) if piece.bound_alone else found
