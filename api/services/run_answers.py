"""Where a run stands, in figures and in a sentence."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from api.persistence.clock import clock
from api.persistence.models import Run
from api.persistence.models.runs import EventKind
from api.persistence.repositories import queue, run_events, runs, workers
from api.settings import Settings

NOBODY_WORKS = "No worker is alive: the run waits until one starts (`rivershare worker`)."
_TOLD: dict[EventKind, str] = {
    "queued": "queued",
    "started": "started",
    "progress": "progress",
    "taken_over": "taken over",
    "cancel_requested": "cancel requested",
    "ended": "ended",
}


@dataclass(frozen=True)
class Standing:
    """Where a run stands; the place in the queue only while it waits."""

    queue_position: int | None
    runs_ahead: int | None
    workers_alive: int
    message: str


def standing(session: Session, settings: Settings, run: Run) -> Standing:
    """Look it up now."""
    alive = workers.alive_count(session, silent_since(session, settings))
    ahead = queue.ahead_of(session, run) if run.state == "queued" else None
    return Standing(None if ahead is None else ahead + 1, ahead, alive, _sentence(session, settings, run, alive, ahead))


def silent_since(session: Session, settings: Settings) -> datetime:
    """A worker that said nothing since this time is dead."""
    return clock(session) - timedelta(seconds=settings.dead_after_seconds)


def log_of(session: Session, run: Run) -> str:
    """Everything that is known of how a run went, a line for each piece of news."""
    lines = []
    for event in run_events.after(session, run.id, 0):
        told = ", ".join(f"{name}: {value}" for name, value in event.data.items() if value not in (None, "", []))
        lines.append(f"{event.at:%Y-%m-%dT%H:%M:%S.%fZ}  attempt {event.attempt}  {_TOLD[event.kind]:<16}  {told}".rstrip())
    return "\n".join(lines) + "\n"


def _sentence(session: Session, settings: Settings, run: Run, alive: int, ahead: int | None) -> str:
    if run.state not in ("queued", "running"):
        return str((run.outcome or {}).get("message", ""))
    if alive == 0:
        return NOBODY_WORKS
    if run.state == "running":
        if run.cancel_requested_at is not None:
            return "It is being stopped; the best plan so far is kept."
        return "It is being worked at."
    own = runs.running_of_user(session, run.user_id)
    if own >= settings.runs_at_once_per_user:
        return f"Waits until one of the {own} runs of the same person has ended."
    return "Waits: it is next in line." if ahead == 0 else f"Waits: {ahead} {'run is' if ahead == 1 else 'runs are'} before it."
