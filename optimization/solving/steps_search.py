"""The state of a search: the best plan so far, the proven bound, the time that is left, and whom to tell."""

import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

from optimization.solving.child_messages import BoundRaised, Message, PhaseEnded, PhaseStarted, PlanFound
from optimization.solving.elsewhere import Best
from optimization.solving.engine import solve_linear
from optimization.solving.engine_answers import Effort, EngineStatus, Watch
from optimization.solving.limits import Limits
from optimization.solving.problem import FloatArray, Problem, with_rows
from optimization.solving.progress import Phase
from optimization.solving.record import StoppedBy
from optimization.solving.side_by_side import SideBySide

_ROW_TOLERANCE = 1e-6


@dataclass
class PhaseNotes:
    """What a phase tells of itself when it ends."""

    nodes: int = 0
    stopped_by: StoppedBy = "optimal"
    message: str = ""


@dataclass
class Search:
    """Everything the steps share. Plans enter by `offer`, bounds by `raise_bound`, from any thread; both are sent on at once."""

    problem: Problem
    limits: Limits
    started: float
    send: Callable[[Message], None]
    cancelled: threading.Event = field(default_factory=threading.Event)
    best_values: FloatArray | None = None
    best_objective: float = math.inf
    bound: float = -math.inf
    reproducible: bool = True
    working_on: str = ""

    def __post_init__(self) -> None:
        problem = self.problem
        integer = problem.integer
        self.lower = np.where(integer, np.ceil(problem.column_lower - 1e-9), problem.column_lower)
        self.upper = np.where(integer, np.floor(problem.column_upper + 1e-9), problem.column_upper)
        self._magnitude = abs(problem.matrix)
        self._unpolished: FloatArray | None = None
        self._sent_bound = -math.inf
        self._lock = threading.RLock()
        self.beside = SideBySide(self.limits.threads)

    def tighten(self, rows: sparse.csr_array) -> None:
        """Adds rows (k × n), each at most 0, that whole plans fulfil."""
        self.problem = with_rows(self.problem, rows)
        self._magnitude = abs(self.problem.matrix)

    def inner(self, problem: Problem, limits: Limits) -> "Search":
        """The search of a problem that serves this one: its clock, its threads, cancelled with it; it tells nobody."""
        inner = Search(problem, limits, self.started, lambda _: None, self.cancelled)
        inner.beside = self.beside
        return inner

    def go_on_from(self, best: Best) -> None:
        """Begins with what an earlier process had of this problem. When it ended was chance, so nothing is reproducible then."""
        self.reproducible = False
        self.raise_bound(best.bound)
        if best.values is not None and best.values.shape == self.lower.shape:
            self.offer(best.values)

    @property
    def elapsed(self) -> float:
        return time.monotonic() - self.started

    @property
    def remaining(self) -> float:
        """Seconds left, less a little for the last messages."""
        return self.limits.time_seconds - self.elapsed - 0.2

    @property
    def gap_that_suffices(self) -> float:
        """In units of the objective, at the present plan."""
        if self.best_values is None:
            return self.limits.absolute_gap
        return max(self.limits.relative_gap * abs(self.best_objective), self.limits.absolute_gap, 1e-9)

    @property
    def gap(self) -> float:
        return self.best_objective - self.bound

    def over(self) -> StoppedBy | None:
        """Why the whole search should end now; None while it should go on."""
        if self.best_values is not None:
            if self.gap <= 1e-9 * max(1.0, abs(self.best_objective)):
                return "optimal"
            if self.gap <= self.gap_that_suffices:
                return "gap"
        if self.cancelled.is_set():
            return "cancel"
        return "clock" if self.remaining <= 0 else None

    def watch(self, bound_is_valid: bool) -> Watch:
        """Listens to a MIP; a bound of a restricted one says nothing of the whole and is not kept."""
        return Watch(
            on_plan=self.offer,
            on_bound=self.raise_bound if bound_is_valid else lambda _: None,
            should_stop=lambda: self.cancelled.is_set() or (bound_is_valid and self.over() is not None),
        )

    def effort(self, seconds: float, *, gap_share: float = 1.0, nodes: int | None = None) -> Effort:
        """An effort of at most `seconds` whose gaps are `gap_share` of what the whole search needs."""
        return Effort(
            seconds=max(min(seconds, self.remaining), 0.05),
            relative_gap=self.limits.relative_gap * gap_share,
            absolute_gap=self.limits.absolute_gap * gap_share,
            nodes=nodes,
            seed=self.limits.seed,
        )

    def raise_bound(self, bound: float) -> None:
        """Takes a bound that is valid for the whole problem. Never above the plan: tolerances would let it, by a hair."""
        with self._lock:
            bound = min(bound, self.best_objective)
            if not (math.isfinite(bound) and bound > self.bound):
                return
            self.bound = bound
            if bound > self._sent_bound + 1e-6 * max(1.0, abs(bound)) or self.over() is not None:
                self._sent_bound = bound
                self.send(BoundRaised(bound))

    def offer(self, values: FloatArray) -> bool:
        """Takes the plan if, its integers rounded, it beats the best and holds in every row; says whether it did.

        A better plan that rounding broke is kept aside for `settle`.
        """
        integer = self.problem.integer
        candidate = np.clip(np.where(integer, np.round(values), values), self.lower, self.upper)
        objective = self.problem.objective_of(candidate)
        if not self._beats(objective):
            return False
        holds = self.holds(candidate)
        with self._lock:
            if not holds:
                self._unpolished = candidate
            elif self._beats(objective):
                self.best_values, self.best_objective = candidate, objective
                self.bound = min(self.bound, objective)
                self.send(PlanFound(objective, candidate))
                return True
        return False

    def _beats(self, objective: float) -> bool:
        return objective < self.best_objective - 1e-9 * max(1.0, abs(objective))

    def better_than(self, objective: float) -> FloatArray | None:
        """The best plan, if it is clearly better than that."""
        if self.best_objective < objective - 1e-6 * max(1.0, abs(objective)):
            return self.best_values
        return None

    def holds(self, values: FloatArray) -> bool:
        """Whether every row holds within 1e-6 of the size of what is added up in it."""
        activity = self.problem.matrix @ values
        slack = _ROW_TOLERANCE * np.maximum(1.0, self._magnitude @ np.abs(values))
        return bool(((activity >= self.problem.row_lower - slack) & (activity <= self.problem.row_upper + slack)).all())

    def settle(self) -> bool:
        """Mends the last plan that rounding broke: an LP over all that is continuous. Says whether it helped."""
        broken, self._unpolished = self._unpolished, None
        return broken is not None and self.polish(broken)

    def polish(self, values: FloatArray) -> bool:
        """Offers the best plan that has the integers of `values`; says whether it was taken."""
        integers = np.clip(np.round(values), self.lower, self.upper)
        lower = np.where(self.problem.integer, integers, self.lower)
        upper = np.where(self.problem.integer, integers, self.upper)
        answer = solve_linear(self.problem, lower, upper, self.effort(max(self.remaining, 1.0)))
        return answer.status == "optimal" and self.offer(answer.values)

    @contextmanager
    def phase(self, name: Phase, message: str) -> Iterator[PhaseNotes]:
        """Announces a phase and, when it is through, tells its cost and its end."""
        self.working_on = message
        self.send(PhaseStarted(name, message))
        wall, processor = time.monotonic(), time.thread_time() + self.beside.cpu_seconds
        notes = PhaseNotes()
        yield notes
        if notes.stopped_by == "clock":
            self.reproducible = False
        self.send(
            PhaseEnded(
                name,
                time.monotonic() - wall,
                time.thread_time() + self.beside.cpu_seconds - processor,
                notes.nodes,
                notes.stopped_by,
                notes.message,
            )
        )


def why_stopped(status: EngineStatus, search: Search) -> StoppedBy:
    """The reason of a phase's end, in the words of the record."""
    if status == "interrupted":
        return search.over() or "stall"
    reasons: dict[EngineStatus, StoppedBy] = {
        "optimal": "gap",
        "infeasible": "infeasible",
        "unbounded": "unbounded",
        "clock": "clock",
        "nodes": "nodes",
    }
    return reasons.get(status, "failure")
