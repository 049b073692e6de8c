"""HiGHS: a linear or a mixed-integer problem in, values, bounds and duals out."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import highspy
import numpy as np

from optimization.solving.engine_answers import Conflict, Effort, IntegerSolution, LinearSolution, Watch
from optimization.solving.engine_session import new_session, nothing_fixed, run_session
from optimization.solving.lagrangian import lagrangian_bound, sound_duals
from optimization.solving.problem import BoolArray, FloatArray, Problem
from optimization.solving.slices import Slice, slice_of

DOUBTED_WITHIN = 0.01
_IRREDUCIBLE = int(highspy.IisStrategy.kIisStrategyFromLp) | int(highspy.IisStrategy.kIisStrategyIrreducible)
_PROVEN_IRREDUCIBLE = 3  # HiGHS's IisModelStatus::kIrreducible, which highspy gives as a number
_SIDE = {
    highspy.IisBoundStatus.kIisBoundStatusLower: -1,
    highspy.IisBoundStatus.kIisBoundStatusUpper: 1,
    highspy.IisBoundStatus.kIisBoundStatusBoxed: 0,
}


def solve_linear(problem: Problem, lower: FloatArray, upper: FloatArray, effort: Effort) -> LinearSolution:
    """The problem within the given limits of its columns, integers relaxed, at a vertex.

    Duals and reduced costs have the length of all rows and columns; a row that lost all its columns has the dual 0, and the
    reduced cost of a fixed column is computed from the duals.
    """
    return _linear(problem, lower, upper, effort, {})


def solve_linear_inside(
    problem: Problem, lower: FloatArray, upper: FloatArray, effort: Effort, should_stop: Callable[[], bool] = lambda: False
) -> LinearSolution:
    """As `solve_linear`, by an interior point that is not moved to a vertex: its values hold in the rows within 1e-7.

    Where one optimum lies beside another for ever, the simplex takes far longer.
    """
    return _linear(problem, lower, upper, effort, {"solver": "ipm", "run_crossover": "off"}, should_stop=should_stop)


def irreducible_conflict(problem: Problem, effort: Effort) -> Conflict:
    """Rows and limits of columns of the LP relaxation that cannot all hold, while they can without any one of them.

    Nothing where the relaxation has a solution, or where time is over before what is left is proven to be irreducible.
    """
    limits = problem.column_lower, problem.column_upper
    priceless = replace(problem, objective=np.zeros(problem.column_count), objective_constant=0.0)
    session = new_session(priceless, nothing_fixed(problem), limits, False, effort)
    session.setOptionValue("iis_strategy", int(_IRREDUCIBLE))
    session.setOptionValue("iis_time_limit", max(effort.seconds, 0.05))
    _, found = session.getIis()
    if not found.valid_ or int(found.status_) != _PROVEN_IRREDUCIBLE:
        return Conflict(*(np.zeros(0, dtype=np.int64) for _ in range(3)))
    bounds = [highspy.IisBoundStatus(bound) for bound in found.col_bound_]
    limited = [(column, _SIDE[bound]) for column, bound in zip(found.col_index_, bounds, strict=True) if bound in _SIDE]
    columns, side = zip(*limited, strict=True) if limited else ((), ())
    return Conflict(*(np.array(one, dtype=np.int64) for one in (found.row_index_, columns, side)))


def _linear(
    problem: Problem,
    lower: FloatArray,
    upper: FloatArray,
    effort: Effort,
    options: dict[str, str],
    should_stop: Callable[[], bool] | None = None,
) -> LinearSolution:
    part = slice_of(problem, lower, upper)
    duals = np.zeros(problem.row_count)
    nothing = LinearSolution("infeasible", part.fixed_values, np.inf, -np.inf, duals, problem.objective.copy(), 0)
    if not part.possible:
        return nothing
    session = new_session(problem, part, (lower, upper), False, effort)
    for option, value in options.items():
        session.setOptionValue(option, value)
    if should_stop is not None:
        stops = should_stop
        session.cbIpmInterrupt += lambda event: event.interrupt() if stops() else None
    status = run_session(session)
    info = session.getInfo()
    inside = int(info.ipm_iteration_count)
    solution = session.getSolution()
    # What HiGHS does not vouch for after it has put back what presolve took out may still prove a bound.
    doubted = status == "failed" and inside > 0 and len(solution.col_value) == len(part.columns)
    if status != "optimal" and not doubted:
        return replace(nothing, status=status)
    values = part.expand(np.array(solution.col_value))
    duals[part.rows] = solution.row_dual
    if doubted:
        duals = sound_duals(problem, lower, upper, duals, values)
    reduced = problem.objective - problem.matrix.T @ duals
    objective = problem.objective_of(values)
    at_vertex = int(info.simplex_iteration_count)
    bound = lagrangian_bound(problem, lower, upper, duals) if inside > 0 else objective
    if doubted and not objective - bound <= DOUBTED_WITHIN * abs(objective):
        return replace(nothing, status=status)
    return LinearSolution("optimal", values, objective, bound, duals, reduced, at_vertex + inside)


def solve_integer(
    problem: Problem,
    lower: FloatArray,
    upper: FloatArray,
    effort: Effort,
    watch: Watch,
    start: FloatArray | None = None,
) -> IntegerSolution:
    """The problem within the given limits of its columns; fixed columns are sliced away before HiGHS sees it.

    Of `start` only the integers are used. Each better plan goes to `watch.on_plan` as it is found, all columns filled in.
    """
    part = slice_of(problem, lower, upper)
    if not part.possible:
        return IntegerSolution("infeasible", None, np.inf, 0)
    session = new_session(problem, part, (lower, upper), True, effort)
    integer_places = _integer_places(problem.integer, part)
    if start is not None and len(integer_places):
        known = np.round(start[part.columns][integer_places])
        session.setSolution(len(integer_places), integer_places.astype(np.int32), known)

    known_objective = np.inf

    def on_interrupt(event: Any) -> None:
        if np.isfinite(event.data_out.mip_dual_bound):
            watch.on_bound(float(event.data_out.mip_dual_bound))
            watch.meanwhile()
        if watch.should_stop():
            event.interrupt()

    def on_solution(event: Any) -> None:
        nonlocal known_objective
        known_objective = min(known_objective, float(event.data_out.objective_function_value))
        watch.on_plan(part.expand(np.array(event.data_out.mip_solution, dtype=np.float64)))

    def on_question(event: Any) -> None:
        nonlocal known_objective
        plan = watch.better_plan(known_objective)
        if plan is not None:
            known_objective = problem.objective_of(plan)
            event.data_in.setSolution(plan[part.columns])

    session.cbMipInterrupt += on_interrupt
    session.cbMipImprovingSolution += on_solution
    session.cbMipUserSolution += on_question
    status = run_session(session)
    info = session.getInfo()
    values = None
    if int(info.primal_solution_status) == int(highspy.SolutionStatus.kSolutionStatusFeasible):
        values = part.expand(np.array(session.getSolution().col_value))
    bound = float(info.mip_dual_bound) if status != "infeasible" else np.inf
    if not len(integer_places) and status == "optimal" and values is not None:
        bound = problem.objective_of(values)
    return IntegerSolution(status, values, bound, max(int(info.mip_node_count), 0))


def _integer_places(integer: BoolArray, part: Slice) -> np.ndarray[Any, np.dtype[np.intp]]:
    return np.flatnonzero(integer[part.columns])
