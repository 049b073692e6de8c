"""What must hold of a service's database and contents, while processes are killed and afterwards."""

import threading
import time
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa

from api.persistence.clock import now
from api.persistence.content import ContentStore
from api.persistence.database import Database
from api.persistence.models import PlanRow, Run, RunEvent, ScenarioRow
from api.persistence.references import referenced
from api.persistence.repositories import workers
from benchmarks.fault_writers import Writer

_LOOK_SECONDS = 0.5
_ALIVE_WITHIN = timedelta(seconds=8)


class Watch:
    """Looks into the database all the time: how long runs are silent, how long work waits beside
    a living worker, how long none is alive."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.stopping = threading.Event()
        self.longest_silence = self.longest_idle = self.longest_alone = 0.0
        self._busy_at = self._alive_at = time.monotonic()

    def look_on(self) -> None:
        while not self.stopping.wait(_LOOK_SECONDS):
            try:
                self._look()
            except sa.exc.OperationalError:
                continue

    def _look(self) -> None:
        with self._database.reading() as session:
            last = sa.select(sa.func.max(RunEvent.at)).where(RunEvent.run_id == Run.id).scalar_subquery()
            running = session.execute(sa.select(Run.id, last).where(Run.state == "running")).all()
            queued = session.scalar(sa.select(sa.func.count()).select_from(Run).where(Run.state == "queued"))
            alive = workers.alive_count(session, now() - _ALIVE_WITHIN)
        moment = now()
        for _, at in running:
            self.longest_silence = max(self.longest_silence, (moment - at).total_seconds())
        present = time.monotonic()
        if alive:
            self._alive_at = present
        if running or not queued or not alive:
            self._busy_at = present
        self.longest_idle = max(self.longest_idle, present - self._busy_at)
        self.longest_alone = max(self.longest_alone, present - self._alive_at)

    def until_all_ended(self, seconds: float) -> int:
        """How many runs have not ended after a time."""
        query = sa.select(sa.func.count()).select_from(Run).where(Run.state.in_(("queued", "running")))
        deadline = time.monotonic() + seconds
        while True:
            with self._database.reading() as session:
                left = session.scalar(query) or 0
            if not left or time.monotonic() > deadline:
                return left
            time.sleep(_LOOK_SECONDS)


@dataclass
class Faults:
    """What does not hold, counted, and told in words."""

    lost: int = 0
    twice: int = 0
    half_written: int = 0
    planned: int = 0
    told: list[str] = field(default_factory=list)

    def note(self, kind: str, words: str) -> None:
        setattr(self, kind, getattr(self, kind) + 1)
        self.told.append(f"{kind}: {words}")


def everything_there(database: Database, store: Path, writers: list[Writer], children_killed: int) -> Faults:
    """Compare what was acknowledged with what is there."""
    faults = Faults()
    with database.reading() as session:
        scenarios = set(session.scalars(sa.select(ScenarioRow.id)))
        runs = {run.id: run for run in session.scalars(sa.select(Run))}
        plans = list(session.execute(sa.select(PlanRow.id, PlanRow.run_id)))
        events = session.execute(sa.select(RunEvent.run_id, RunEvent.sequence, RunEvent.kind).order_by(RunEvent.sequence)).all()
        needed = referenced(session)
    for writer in writers:
        for words in writer.refused:
            faults.note("lost", words)
        for key, scenario in writer.scenarios.items():
            if scenario not in scenarios:
                faults.note("lost", key)
        for key, run in writer.runs.items():
            if run not in runs:
                faults.note("lost", key)
    acknowledged = sum(len(writer.runs) for writer in writers)
    if len(runs) > acknowledged:
        faults.note("twice", f"{len(runs)} runs for {acknowledged} requests")
    by_run: dict[str, list[str]] = {}
    for plan, run_id in plans:
        by_run.setdefault(run_id, []).append(plan)
    _compare_ends(faults, runs, by_run, children_killed)
    _compare_news(faults, runs, events)
    kept = ContentStore(f"file://{store}")
    for digest in needed:
        if not kept.has(digest):
            faults.note("half_written", f"the content {digest} is missing")
    return faults


def _compare_ends(faults: Faults, runs: dict[str, Run], by_run: dict[str, list[str]], children_killed: int) -> None:
    """Every run that succeeded has its one plan; others say why they have none, and none but for a killed child."""
    failed = 0
    for run in runs.values():
        own = by_run.get(run.id, [])
        if len(own) > 1:
            faults.note("twice", f"run {run.id} has {len(own)} plans")
        if (run.state == "succeeded") != (own == [run.plan_id]):
            faults.note("half_written", f"run {run.id} is {run.state} and has the plans {own}")
        if run.state == "succeeded":
            faults.planned += 1
        elif run.state == "failed" and (run.outcome or {}).get("status") == "failed" and run.outcome["message"]:  # type: ignore[index]
            failed += 1
        elif run.state not in ("queued", "running"):
            faults.note("half_written", f"run {run.id} is {run.state}: {run.outcome}")
    if failed > children_killed:
        faults.note("half_written", f"{failed} runs failed, but only {children_killed} solver processes were killed")


def _compare_news(faults: Faults, runs: dict[str, Run], events: "list[sa.Row[tuple[str, int, str]]]") -> None:
    """News count up without gaps, and the last of an ended run, and no other, says that it has ended."""
    news: dict[str, list[tuple[int, str]]] = {}
    for run_id, sequence, kind in events:
        news.setdefault(run_id, []).append((sequence, kind))
    for run in runs.values():
        own = news.get(run.id, [])
        if [sequence for sequence, _ in own] != list(range(1, len(own) + 1)):
            faults.note("half_written", f"the news of run {run.id} have gaps")
        ended = [number for number, (_, kind) in enumerate(own) if kind == "ended"]
        if ended != ([] if run.state in ("queued", "running") else [len(own) - 1]):
            faults.note("half_written", f"run {run.id} is {run.state}, its news say {[kind for _, kind in own][-3:]}")
