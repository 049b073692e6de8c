"""The linear relaxation of the whole, for a bound: by the simplex, quick unless many optima lie side by side, else from inside.

With a second thread the first plan is made meanwhile, and then the interior point begun that may be needed. Which of the two
answers counts does not depend on which is there first.
"""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from optimization.solving.child_messages import RelaxationSolved
from optimization.solving.engine import solve_linear, solve_linear_inside
from optimization.solving.engine_answers import LinearSolution, Relaxation
from optimization.solving.problem import is_whole
from optimization.solving.steps_search import PhaseNotes, Search, why_stopped

SIMPLEX_ITERATIONS = 20_000
SIMPLEX_ITERATIONS_PER_INTEGER = 1.1
"""Where it ends soon it takes 0.4 to 0.9: what villages choose comes into the basis once."""
PATIENCE_FROM_BASIS = 8


def relax(search: Search) -> LinearSolution:
    """The relaxation; its bound is raised, and it is offered as a plan if it happens to be one."""
    relaxed = _relax(search, lambda: _from_inside(search, threading.Event()))
    _offer_if_whole(search, relaxed)
    return relaxed


def relax_beside(search: Search, first_plan: Callable[[], None]) -> LinearSolution:
    """As `relax` after `first_plan`, with both at once."""
    given_up = threading.Event()
    pool = ThreadPoolExecutor(1)
    planned = pool.submit(first_plan)
    inside = pool.submit(search.beside.timed, lambda: _from_inside(search, given_up))
    try:
        relaxed = _relax(search, inside.result)
    finally:
        # Else the process would go on until the interior point ends by itself.
        given_up.set()
        inside.cancel()
        pool.shutdown(wait=False)
    planned.result()
    _offer_if_whole(search, relaxed)
    return relaxed


def _relax(search: Search, from_inside: Callable[[], LinearSolution]) -> LinearSolution:
    with search.phase("relaxation", "the linear relaxation of the whole, for a bound") as notes:
        relaxed = _by_simplex(search, notes)
        if relaxed.status == "nodes" and not search.over():
            given = notes.message
            relaxed = from_inside()
            notes.message = f"{relaxed.iterations} steps from inside, after {given}"
        notes.stopped_by = why_stopped(relaxed.status, search)
        if relaxed.status == "optimal":
            search.raise_bound(relaxed.bound)
            search.send(RelaxationSolved(Relaxation(relaxed.values, relaxed.row_duals, relaxed.basis)))
    return relaxed


def _by_simplex(search: Search, notes: PhaseNotes) -> LinearSolution:
    """By at most so many steps; from an earlier plan's basis, where there is one, by a part of them first."""
    problem = search.problem
    patience = max(SIMPLEX_ITERATIONS, int(SIMPLEX_ITERATIONS_PER_INTEGER * problem.integer.sum()))
    effort = search.effort(search.remaining)
    basis = None if problem.earlier is None else problem.earlier.basis
    known = replace(effort, iterations=patience if basis is None else patience // PATIENCE_FROM_BASIS)
    relaxed = solve_linear(problem, search.lower, search.upper, known, basis, tell_basis=True)
    notes.message = f"{known.iterations if relaxed.status == 'nodes' else relaxed.iterations} simplex iterations"
    if relaxed.status == "nodes" and basis is not None and not search.over():
        relaxed = solve_linear(problem, search.lower, search.upper, replace(effort, iterations=patience), tell_basis=True)
        steps = patience if relaxed.status == "nodes" else relaxed.iterations
        notes.message = f"{steps} simplex iterations, the basis to start from given up"
    return relaxed


def _from_inside(search: Search, given_up: threading.Event) -> LinearSolution:
    def should_stop() -> bool:
        return given_up.is_set() or search.cancelled.is_set()

    return solve_linear_inside(search.problem, search.lower, search.upper, search.effort(search.remaining), should_stop)


def _offer_if_whole(search: Search, relaxed: LinearSolution) -> None:
    if relaxed.status == "optimal" and is_whole(relaxed.values[search.problem.integer]):
        search.offer(relaxed.values)
