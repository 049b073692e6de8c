"""A worker does one run after the other, and outlives every one of them."""

import errno
import threading
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from api.jobs import durable
from api.persistence.content import ContentStore
from api.persistence.models import PlanRow
from api.persistence.references import referenced
from api.services import plan_content, run_states
from optimization import Progress
from planner.plan.outcome import NoPlan
from planner.plan.plan import Plan
from tests.api.service.jobs.desk import Desk, until

_LOST = "server closed the connection unexpectedly: database is locked"  # as PostgreSQL and SQLite say it


class PaperSolver:
    """Gives a plan without solving; counts how often, and can wait until it is told to go on or to stop."""

    def __init__(self, plan: Plan, before: Callable[["PaperSolver"], None] | None = None) -> None:
        self.plan, self.before = plan, before
        self.times = 0
        self.begun, self.go_on = threading.Event(), threading.Event()
        self.cancelled = False

    def __call__(
        self,
        basin: Any,
        scenario: Any,
        limits: Any,
        on_progress: Any,
        cancel: threading.Event,
        start: Any = None,
        aid: Any = None,
    ) -> Plan:
        self.times += 1
        self.tell, self.cancel = on_progress, cancel
        self.begun.set()
        if self.before is not None:
            self.before(self)
        self.cancelled = cancel.is_set()
        return self.plan


def until_told(solver: PaperSolver) -> None:
    """Work until the run is cancelled or the test says to go on."""
    while not solver.cancel.wait(0.02) and not solver.go_on.is_set():
        pass


def plans(desk: Desk) -> list[PlanRow]:
    with desk.database.reading() as session:
        return list(session.scalars(sa.select(PlanRow)))


def news(phase: str, **values: Any) -> Progress:
    given: dict[str, Any] = {"objective": "cost", "unit": "USD", "elapsed_seconds": 1.0, "incumbent": None, "bound": None}
    return Progress(phase=phase, gap=None, message="", **{**given, **values})  # type: ignore[arg-type]


def test_the_tutorial_is_planned_from_request_to_plan(desk: Desk) -> None:
    run_id = desk.started(limits={"time_seconds": 20})
    with desk.working():
        run = desk.wait(run_id, "succeeded", "failed", "no_plan", seconds=60)
    assert run.state == "succeeded", run.outcome
    (plan,) = plans(desk)
    assert (plan.id, plan.passed, plan.status) == (run.plan_id, True, "optimal")
    assert plan.verdict.startswith("Proven optimal")
    assert all(desk.store.has(digest) for digest in [*plan.tables.values(), *plan.basin_tables.values(), plan.record])
    assert [desk.kinds(run_id)[0], desk.kinds(run_id)[1], desk.kinds(run_id)[-1]] == ["queued", "started", "ended"]
    again = desk.start(limits={"time_seconds": 20})
    assert (again.status_code, again.json()["id"], again.json()["plan_id"]) == (200, run_id, plan.id)


def test_a_changed_scenario_is_planned_from_the_plan_of_its_parent(desk: Desk) -> None:
    more = {"table": "channel_amounts", "multiply": {"amount_usd": 3}}
    child = desk.scenario("more_money", parent_id=desk.scenario_id, changes=[more])
    run_id = desk.started(limits={"time_seconds": 20})
    with desk.working():
        desk.wait(run_id, "succeeded", "failed", "no_plan", seconds=60)
        later = str(desk.start(child, limits={"time_seconds": 20}).json()["id"])
        run = desk.wait(later, "succeeded", "failed", "no_plan", seconds=60)
    first, second = sorted(plans(desk), key=lambda row: row.id)
    assert (run.start_plan_id, second.run_id, second.passed) == (first.id, later, True)
    start = plan_content.record_of(desk.store, second)["start"]
    assert (start["plan_id"], start["resolved_hash"], start["basis"]) == (first.id, first.resolved_hash, True)
    assert start["told"] == start["decisions"]
    assert "start" not in plan_content.record_of(desk.store, first)
    with desk.database.reading() as session:
        assert {first.basis, second.basis} <= referenced(session)


def test_a_run_whose_plan_to_start_from_is_lost_is_planned_from_nothing(desk: Desk) -> None:
    run_id = desk.started(limits={"time_seconds": 20})
    with desk.working():
        desk.wait(run_id, "succeeded", "failed", "no_plan", seconds=60)
        (first,) = plans(desk)
        with desk.database.writing() as session:
            session.get_one(PlanRow, first.id).record = "0" * 64
        again = desk.started(limits={"time_seconds": 20})
        run = desk.wait(again, "succeeded", "failed", "no_plan", seconds=60)
    assert (run.state, run.start_plan_id) == ("succeeded", first.id)
    second = next(row for row in plans(desk) if row.run_id == again)
    assert "start" not in plan_content.record_of(desk.store, second)


def test_news_reach_the_run_at_most_one_a_second_but_for_each_phase(desk: Desk, paper_plan: Plan) -> None:
    def tell(solver: PaperSolver) -> None:
        for number in range(200):
            solver.tell(news("relaxation", incumbent=float(number)))
        solver.tell(news("search", incumbent=float("inf"), bound=float("nan")))
        until(lambda: (desk.run(run_id).progress or {}).get("phase") == "search")

    run_id = desk.queued()
    with desk.working(PaperSolver(paper_plan, tell)):
        desk.wait(run_id, "succeeded")
    told = [event.data for event in desk.events(run_id) if event.kind == "progress"]
    assert [item["phase"] for item in told][-2:] == ["relaxation", "search"]
    assert len(told) <= 4
    assert told[-2]["incumbent"] == 199.0
    assert (told[-1]["incumbent"], told[-1]["bound"]) == (None, None)
    assert [event.sequence for event in desk.events(run_id)] == list(range(1, len(desk.events(run_id)) + 1))


def test_cancelling_keeps_the_best_plan(desk: Desk, paper_plan: Plan) -> None:
    run_id, solver = desk.queued(), PaperSolver(paper_plan, until_told)
    with desk.working(solver):
        assert solver.begun.wait(20)
        assert desk.owner.http.post(f"/v1/runs/{run_id}/cancel").json()["state"] == "running"
        assert desk.wait(run_id, "succeeded", seconds=15).plan_id is not None
    assert solver.cancelled
    assert "cancel_requested" in desk.kinds(run_id) and desk.kinds(run_id)[-1] == "ended"


def test_cancelling_before_there_is_a_plan_leaves_none(desk: Desk, paper_plan: Plan) -> None:
    def end(solver: PaperSolver) -> None:
        until_told(solver)
        raise NoPlan("cancelled")

    run_id, solver = desk.queued(), PaperSolver(paper_plan, end)
    with desk.working(solver):
        assert solver.begun.wait(20)
        desk.owner.http.post(f"/v1/runs/{run_id}/cancel")
        run = desk.wait(run_id, "cancelled", seconds=3)
    assert run.plan_id is None and plans(desk) == []


@pytest.mark.parametrize(
    ("error", "state", "status"),
    [
        (NoPlan("infeasible"), "no_plan", "infeasible"),
        (NoPlan("no_plan_in_time"), "no_plan", "no_plan_in_time"),
        (NoPlan("memory_limit"), "failed", "memory_limit"),
        (NoPlan("failed"), "failed", "failed"),
        (MemoryError(), "failed", "memory_limit"),
        (ZeroDivisionError("never told"), "failed", "failed"),
    ],
)
def test_a_run_without_a_plan_says_why_and_the_next_run_is_done(
    desk: Desk, paper_plan: Plan, error: Exception, state: str, status: str
) -> None:
    def fail_first(solver: PaperSolver) -> None:
        if solver.times == 1:
            raise error

    bad, good = desk.queued(), desk.queued()
    with desk.working(PaperSolver(paper_plan, fail_first)):
        desk.wait(good, "succeeded")
    run = desk.run(bad)
    assert run.state == state and run.outcome is not None
    assert run.outcome["status"] == status and run.outcome["message"].endswith(".")
    assert "never told" not in run.outcome["message"]


def test_a_full_disk_ends_the_run_clearly_and_keeps_nothing(
    desk: Desk, paper_plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    put, refused = ContentStore.put, 0

    def full_at_the_fifth(store: ContentStore, data: bytes) -> str:
        nonlocal refused
        refused += 1
        if refused == 5:
            raise OSError(errno.ENOSPC, "No space left on device")
        return put(store, data)

    bad = desk.queued()
    monkeypatch.setattr(ContentStore, "put", full_at_the_fifth)
    with desk.working(PaperSolver(paper_plan)):
        run = desk.wait(bad, "failed")
        assert run.outcome is not None and run.outcome["status"] == "out_of_space"
        assert plans(desk) == []
        good = desk.queued()
        assert desk.wait(good, "succeeded").plan_id is not None


@pytest.fixture
def outage() -> Iterator[threading.Event]:
    """While it is set, no database answers the worker."""
    out = threading.Event()

    def refuse(connection: sa.Connection) -> None:
        if out.is_set() and threading.current_thread().name in ("link", "pulse", "reaper", "worker"):
            raise OperationalError("BEGIN", {}, psycopg.OperationalError(_LOST))

    sa.event.listen(sa.Engine, "begin", refuse)
    yield out
    sa.event.remove(sa.Engine, "begin", refuse)


def test_a_lost_database_is_waited_for_while_the_solve_goes_on(desk: Desk, paper_plan: Plan, outage: threading.Event) -> None:
    def lose_the_database(solver: PaperSolver) -> None:
        outage.set()
        solver.tell(news("search"))
        threading.Timer(1.5, outage.clear).start()

    run_id, solver = desk.queued(), PaperSolver(paper_plan, lose_the_database)
    with desk.working(solver):
        assert desk.wait(run_id, "succeeded").plan_id is not None
    assert (solver.times, solver.cancelled) == (1, False)


def test_a_run_fenced_out_while_it_is_solved_is_stopped_and_thrown_away(desk: Desk, paper_plan: Plan) -> None:
    run_id, solver = desk.queued(), PaperSolver(paper_plan, until_told)
    with desk.working(solver):
        assert solver.begun.wait(20)
        attempt = desk.run(run_id).attempt
        with desk.database.writing() as session:
            run_states.end(session, run_id, attempt, "failed", {"status": "worker_lost", "message": "."})
        until(lambda: solver.cancelled, 3)
        other = desk.queued()
        solver.go_on.set()
        desk.wait(other, "succeeded")
    assert [plan.run_id for plan in plans(desk)] == [other]
    assert desk.run(run_id).state == "failed"


def test_a_worker_that_is_stopped_gives_its_run_back_without_counting_a_try(desk: Desk, paper_plan: Plan) -> None:
    run_id, solver = desk.queued(), PaperSolver(paper_plan, until_told)
    with desk.working(solver):
        assert solver.begun.wait(20)
    run = desk.run(run_id)
    assert (run.state, run.tries, run.worker_id) == ("queued", 0, None)
    assert solver.cancelled and plans(desk) == []
    with desk.working(PaperSolver(paper_plan), name="two"):
        assert desk.wait(run_id, "succeeded").tries == 1


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_what_a_dead_worker_had_solved_is_published_without_solving_again(
    desk: Desk, paper_plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first worker dies between solving and publishing; the second finds its result in the durable record."""
    run_id, first = desk.queued(), PaperSolver(paper_plan)

    def die(*_: Any) -> None:
        raise SystemExit

    with monkeypatch.context() as dying:
        dying.setattr("api.jobs.attempt.Attempt.publish", die)
        with desk.working(first):
            until(lambda: desk.worker_ended("one"))
    with desk.database.writing() as session:
        assert run_states.take_over(session, desk.settings.dead_after_seconds, desk.settings.tries_at_most) == [run_id]
    second = PaperSolver(paper_plan)
    with desk.working(second, name="two"):
        assert desk.wait(run_id, "succeeded").plan_id is not None
    assert (first.times, second.times) == (1, 0)


def test_the_record_of_an_ended_run_is_dropped(desk: Desk, paper_plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    left: list[Any] = []
    forget = durable.forget

    def forget_and_look(run_id: str) -> None:
        forget(run_id)
        left.extend(durable._workflows(run_id))

    monkeypatch.setattr(durable, "forget", forget_and_look)
    run_id = desk.queued()
    with desk.working(PaperSolver(paper_plan)):
        desk.wait(run_id, "succeeded")
    assert left == []
