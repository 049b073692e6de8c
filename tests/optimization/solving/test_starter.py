"""The process that begins solvers may die or be refused a process: the next solve goes on."""

import os
import signal
from dataclasses import replace

import pytest

from optimization.solving import starter_process
from optimization.solving.child_messages import NO_PROCESS
from optimization.solving.limits import Limits
from optimization.solving.session import solve
from optimization.solving.starter import STARTER, Starter
from tests.optimization.solving.solving_problems import facility_location

QUICK = Limits(time_seconds=30)


def test_after_the_process_that_begins_solvers_was_killed_the_next_solve_begins_another() -> None:
    problem = facility_location(6, 3, seed=1)
    first = solve(problem, QUICK)
    os.kill(STARTER._process.pid, signal.SIGKILL)
    second = solve(problem, replace(QUICK, seed=0))
    assert first.status == second.status == "optimal"
    assert first.objective == pytest.approx(second.objective)


def test_where_the_system_gives_no_process_those_that_run_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> int:
        raise BlockingIOError("no process")

    monkeypatch.setattr(os, "fork", refused)
    assert starter_process._split_off([], []) == NO_PROCESS


def test_a_refused_process_is_an_error_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("optimization.solving.starter.NO_PROCESS", 7)
    asked = Starter()
    monkeypatch.setattr(asked, "_ready", lambda: _Line())
    monkeypatch.setattr("socket.send_fds", lambda *_: None)
    with pytest.raises(OSError, match="no process"):
        asked.start([])


class _Line:
    def recv(self, _: int) -> bytes:
        return b"7"
