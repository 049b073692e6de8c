"""Two worker processes at one run on PostgreSQL: what they find is what one finds, whichever of them is killed."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa

from api.persistence.models import PlanRow, RunBest, RunPiece, Worker
from api.services import plan_content
from datasets.synthetic import make
from optimization import Limits, solve
from planner import Basin, Scenario, resolve
from planner.formats.archive import write_archive
from tests.api.service.jobs.desk import Desk, until
from tests.api.service.jobs.processes import command, runs, solver_of

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc"),
    pytest.mark.parametrize("database_url", ["postgresql"], indirect=True),
]
FLOORS = [{"rung": 3, "share": 0.7, "within": "village"}, {"rung": 5, "share": 0.3, "within": "account"}]
POLICY = {"objectives": [{"objective": "cost"}], "floors": FLOORS}
LIMITS = {"time_seconds": 30, "relative_gap": 0.04}
ENDLESS = {"time_seconds": 120, "relative_gap": 0.0}


@pytest.fixture(scope="module")
def basin() -> Basin:
    """Sixty villages whose districts couple them: their parts and neighbourhoods take more than ten seconds to a gap of 4 %."""
    return make(60, stages=3, seasons=2, members=1)


@pytest.fixture(scope="module")
def alone(basin: Basin) -> Any:
    """What one process finds: its level's record."""
    scenario = resolve(basin, Scenario.model_validate({"name": "coupled", "policy": POLICY}))
    return solve(scenario, Limits(**LIMITS)).record["levels"][0]


@pytest.fixture
def scenario_id(desk: Desk, basin: Basin) -> str:
    organisation = desk.owner.http.get("/v1/organisations").json()["items"][0]["id"]
    content, kind = write_archive(basin), {"Content-Type": "application/zip"}
    asked = {"organisation_id": organisation}
    kept = desk.owner.http.post("/v1/basins/import", params=asked, content=content, headers=kind).json()["id"]
    made = desk.owner.http.post(f"/v1/basins/{kept}/scenarios", json={"name": "coupled", "policy": POLICY})
    return str(made.json()["id"])


class Workers:
    """Worker processes by name, and the identifiers that they have in the database."""

    def __init__(self, desk: Desk, environment: dict[str, str]) -> None:
        self._desk = desk
        self.environment = environment
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    @contextmanager
    def at_work(self, *names: str) -> Iterator[None]:
        for name in names:
            self.processes[name] = subprocess.Popen(command(name), env=self.environment)
        try:
            until(lambda: all(self.ids.get(name) for name in names), 60)
            yield
        finally:
            for name in names:
                self.kill(name)

    @property
    def ids(self) -> dict[str, str]:
        with self._desk.database.reading() as session:
            return {worker.name: worker.id for worker in session.scalars(sa.select(Worker))}

    def kill(self, name: str) -> None:
        self.processes[name].kill()
        self.processes[name].wait()

    def name_of(self, worker_id: str | None) -> str:
        return next(name for name, known in self.ids.items() if known == worker_id)


@pytest.fixture
def workers(desk: Desk, environment: dict[str, str]) -> Workers:
    return Workers(desk, environment)


def rows(desk: Desk, table: type[RunPiece] | type[RunBest], run_id: str) -> list[Any]:
    with desk.database.reading() as session:
        return list(session.scalars(sa.select(table).where(table.run_id == run_id)))


def level_of(desk: Desk, run_id: str) -> dict[str, Any]:
    """The record of the only level of a run's plan."""
    with desk.database.reading() as session:
        row = session.scalars(sa.select(PlanRow).where(PlanRow.run_id == run_id)).one()
    level: dict[str, Any] = plan_content.record_of(desk.store, row)["levels"][0]
    return level


def told(desk: Desk, run_id: str, name: str) -> list[tuple[int, float]]:
    """(attempt, figure) of each piece of news that has this figure."""
    return [
        (event.attempt, event.data[name])
        for event in desk.events(run_id)
        if event.kind == "progress" and event.data.get(name) is not None
    ]


def assert_alike(level: dict[str, Any], alone: dict[str, Any]) -> None:
    """Each one's plan is no better than the other's bound; unless a clock ended a piece of it, it is the same plan."""
    assert level["bound"] <= alone["value"] * (1 + 1e-9) and alone["bound"] <= level["value"] * (1 + 1e-9)
    if level["solver"]["reproducible"] and alone["solver"]["reproducible"]:
        assert level["value"] == pytest.approx(alone["value"], rel=1e-9)
        assert level["bound"] == pytest.approx(alone["bound"], rel=1e-9)


def test_two_workers_find_what_one_finds(desk: Desk, scenario_id: str, workers: Workers, alone: dict[str, Any]) -> None:
    with workers.at_work("one", "two"):
        run_id = str(desk.start(scenario_id, limits=LIMITS).json()["id"])
        owner = until(lambda: desk.run(run_id).worker_id, 30)

        def answered() -> set[str]:
            return {row.worker_id for row in rows(desk, RunPiece, run_id) if row.answered_at is not None}

        helpers = until(answered, 60)
        run = desk.wait(run_id, "succeeded", "failed", "no_plan", seconds=60)
    assert run.state == "succeeded", run.outcome
    assert helpers == set(workers.ids.values()) - {owner}
    assert_alike(level_of(desk, run_id), alone)
    assert rows(desk, RunPiece, run_id) == rows(desk, RunBest, run_id) == []


def test_a_helper_that_is_killed_costs_nothing_but_time(
    desk: Desk, scenario_id: str, workers: Workers, alone: dict[str, Any]
) -> None:
    with workers.at_work("one", "two"):
        run_id = str(desk.start(scenario_id, limits=LIMITS).json()["id"])

        def helper() -> str | None:
            taken = [row.worker_id for row in rows(desk, RunPiece, run_id) if row.leased_until is not None]
            return workers.name_of(taken[0]) if taken else None

        name = until(helper, 60)
        solver = until(lambda: solver_of(workers.processes[name].pid), 20)
        workers.kill(name)
        until(lambda: not runs(solver), 5)
        run = desk.wait(run_id, "succeeded", "failed", "no_plan", seconds=60)
    assert run.state == "succeeded", run.outcome
    assert (run.attempt, run.tries) == (1, 1)
    assert_alike(level_of(desk, run_id), alone)


def test_who_takes_over_goes_on_from_the_last_bound(desk: Desk, scenario_id: str, workers: Workers) -> None:
    workers.environment["RIVERSHARE_DEAD_AFTER_SECONDS"] = "4"
    with workers.at_work("one", "two"):
        run_id = str(desk.start(scenario_id, limits=ENDLESS).json()["id"])
        until(lambda: any(row.plan for row in rows(desk, RunBest, run_id)), 60)
        until(lambda: len(told(desk, run_id, "bound")) >= 3, 60)
        first = desk.run(run_id).worker_id
        workers.kill(workers.name_of(first))
        until(lambda: any(attempt > 1 for attempt, _ in told(desk, run_id, "bound")), 60)
        second = desk.run(run_id).worker_id
        assert desk.owner.http.post(f"/v1/runs/{run_id}/cancel").status_code == 200
        run = desk.wait(run_id, "succeeded", "failed", "no_plan", "cancelled", seconds=30)
    assert run.state == "succeeded", run.outcome
    assert second not in (None, first)
    bounds = told(desk, run_id, "bound")
    last = [bound for attempt, bound in bounds if attempt == 1][-1]
    after = next(bound for attempt, bound in bounds if attempt > 1)
    assert after >= last
    solver = level_of(desk, run_id)["solver"]
    assert solver["resumed"] and not solver["reproducible"]
