"""The solver's own process, split off by `starter_process` and fed through standard input by `session_child`.

It ends with the one that began it, and that with the process that wants the plan: on Linux by the parent-death signal, elsewhere
because standard input ends.
"""

import contextlib
import ctypes
import os
import pickle
import signal
import sys
import threading
import time
from typing import BinaryIO

import numpy as np

from optimization.solving.child_messages import Cancel, Finished, Heartbeat, Message, Order, Task
from optimization.solving.engine import irreducible_conflict, solve_linear
from optimization.solving.engine_answers import Conflict, Effort, IntegerSolution, LinearSolution
from optimization.solving.outside import Outside
from optimization.solving.piece_work import work_at
from optimization.solving.record import StoppedBy
from optimization.solving.steps import pursue
from optimization.solving.steps_search import Search, why_stopped

HEARTBEAT_SECONDS = 0.8
MEMORY_LOOK_SECONDS = 0.2
_PARENT_DEATH_SIGNAL = 1


class Channel:
    """Sends messages to the parent, one at a time from any thread. A parent that is gone ends this process."""

    def __init__(self, pipe: BinaryIO) -> None:
        self._pipe = pipe
        self._lock = threading.Lock()

    def send(self, message: Message) -> None:
        with self._lock:
            try:
                pickle.dump(message, self._pipe, protocol=pickle.HIGHEST_PROTOCOL)
                self._pipe.flush()
            except (BrokenPipeError, ValueError):
                os._exit(1)


def main(starter: int) -> None:
    """Reads one task, works at it, and says `Finished`. `starter` is the process that split this one off."""
    _die_with(starter)
    orders, replies = _private_pipes()
    channel = Channel(replies)
    task: Task = pickle.load(orders)
    search = Search(task.problem, task.limits, task.started, channel.send)
    search.beside.outside = Outside(channel.send) if task.shares else None
    threading.Thread(target=_listen, args=(orders, search), daemon=True).start()
    threading.Thread(target=_beat, args=(channel, search), daemon=True).start()
    linear: LinearSolution | None = None
    conflict: Conflict | None = None
    answer: IntegerSolution | None = None
    stopped_by: StoppedBy
    if task.kind == "plan":
        if task.best is not None:
            search.go_on_from(task.best)
        stopped_by, message = pursue(search)
    elif task.kind == "conflict":
        conflict = irreducible_conflict(task.problem, _effort(search, task))
        stopped_by, message = "gap", ""
    elif task.kind == "piece":
        assert task.piece is not None
        answer = work_at(task.piece, search.cancelled.is_set)
        stopped_by, message = why_stopped(answer.status, search), ""
    else:
        stopped_by, message, linear = _solve_linear(search, task)
    channel.send(_heartbeat(search))
    cost = time.process_time(), peak_memory_bytes()
    channel.send(Finished(stopped_by, message, *cost, search.reproducible, linear, conflict, answer))
    replies.close()
    os._exit(0)


def _solve_linear(search: Search, task: Task) -> tuple[StoppedBy, str, LinearSolution]:
    lower, upper = search.lower, search.upper
    if task.fixed_at is not None:
        integers = np.round(task.fixed_at)
        lower = np.where(task.problem.integer, np.maximum(integers, lower), lower)
        upper = np.where(task.problem.integer, np.minimum(integers, upper), upper)
    answer = solve_linear(task.problem, lower, upper, _effort(search, task))
    return why_stopped(answer.status, search), "", answer


def _effort(search: Search, task: Task) -> Effort:
    """All that is left of the time."""
    return Effort(seconds=max(search.remaining, 0.05), seed=task.limits.seed)


def peak_memory_bytes() -> int:
    """The largest resident memory this process has had; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(peak if sys.platform == "darwin" else peak * 1024)


def _heartbeat(search: Search) -> Heartbeat:
    outside = search.beside.outside
    return Heartbeat(time.process_time(), peak_memory_bytes(), search.working_on, 0 if outside is None else outside.used)


def _private_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Standard input, and a private copy of standard output: what a library prints must not mix with the messages."""
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return sys.stdin.buffer, replies


def _die_with(parent: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)


def _listen(orders: BinaryIO, search: Search) -> None:
    """Waits for orders; the end of the pipe means that the parent is gone."""
    with contextlib.suppress(EOFError, pickle.UnpicklingError):
        while True:
            order: Order = pickle.load(orders)
            if isinstance(order, Cancel):
                search.cancelled.set()
            elif search.beside.outside is not None:
                search.beside.outside.hear(order)
    os._exit(1)


def _beat(channel: Channel, search: Search) -> None:
    """Signs of life, and the watch over this process's memory."""
    limit = search.limits.memory_bytes
    last = 0.0
    while True:
        memory = peak_memory_bytes()
        if limit is not None and memory > limit:
            text = f"the solver used {memory / 1e6:.0f} MB, more than the {limit / 1e6:.0f} MB allowed"
            channel.send(Finished("memory", text, time.process_time(), memory, False))
            os._exit(0)
        if time.monotonic() - last >= HEARTBEAT_SECONDS:
            last = time.monotonic()
            channel.send(_heartbeat(search))
        time.sleep(MEMORY_LOOK_SECONDS)
