"""The linear relaxation of the whole, for a bound: by the simplex, quick unless many optima lie side by side, else from inside.

With a second thread the first plan is made meanwhile, and then the interior point begun that may be needed. Which of the two
answers counts does not depend on which is there first.
"""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
from scipy import sparse

from optimization.solving.child_messages import RelaxationSolved
from optimization.solving.engine import solve_linear_inside
from optimization.solving.engine_answers import LinearSolution, Relaxation
from optimization.solving.engine_kept import GrowingRelaxation
from optimization.solving.lasting import Lasting
from optimization.solving.problem import Basis, Named, is_whole
from optimization.solving.steps_search import PhaseNotes, Search, why_stopped

SIMPLEX_ITERATIONS = 20_000
SIMPLEX_ITERATIONS_PER_INTEGER = 1.1
"""Where it ends soon it takes 0.4 to 0.9: what villages choose comes into the basis once."""
PATIENCE_FROM_BASIS = 8
FURTHER_ITERATIONS = 20_000
RUNS_TO_AN_OPTIMUM = 4
PATIENT_UP_TO = 50_000
"""With what a point that is no optimum yet breaks the simplex may end where it did not; where it had more steps than that before,
it does not, and they take ever longer."""
ROUNDS = 20
_BASIC = 1
WORTHLESS = 1e-9
WORTH_A_ROUND = 1e-5
"""Of the bound: rows that raise it by less, twice in a row, are the last."""


def relax(search: Search) -> LinearSolution:
    """The relaxation; its bound is raised, and it is offered as a plan if it happens to be one.

    Where the problem says what lasts, its rows that the relaxation breaks stand in `search.problem` from then on.
    """
    relaxed, further = _relax(search, lambda: _from_inside(search, threading.Event()))
    return _taken(search, relaxed, further)


def relax_beside(search: Search, first_plan: Callable[[], None]) -> LinearSolution:
    """As `relax` after `first_plan`, with both at once."""
    given_up = threading.Event()
    pool = ThreadPoolExecutor(1)
    planned = pool.submit(first_plan)
    inside = pool.submit(search.beside.timed, lambda: _from_inside(search, given_up))
    try:
        relaxed, further = _relax(search, inside.result)
    finally:
        # Else the process would go on until the interior point ends by itself.
        given_up.set()
        inside.cancel()
        pool.shutdown(wait=False)
    planned.result()
    return _taken(search, relaxed, further)


def _relax(search: Search, from_inside: Callable[[], LinearSolution]) -> tuple[LinearSolution, sparse.csr_array]:
    with search.phase("relaxation", "the linear relaxation of the whole, for a bound") as notes:
        lasting = Lasting(search.problem)
        relaxed, further = _by_simplex(search, lasting, notes)
        if relaxed.status == "nodes" and not search.over():
            given = notes.message
            relaxed = from_inside()
            notes.message = f"{relaxed.iterations} steps from inside, after {given}"
            if relaxed.status == "optimal":
                further = lasting.rows(lasting.broken(relaxed.values))
                relaxed = replace(relaxed, row_duals=np.append(relaxed.row_duals, np.zeros(further.shape[0])))
        notes.stopped_by = why_stopped(relaxed.status, search)
        if relaxed.status == "optimal":
            search.raise_bound(relaxed.bound)
            search.send(RelaxationSolved(Relaxation(relaxed.values, relaxed.row_duals, relaxed.basis, further)))
    return relaxed, further


def _taken(search: Search, relaxed: LinearSolution, further: sparse.csr_array) -> LinearSolution:
    if relaxed.status == "optimal":
        search.tighten(further)
        if is_whole(relaxed.values[search.problem.integer]):
            search.offer(relaxed.values)
    return relaxed


def _by_simplex(search: Search, lasting: Lasting, notes: PhaseNotes) -> tuple[LinearSolution, sparse.csr_array]:
    """By at most so many steps; from an earlier plan's basis, where there is one, by a part of them first.

    Returns the rows beyond the problem's own that hold it, too.
    """
    problem = search.problem
    patience = max(SIMPLEX_ITERATIONS, int(SIMPLEX_ITERATIONS_PER_INTEGER * problem.integer.sum()))
    basis = None if problem.earlier is None else problem.earlier.basis
    growing = _Growing(search, lasting, basis)
    relaxed = growing.run(patience if basis is None else patience // PATIENCE_FROM_BASIS)
    given_up = ""
    if relaxed.status == "nodes" and basis is not None and not search.over():
        given_up = ", the basis to start from given up"
        growing = _Growing(search, lasting, None)
        relaxed = growing.run(patience)
    for _ in range(RUNS_TO_AN_OPTIMUM if patience <= PATIENT_UP_TO else 0):
        broken = lasting.broken(relaxed.values)
        if relaxed.status != "nodes" or not len(broken.row) or search.over():
            break
        growing.add(broken)
        relaxed = growing.run(FURTHER_ITERATIONS)
    if relaxed.status == "optimal":
        relaxed = _tightened(search, growing, lasting, relaxed)
    relaxed, further = growing.what_binds(relaxed)
    lasts = f", {further.shape[0]} rows of what lasts" if further.shape[0] else ""
    notes.message = f"{growing.iterations} simplex iterations{given_up}{lasts}"
    return relaxed, further


class _Growing:
    """The relaxation with the rows of what lasts that it has by now; those that an earlier basis names from the start."""

    def __init__(self, search: Search, lasting: Lasting, basis: Basis | None) -> None:
        self._lasting, self._own = lasting, search.problem.row_count
        self._relaxation = GrowingRelaxation(search.problem, search.lower, search.upper, search.effort(search.remaining))
        self._named = Named()
        if basis is not None:
            named, meant = lasting.meant(basis.named)
            self.add(named)
            rows = basis.rows[np.append(np.ones(self._own, dtype=np.bool_), meant)]
            self._relaxation.begin_at(Basis(basis.columns, rows))

    @property
    def iterations(self) -> int:
        return self._relaxation.iterations

    def run(self, iterations: int) -> LinearSolution:
        return self._relaxation.run(iterations)

    def add(self, named: Named) -> None:
        if len(named.row):
            self._relaxation.add(self._lasting.rows(named))
            known = self._named if len(self._named.row) else named.only(np.zeros(len(named.row), dtype=np.bool_))
            self._named = Named(np.append(known.row, named.row), np.concatenate([known.stage, named.stage]))

    def what_binds(self, relaxed: LinearSolution) -> tuple[LinearSolution, sparse.csr_array]:
        """Without those further rows that cost nothing."""
        binds = np.abs(relaxed.row_duals[self._own :]) > WORTHLESS
        kept = np.append(np.ones(self._own, dtype=np.bool_), binds)
        basis = relaxed.basis
        if basis is not None:
            # Rows that came after the last optimum had no part in it.
            rows = np.append(basis.rows, np.full(len(kept) - len(basis.rows), _BASIC, dtype=np.int8))
            basis = Basis(basis.columns, rows[kept], self._named.only(binds))
        return replace(relaxed, row_duals=relaxed.row_duals[kept], basis=basis), self._relaxation.further[binds]


def _tightened(search: Search, growing: _Growing, lasting: Lasting, relaxed: LinearSolution) -> LinearSolution:
    """With the rows that the optimum breaks, and so on, until they raise the bound by next to nothing."""
    small = 0
    for _ in range(ROUNDS):
        search.raise_bound(relaxed.bound)
        broken = lasting.broken(relaxed.values)
        if not len(broken.row) or small >= 2 or search.over():
            break
        growing.add(broken)
        found = growing.run(FURTHER_ITERATIONS)
        if found.status != "optimal":
            return replace(relaxed, row_duals=np.append(relaxed.row_duals, np.zeros(len(broken.row))))
        small = small + 1 if found.bound - relaxed.bound < WORTH_A_ROUND * abs(relaxed.bound) else 0
        relaxed = found
    return relaxed


def _from_inside(search: Search, given_up: threading.Event) -> LinearSolution:
    def should_stop() -> bool:
        return given_up.is_set() or search.cancelled.is_set()

    return solve_linear_inside(search.problem, search.lower, search.upper, search.effort(search.remaining), should_stop)
