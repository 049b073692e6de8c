"""Runs the solver in a process of its own, and always holds the best plan it has found."""

import math
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from optimization.solving.child_messages import Cancel, Finished, Task
from optimization.solving.elsewhere import Aid, Best, Elsewhere
from optimization.solving.engine_answers import Conflict, EngineStatus, IntegerSolution, LinearSolution, Relaxation
from optimization.solving.limits import Limits
from optimization.solving.pieces import Piece, problem_digest
from optimization.solving.problem import FloatArray, Problem
from optimization.solving.progress import ProgressEvent, relative_gap
from optimization.solving.record import SolverRecord, Status, StoppedBy, sizes_of
from optimization.solving.relay import Relay
from optimization.solving.session_child import ChildProcess
from optimization.solving.session_log import RunLog

CANCEL_PATIENCE_SECONDS = 1.2
CLOCK_PATIENCE_SECONDS = 1.0
NEWS_SECONDS = 1.5
OPTIMAL_WITHIN = 1e-6
SECONDS_AROUND_A_PIECE = 5.0
_LOOK_SECONDS = 0.1
_STATUS_OF_ENDING: dict[StoppedBy, Status] = {
    "cancel": "cancelled",
    "memory": "memory_limit",
    "infeasible": "infeasible",
    "unbounded": "unbounded",
    "failure": "failed",
}
_LINEAR_STATUS_OF_ENDING: dict[StoppedBy, EngineStatus] = {"clock": "clock", "cancel": "interrupted"}


@dataclass(frozen=True)
class Outcome:
    """How a run ended and the best plan it found.

    `values` has one number a column (integers exactly integral) and holds in every row within 1e-6 of the size of what the
    row adds up; None if there is no plan. `objective` and `bound` include the constant. `gap` is (objective - bound) as a
    share of |objective|. `relaxation` is that of the whole, if it was solved.
    """

    status: Status
    values: FloatArray | None
    objective: float | None
    bound: float | None
    gap: float | None
    record: SolverRecord
    relaxation: Relaxation | None = None


def solve(
    problem: Problem,
    limits: Limits | None = None,
    on_progress: Callable[[ProgressEvent], None] | None = None,
    cancel: threading.Event | None = None,
    aid: Aid | None = None,
) -> Outcome:
    """The best plan that `limits` allow, with a proven bound.

    `aid` may offer other places to work at pieces of the search, and keep its best, with which the next search of the
    same problem then begins.

    `on_progress` is called in this thread, at least every two seconds. Setting `cancel` ends the run within two seconds; the
    best plan so far is kept, as it is when the solver's process is killed. Never raises for what the problem holds or the
    solver does: the status says it. Call it from a thread that stays: on Linux the solver dies with that thread.
    """
    limits = limits or Limits()
    aid = aid or Aid()
    best, keep = _kept(aid, problem)
    log = RunLog(on_progress, keep)
    task = Task("plan", problem, limits, log.started, best=best, shares=aid.elsewhere is not None)
    ending = _supervise(task, log, cancel, aid.elsewhere)
    log.close(ending.stopped_by, ending.message)
    status = _status(ending, log, limits)
    bound = log.bound if math.isfinite(log.bound) else None
    gap = relative_gap(log.incumbent, bound)
    record = SolverRecord(
        status=status,
        stopped_by=ending.stopped_by,
        message=ending.message,
        objective=log.incumbent,
        bound=bound,
        gap=gap,
        wall_seconds=log.elapsed,
        cpu_seconds=ending.cpu_seconds,
        hand_over_seconds=log.hand_over_seconds,
        peak_memory_bytes=ending.peak_memory_bytes,
        sizes=sizes_of(problem),
        limits=limits,
        phases=tuple(log.phases),
        reproducible=ending.reproducible,
        resumed=best is not None,
        pieces_elsewhere=log.pieces_elsewhere,
    )
    return Outcome(status, log.values, log.incumbent, bound, gap, record, log.relaxation)


def _kept(aid: Aid, problem: Problem) -> tuple[Best | None, Callable[[Best], None] | None]:
    """What was kept of an earlier search of this problem, and who keeps what this one finds."""
    if aid.keeper is None:
        return None, None
    keeper, digest = aid.keeper, problem_digest(problem)
    return keeper.kept(digest), lambda best: keeper.keep(digest, best)


def work_at_piece(piece: Piece, memory_bytes: int | None, cancel: threading.Event) -> IntegerSolution | None:
    """The answer to a piece of another search, from a process of its own; None where it was cancelled or came to nothing."""
    limits = Limits(time_seconds=piece.effort.seconds + SECONDS_AROUND_A_PIECE, memory_bytes=memory_bytes)
    ending = _supervise(Task("piece", piece.problem, limits, time.monotonic(), piece=piece), RunLog(None), cancel)
    return None if ending.answer is None or ending.answer.status in ("interrupted", "failed") else ending.answer


def solve_relaxation(problem: Problem, limits: Limits | None = None, cancel: threading.Event | None = None) -> LinearSolution:
    """The problem with its integers relaxed: values, objective, row duals, reduced costs, or the status saying why not."""
    return _solve_linear(Task("relaxation", problem, limits or Limits(), time.monotonic()), cancel)


def irreducible_conflict(problem: Problem, limits: Limits, cancel: threading.Event | None = None) -> Conflict | None:
    """What cannot all hold in the relaxation, each part of it needed; None where none is found within the limits."""
    log = RunLog(None)
    ending = _supervise(Task("conflict", problem, limits, log.started), log, cancel)
    found = ending.conflict
    return found if found is not None and len(found.rows) + len(found.columns) else None


def fixed_duals(
    problem: Problem, values: FloatArray, limits: Limits | None = None, cancel: threading.Event | None = None
) -> LinearSolution:
    """The LP that is left when every integer keeps its value in `values`; marginal values are made of its row duals."""
    return _solve_linear(Task("integers fixed", problem, limits or Limits(), time.monotonic(), values), cancel)


def _supervise(task: Task, log: RunLog, cancel: threading.Event | None, elsewhere: Elsewhere | None = None) -> Finished:
    """Follows the child to its end, and puts an end to it when it is cancelled, late or gone."""
    asked_at: float | None = None
    with ChildProcess(task) as child:
        relay = None if elsewhere is None else Relay(child, elsewhere)
        while True:
            now = time.monotonic()
            if cancel is not None and cancel.is_set() and asked_at is None:
                asked_at = now
                child.tell(Cancel())
            if asked_at is not None and now - asked_at > CANCEL_PATIENCE_SECONDS:
                return _cut_off("cancel", "cancelled", log)
            if log.elapsed > task.limits.time_seconds + CLOCK_PATIENCE_SECONDS:
                return _cut_off("clock", "time was up", log)
            if now - log.last_news > NEWS_SECONDS:
                log.tell("the solver is at work")
            if relay is not None:
                relay.tell()
            try:
                message = child.next_message(_LOOK_SECONDS)
            except queue.Empty:
                continue
            if message is None:
                return _cut_off("failure", child.how_it_ended(), log)
            log.follow(message)
            if relay is not None:
                relay.follow(message)
            if isinstance(message, Finished):
                return message


def _cut_off(stopped_by: StoppedBy, message: str, log: RunLog) -> Finished:
    return Finished(stopped_by, message, log.cpu_seconds, log.peak_memory_bytes, reproducible=False)


def _status(ending: Finished, log: RunLog, limits: Limits) -> Status:
    """The run's status: what was reached counts before what ended it."""
    if log.incumbent is not None and math.isfinite(log.bound):
        difference = log.incumbent - log.bound
        if difference <= OPTIMAL_WITHIN * max(1.0, abs(log.incumbent)):
            return "optimal"
        if difference <= max(limits.relative_gap * abs(log.incumbent), limits.absolute_gap):
            return "gap_reached"
    if ending.stopped_by in ("clock", "nodes", "stall", "gap", "optimal"):
        if log.incumbent is None:
            return "no_plan_in_time"
        return "node_limit" if ending.stopped_by in ("nodes", "stall") else "time_limit"
    return _STATUS_OF_ENDING[ending.stopped_by]


def _solve_linear(task: Task, cancel: threading.Event | None) -> LinearSolution:
    ending = _supervise(task, RunLog(None), cancel)
    if ending.linear is not None:
        return ending.linear
    rows, columns = task.problem.row_count, task.problem.column_count
    status = _LINEAR_STATUS_OF_ENDING.get(ending.stopped_by, "failed")
    return LinearSolution(status, np.zeros(columns), math.inf, -math.inf, np.zeros(rows), np.zeros(columns), 0)
