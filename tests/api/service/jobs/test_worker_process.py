"""A worker as a process: what becomes of its solver, of its run and of itself when something is killed."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from datasets.synthetic import make
from planner.formats.archive import write_archive
from tests.api.service.jobs.desk import Desk, until
from tests.api.service.jobs.processes import command, runs, solver_of

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")
HARD = {"limits": {"time_seconds": 120, "relative_gap": 0.0}}
FLOOR = {"rung": 4, "share": 0.7, "within": "basin", "hard": True}


@pytest.fixture
def worker(environment: dict[str, str]) -> Iterator["subprocess.Popen[bytes]"]:
    process = subprocess.Popen(command("one"), env=environment)
    yield process
    process.kill()
    process.wait()


@pytest.fixture
def hard_run(desk: Desk) -> str:
    """A run that goes on until it is stopped: forty villages are proven by nobody in two minutes."""
    organisation = desk.owner.http.get("/v1/organisations").json()["items"][0]["id"]
    content, kind = write_archive(make(40, 2, seed=3)), {"Content-Type": "application/zip"}
    asked = {"organisation_id": organisation}
    basin = desk.owner.http.post("/v1/basins/import", params=asked, content=content, headers=kind).json()["id"]
    policy = {"objectives": [{"objective": "cost"}], "floors": [FLOOR]}
    made = desk.owner.http.post(f"/v1/basins/{basin}/scenarios", json={"name": "hard", "policy": policy})
    return str(desk.start(made.json()["id"], **HARD).json()["id"])


def test_a_solver_dies_with_its_worker_and_the_next_of_its_name_takes_over_at_once(
    desk: Desk, hard_run: str, worker: "subprocess.Popen[bytes]", environment: dict[str, str]
) -> None:
    solver = until(lambda: solver_of(worker.pid), 120)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    until(lambda: not runs(solver), 5)
    assert desk.run(hard_run).state == "running"
    second = subprocess.Popen(command("one"), env=environment)
    try:
        until(lambda: "taken_over" in desk.kinds(hard_run), 60)
        until(lambda: solver_of(second.pid), 120)
        second.send_signal(signal.SIGTERM)
        assert second.wait(20) == 0
    finally:
        second.kill()
        second.wait()
    run = desk.run(hard_run)
    assert (run.state, run.tries) == ("queued", 1)
    assert desk.kinds(hard_run)[-1] == "queued"


def test_a_solver_killed_as_for_memory_ends_its_run_clearly_and_the_worker_goes_on(
    desk: Desk, hard_run: str, worker: "subprocess.Popen[bytes]"
) -> None:
    solver = until(lambda: solver_of(worker.pid), 120)
    os.kill(solver, signal.SIGKILL)
    run = desk.wait(hard_run, "failed", "succeeded", seconds=60)
    assert run.outcome is not None and run.outcome["status"] == "failed" and run.outcome["message"]
    assert desk.wait(desk.queued(), "succeeded", seconds=60).plan_id is not None
    assert worker.poll() is None


def test_a_worker_ends_with_the_process_that_began_it(environment: dict[str, str]) -> None:
    begin = (
        "import os, signal, subprocess\n"
        f"process = subprocess.Popen({command('one', '--with-parent')!r} + [str(os.getpid())])\n"
        "print(process.pid, flush=True)\n"
        "signal.pause()\n"
    )
    with subprocess.Popen([sys.executable, "-c", begin], env=environment, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        process_id = int(parent.stdout.readline())
        parent.kill()
        parent.wait()
        until(lambda: not runs(process_id), 15)
