"""A run that is cut short keeps what it has: cancelled, late, out of memory, killed, or orphaned."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from optimization.solving import session_child
from optimization.solving.child_messages import Task
from optimization.solving.limits import Limits
from optimization.solving.problem import Problem
from optimization.solving.progress import ProgressEvent
from optimization.solving.session import Outcome, solve
from tests.optimization.solving.solving_problems import facility_location

ENDLESS = Limits(time_seconds=60, relative_gap=0.0)


@pytest.fixture(scope="module")
def hard() -> Problem:
    """Far too hard for a minute."""
    return facility_location(150, 40, seed=9, capacity=4.0)


@pytest.fixture
def children(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Process ids of the solvers that the test starts."""
    started: list[int] = []
    original = session_child.ChildProcess.__init__

    def remember(self: session_child.ChildProcess, task: Task) -> None:
        original(self, task)
        started.append(self.process_id)

    monkeypatch.setattr(session_child.ChildProcess, "__init__", remember)
    return started


def _holds(problem: Problem, outcome: Outcome) -> bool:
    assert outcome.values is not None and outcome.objective is not None
    activity = problem.matrix @ outcome.values
    enough = (activity >= problem.row_lower - 1e-6) & (activity <= problem.row_upper + 1e-6)
    return bool(enough.all()) and np.isclose(problem.objective_of(outcome.values), outcome.objective)


def test_cancelling_takes_two_seconds_at_most_and_keeps_the_plan(hard: Problem) -> None:
    cancel, asked = threading.Event(), []

    def when_a_plan_is_there(event: ProgressEvent) -> None:
        if event.gap is not None and not asked:
            asked.append(time.monotonic())
            cancel.set()

    outcome = solve(hard, ENDLESS, when_a_plan_is_there, cancel)
    assert time.monotonic() - asked[0] < 2.0
    assert outcome.status == "cancelled" and outcome.record.stopped_by == "cancel"
    assert _holds(hard, outcome)


def test_a_run_cancelled_before_it_began_has_no_plan(hard: Problem) -> None:
    cancel = threading.Event()
    cancel.set()
    began = time.monotonic()
    outcome = solve(hard, ENDLESS, cancel=cancel)
    assert time.monotonic() - began < 2.5
    assert outcome.status == "cancelled"


def test_a_killed_solver_leaves_its_best_plan(hard: Problem, children: list[int]) -> None:
    def kill(event: ProgressEvent) -> None:
        if event.gap is not None and children:
            os.kill(children.pop(), signal.SIGKILL)

    outcome = solve(hard, ENDLESS, kill)
    assert outcome.status == "failed" and "signal 9" in outcome.record.message
    assert outcome.bound is not None
    assert _holds(hard, outcome)


def test_the_time_limit_is_kept_within_two_seconds_and_news_come_every_two(hard: Problem) -> None:
    moments = []
    began = time.monotonic()
    outcome = solve(hard, Limits(time_seconds=6, relative_gap=0.0), lambda _: moments.append(time.monotonic()))
    assert 5.0 < time.monotonic() - began < 8.0
    assert outcome.status == "time_limit" and outcome.record.stopped_by == "clock"
    assert not outcome.record.reproducible
    assert _holds(hard, outcome)
    assert np.diff([began, *moments]).max() < 2.0


def test_no_plan_in_time_is_said_so(hard: Problem) -> None:
    outcome = solve(hard, Limits(time_seconds=0.05))
    assert outcome.status == "no_plan_in_time" and outcome.values is None


def test_the_memory_limit_ends_the_solver(hard: Problem) -> None:
    outcome = solve(hard, Limits(time_seconds=60, memory_bytes=10_000_000))
    assert outcome.status == "memory_limit" and "MB" in outcome.record.message


def test_the_solver_dies_with_its_parent(tmp_path: Path) -> None:
    note = tmp_path / "child"
    script = f"""
import sys, threading, time
sys.path[:0] = {[str(Path(__file__).parent)]!r}
from pathlib import Path
from tests.optimization.solving.solving_problems import facility_location
from optimization.solving import session_child
from optimization.solving.child_messages import Task
from optimization.solving.session import solve
original = session_child.ChildProcess.__init__
def remember(self, task):
    original(self, task)
    Path({str(note)!r}).write_text(str(self.process_id))
session_child.ChildProcess.__init__ = remember
solve(facility_location(150, 40, seed=9, capacity=4.0))
"""
    with subprocess.Popen([sys.executable, "-c", script]) as parent:
        deadline = time.monotonic() + 15
        while not (note.exists() and note.read_text()) and time.monotonic() < deadline:
            time.sleep(0.05)
        child = int(note.read_text())
        time.sleep(1.0)
        parent.kill()
    deadline = time.monotonic() + 3
    while _is_alive(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _is_alive(child)


def _is_alive(process_id: int) -> bool:
    status = Path(f"/proc/{process_id}/stat")
    return status.exists() and status.read_text().rsplit(")", 1)[1].split()[0] != "Z"


def test_an_error_in_the_listener_ends_the_solver(hard: Problem, children: list[int]) -> None:
    def fail(_: ProgressEvent) -> None:
        if children:
            raise RuntimeError("the page is gone")

    with pytest.raises(RuntimeError, match="the page is gone"):
        solve(hard, ENDLESS, fail)
    assert not _is_alive(children[0])
