"""Working at a piece, wherever that is."""

from collections.abc import Callable

from optimization.solving.engine import solve_integer
from optimization.solving.engine_answers import IntegerSolution, Watch
from optimization.solving.pieces import Piece


def work_at(piece: Piece, should_stop: Callable[[], bool]) -> IntegerSolution:
    """The answer, the same on every machine of this kind unless the seconds end it or it is stopped."""
    problem = piece.problem
    watch = Watch(lambda _: None, lambda _: None, should_stop)
    found = solve_integer(problem, problem.column_lower, problem.column_upper, piece.effort, watch, piece.start)
    return IntegerSolution(found.status, None, found.bound, found.nodes) if piece.bound_alone else found
