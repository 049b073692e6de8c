"""Which run is next: priority, a fair share for each organisation, age; and nobody takes what another took."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from api.persistence.models import Run
from api.services import run_states
from tests.api.service.house import House, Person
from tests.api.service.jobs.desk import Desk


def test_the_oldest_run_goes_first_and_a_higher_priority_before_it(desk: Desk) -> None:
    low, old, young, high = (desk.queued(priority=priority) for priority in (-1, 0, 0, 1))
    worker = desk.worker()
    assert [desk.claimed(worker).id for _ in range(4)] == [high, old, young, low]  # type: ignore[union-attr]
    assert desk.claimed(worker) is None


def test_the_organisation_with_the_fewest_running_runs_goes_first(desk: Desk, ben: Person) -> None:
    busy, quiet = desk.organisation("busy"), desk.organisation("quiet")
    first, second = desk.queued(organisation_id=busy), desk.queued(organisation_id=busy)
    last = desk.queued(ben, organisation_id=quiet)
    worker = desk.worker()
    assert [desk.claimed(worker).id for _ in range(3)] == [first, last, second]  # type: ignore[union-attr]


def test_a_user_with_as_many_running_runs_as_allowed_is_passed_over(desk: Desk, ben: Person) -> None:
    own = [desk.queued() for _ in range(desk.settings.runs_at_once_per_user + 1)]
    other = desk.queued(ben)
    worker = desk.worker()
    taken = [desk.claimed(worker) for _ in range(len(own) + 1)]
    assert {run.id for run in taken if run is not None} == {*own[:-1], other}
    assert taken[-1] is None


def test_a_claimed_run_is_the_worker_s_under_a_new_attempt_number(desk: Desk) -> None:
    run_id, worker = desk.queued(), desk.worker()
    desk.claimed(worker)
    run = desk.run(run_id)
    assert (run.state, run.worker_id, run.attempt, run.tries) == ("running", worker, 1, 1)
    assert desk.kinds(run_id) == ["queued", "started"]


def test_workers_that_choose_at_the_same_moment_get_different_runs(desk: Desk) -> None:
    organisations = [desk.organisation(f"office_{number}") for number in range(4)]
    runs = [desk.queued(organisation_id=organisation) for organisation in organisations]
    workers = [desk.worker(f"worker_{number}") for number in range(4)]
    with ThreadPoolExecutor(4) as together:
        taken = list(together.map(desk.claimed, workers))
    assert sorted(run.id for run in taken if run is not None) == sorted(runs)


def test_cancelling_wins_against_claiming_or_the_worker_hears_of_it(desk: Desk) -> None:
    """At the same moment, many times: no cancelled run is ever running without the worker being told."""
    worker = desk.worker()

    def cancel(run_id: str) -> None:
        with desk.database.writing() as session:
            run_states.request_cancel(session, session.get_one(Run, run_id), desk.owner.user_id)

    for _ in range(8):
        run_id = desk.queued()
        with ThreadPoolExecutor(2) as together:
            jobs: list[Any] = [together.submit(desk.claimed, worker), together.submit(cancel, run_id)]
            for job in jobs:
                job.result()
        run = desk.run(run_id)
        assert run.cancel_requested_at is not None
        if run.state == "running":
            with desk.database.writing() as session:
                run_states.end(session, run.id, run.attempt, "cancelled", {"status": "cancelled", "message": ""})
        assert desk.run(run_id).state == "cancelled"
        assert [event.sequence for event in desk.events(run_id)] == list(range(1, len(desk.events(run_id)) + 1))


def test_a_cancelled_run_that_waited_is_never_claimed(house: House, desk: Desk) -> None:
    run_id = desk.queued()
    answer = desk.owner.http.post(f"/v1/runs/{run_id}/cancel")
    assert (answer.status_code, answer.json()["state"]) == (200, "cancelled")
    assert desk.claimed(desk.worker()) is None
    assert desk.kinds(run_id) == ["queued", "cancel_requested", "ended"]
