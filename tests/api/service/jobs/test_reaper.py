"""Runs of workers that are gone are taken over, and whoever comes back from the dead may not write."""

import os
import socket
import subprocess
import sys

import pytest
import sqlalchemy as sa

from api.jobs import results
from api.jobs.identity import register
from api.jobs.reaper import Reaper, give_back_runs_of
from api.persistence.models import PlanRow, Run, Worker
from api.services import run_states
from api.services.run_states import FencedError
from tests.api.service.jobs.desk import Desk, until


@pytest.fixture
def gone() -> int:
    """The number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def held(desk: Desk, **worker: float) -> tuple[str, int]:
    """A run that a worker holds, and its attempt number."""
    run_id = desk.queued()
    run = desk.claimed(desk.worker(**worker))
    assert run is not None
    return run_id, run.attempt


def reaper(desk: Desk) -> Reaper:
    return Reaper(desk.database, desk.settings)


def test_the_run_of_a_silent_worker_waits_again_under_a_new_attempt_number(desk: Desk) -> None:
    run_id, attempt = held(desk, silent_seconds=desk.settings.dead_after_seconds + 1)
    assert reaper(desk).tick() == [run_id]
    run = desk.run(run_id)
    assert (run.state, run.worker_id, run.attempt, run.tries) == ("queued", None, attempt + 1, 1)
    assert desk.kinds(run_id) == ["queued", "started", "taken_over"]


def test_the_run_of_a_living_worker_is_left_alone(desk: Desk) -> None:
    held(desk, silent_seconds=desk.settings.dead_after_seconds - 5)
    assert reaper(desk).tick() == []


def test_a_dead_worker_is_found_within_a_minute_by_the_settings_as_they_come(desk: Desk) -> None:
    assert desk.settings.dead_after_seconds + 2 * desk.settings.heartbeat_seconds < 60


def test_a_reaper_ticks_by_itself_in_the_service(desk: Desk) -> None:
    desk.house.settings = desk.settings.model_copy(update={"heartbeat_seconds": 0.05})
    run_id, _ = held(desk, silent_seconds=1000)
    ticking = reaper(desk)
    ticking.start()
    until(lambda: desk.run(run_id).state == "queued", 5)
    ticking.stop()


def test_a_worker_that_starts_under_the_name_of_a_dead_one_frees_its_run_at_once(desk: Desk, gone: int) -> None:
    run_id = desk.queued()
    desk.claimed(desk.worker("serve-1", host=socket.gethostname(), process_id=gone))
    assert reaper(desk).tick() == []
    with desk.database.writing() as session:
        register(session, "serve-1")
    assert reaper(desk).tick() == [run_id]


def test_a_worker_under_the_name_of_a_living_one_takes_nothing_from_it(desk: Desk) -> None:
    desk.queued()
    desk.claimed(desk.worker("serve-1", host=socket.gethostname(), process_id=os.getppid()))
    with desk.database.writing() as session:
        register(session, "serve-1")
    assert reaper(desk).tick() == []


def test_a_supervisor_that_saw_a_worker_end_frees_its_run_at_once(desk: Desk, gone: int) -> None:
    run_id = desk.queued()
    desk.claimed(desk.worker("worker-1", host=socket.gethostname(), process_id=gone))
    assert give_back_runs_of(desk.database, desk.settings, "worker-1") == [run_id]
    assert desk.run(run_id).state == "queued"


def test_a_run_that_kills_its_worker_three_times_has_failed_and_says_so(desk: Desk) -> None:
    run_id = desk.queued()
    for _ in range(desk.settings.tries_at_most):
        assert desk.run(run_id).state == "queued"
        desk.claimed(desk.worker(silent_seconds=1000))
        reaper(desk).tick()
    run = desk.run(run_id)
    assert run.state == "failed"
    assert run.outcome is not None and "3 times" in run.outcome["message"]
    assert desk.kinds(run_id)[-1] == "ended"
    assert desk.claimed(desk.worker()) is None


def test_a_run_that_was_to_be_cancelled_ends_when_its_worker_is_gone(desk: Desk) -> None:
    run_id, _ = held(desk, silent_seconds=1000)
    desk.owner.http.post(f"/v1/runs/{run_id}/cancel")
    assert desk.run(run_id).state == "running"
    reaper(desk).tick()
    assert desk.run(run_id).state == "cancelled"
    assert desk.kinds(run_id)[-2:] == ["taken_over", "ended"]


def test_a_worker_believed_dead_that_comes_back_cannot_write(desk: Desk, kept_plan: str) -> None:
    run_id, attempt = held(desk, silent_seconds=1000)
    reaper(desk).tick()
    second = desk.claimed(desk.worker())
    assert second is not None and second.attempt > attempt
    before = [event.sequence for event in desk.events(run_id)]
    with pytest.raises(FencedError), desk.database.writing() as session:
        run_states.note_progress(session, run_id, attempt, [{"phase": "search"}])
    with pytest.raises(FencedError), desk.database.writing() as session:
        run_states.end(session, run_id, attempt, "failed", {})
    with pytest.raises(FencedError), desk.database.writing() as session:
        run_states.give_back(session, run_id, attempt, "The worker was stopped.")
    with pytest.raises(FencedError), desk.database.writing() as session:
        results.publish(session, desk.store, run_id, attempt, kept_plan)
    assert desk.run(run_id).state == "running"
    assert [event.sequence for event in desk.events(run_id)] == before
    with desk.database.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(PlanRow)) == 0


def test_an_attempt_publishes_once_even_if_it_tries_twice(desk: Desk, kept_plan: str) -> None:
    run_id, attempt = held(desk)
    with desk.database.writing() as session:
        plan_id = results.publish(session, desk.store, run_id, attempt, kept_plan).id
    with pytest.raises(FencedError), desk.database.writing() as session:
        results.publish(session, desk.store, run_id, attempt, kept_plan)
    assert desk.run(run_id).plan_id == plan_id
    with desk.database.reading() as session:
        assert session.scalars(sa.select(PlanRow.run_id)).all() == [run_id]


def test_workers_not_heard_of_for_a_week_are_forgotten_but_not_one_that_holds_a_run(desk: Desk) -> None:
    desk.worker("old", silent_seconds=8 * 86_400)
    desk.queued()
    holding = desk.worker("old and busy", silent_seconds=8 * 86_400)
    desk.claimed(holding)
    with desk.database.writing() as session:
        register(session, "new")
    with desk.database.reading() as session:
        assert {row.name for row in session.query(Worker)} == {"old and busy", "new"}
        assert session.query(Run).filter_by(worker_id=holding).count() == 1
