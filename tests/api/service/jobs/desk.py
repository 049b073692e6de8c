"""A basin with a scenario and runs of it, for tests of the queue; and a worker in a thread, with a solver of the test's own."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from api.jobs.attempt import Solve, solve_scenario
from api.jobs.worker import work
from api.persistence.clock import now
from api.persistence.content import ContentStore
from api.persistence.database import Database
from api.persistence.models import Membership, Organisation, Run, RunEvent, Worker
from api.persistence.types import new_identifier
from api.services import run_states
from api.settings import Settings
from tests.api.service.house import House, Person

LIMITS = {"time_seconds": 20.0, "relative_gap": 0.01, "memory_bytes": 10**9, "seed": 0, "threads": 1}


@dataclass
class Desk:
    """Where runs are handed in: the tutorial basin with one scenario, and somebody who owns it."""

    house: House
    owner: Person
    basin_id: str = field(init=False)
    scenario_id: str = field(init=False)

    def __post_init__(self) -> None:
        organisation = self.owner.http.get("/v1/organisations").json()["items"][0]["id"]
        basin = self.owner.http.post("/v1/basins", json={"organisation_id": organisation, "case": "tutorial"})
        assert basin.status_code == 201, basin.text
        self.basin_id = basin.json()["id"]
        self.scenario_id = self.scenario("plain")

    @property
    def database(self) -> Database:
        return self.house.service.database

    @property
    def store(self) -> ContentStore:
        return self.house.service.store

    @property
    def settings(self) -> Settings:
        return self.house.settings

    def scenario(self, name: str, **values: Any) -> str:
        made = self.owner.http.post(f"/v1/basins/{self.basin_id}/scenarios", json={"name": name, **values})
        assert made.status_code == 201, made.text
        return str(made.json()["id"])

    def start(self, scenario_id: str | None = None, **body: Any) -> Any:
        """Start a run through HTTP."""
        return self.owner.http.post(f"/v1/scenarios/{scenario_id or self.scenario_id}/runs", json=body)

    def started(self, **body: Any) -> str:
        """The identifier of a new run."""
        answer = self.start(**{"fresh": True, **body})
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def queued(self, user: Person | None = None, organisation_id: str | None = None, priority: int = 0) -> str:
        """A run straight in the queue, of anybody."""
        with self.database.writing() as session:
            membership = session.query(Membership).filter_by(user_id=self.owner.user_id).first()
            assert membership is not None
            run = Run(
                basin_id=self.basin_id, scenario_id=self.scenario_id, user_id=(user or self.owner).user_id,
                organisation_id=organisation_id or membership.organisation_id, basin_version=1, priority=priority,
                scenario={"name": "plain", "title": "", "description": "", "changes": [], "policy": {}},
                lineage=[[self.scenario_id, 1]], limits=LIMITS, input_key=new_identifier(),
            )  # fmt: skip
            run_states.enqueue(session, run)
            return run.id

    def organisation(self, name: str) -> str:
        with self.database.writing() as session:
            made = Organisation(name=name, title=name)
            session.add(made)
            session.flush()
            return made.id

    def worker(self, name: str = "one", silent_seconds: float = 0.0, **values: Any) -> str:
        """A worker's row, last heard of some time ago."""
        with self.database.writing() as session:
            heard = now() - timedelta(seconds=silent_seconds)
            row = Worker(name=name, **{"host": "elsewhere", "process_id": 1, "version": "0", "heartbeat_at": heard, **values})
            session.add(row)
            session.flush()
            return row.id

    def claimed(self, worker_id: str) -> Run | None:
        with self.database.writing() as session:
            return run_states.claim(session, worker_id, "one", self.settings.runs_at_once_per_user)

    def worker_ended(self, name: str) -> bool:
        with self.database.reading() as session:
            return session.query(Worker).filter(Worker.name == name, Worker.stopped_at.is_not(None)).count() > 0

    def run(self, run_id: str) -> Run:
        with self.database.reading() as session:
            return session.get_one(Run, run_id)

    def events(self, run_id: str) -> list[RunEvent]:
        with self.database.reading() as session:
            return session.query(RunEvent).filter_by(run_id=run_id).order_by(RunEvent.sequence).all()

    def kinds(self, run_id: str) -> list[str]:
        return [event.kind for event in self.events(run_id)]

    def wait(self, run_id: str, *states: str, seconds: float = 20.0) -> Run:
        """The run once it is in one of the states."""
        return until(lambda: next((run for run in [self.run(run_id)] if run.state in states), None), seconds)

    @contextmanager
    def working(self, solver: Solve = solve_scenario, name: str = "one") -> Iterator[threading.Event]:
        """A worker in a thread of this process; gives what stops it. One at a time."""
        stopping = threading.Event()
        thread = threading.Thread(target=work, args=(self.settings, name, stopping, solver), name="worker")
        thread.start()
        try:
            yield stopping
        finally:
            stopping.set()
            thread.join(timeout=20)
            assert not thread.is_alive()


def until(look: Callable[[], Any], seconds: float = 20.0) -> Any:
    """What `look` returns, once it is something."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = look()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError("It did not come about in time.")
