"""How a run goes from state to state, each step in one transaction with its news.

`queued` → `running` (claimed by a worker) → `succeeded`, `no_plan`, `failed` or `cancelled`; or back to `queued` when its
worker is gone. Every step counts up `attempt` or ends the run: whoever still works under an older number is fenced out.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from api.persistence.clock import clock
from api.persistence.models import Run
from api.persistence.models.runs import RunState
from api.persistence.repositories import pieces, queue, run_events
from planner.plan.outcome import WITHOUT_A_PLAN

ENDED: frozenset[RunState] = frozenset({"succeeded", "no_plan", "failed", "cancelled"})


class FencedError(Exception):
    """The run is no longer held under this attempt number: it was taken over, given back, or has ended."""


def enqueue(session: Session, run: Run) -> None:
    """Put a new run into the queue."""
    session.add(run)
    session.flush()
    run_events.append(session, run.id, run.attempt, "queued", clock(session), {})


def claim(session: Session, worker_id: str, worker_name: str, runs_at_once_per_user: int) -> Run | None:
    """The next run, now the worker's; None where none may be begun."""
    run = queue.next_in_line(session, runs_at_once_per_user)
    at = clock(session)
    if run is None or not queue.take(session, run, worker_id, at):
        return None
    run_events.append(session, run.id, run.attempt, "started", at, {"worker": worker_name, "try": run.tries})
    return run


def note_progress(session: Session, run_id: str, attempt: int, news: list[dict[str, Any]]) -> None:
    """Write news of an attempt, the latest into the run itself. Raises FencedError."""
    if not queue.held_update(session, run_id, attempt, progress=news[-1]):
        raise FencedError
    at = clock(session)
    for item in news:
        run_events.append(session, run_id, attempt, "progress", at, item)


def end(
    session: Session, run_id: str, attempt: int, state: RunState, outcome: dict[str, Any], plan_id: str | None = None,
    resolved_hash: str | None = None,
) -> None:  # fmt: skip
    """End a run under its attempt number. Raises FencedError."""
    at = clock(session)
    values = {"state": state, "outcome": outcome, "plan_id": plan_id, "resolved_hash": resolved_hash, "ended_at": at}
    if not queue.held_update(session, run_id, attempt, **values):
        raise FencedError
    pieces.forget(session, run_id)
    _tell_end(session, run_id, attempt, at, state, outcome, plan_id)


def give_back(session: Session, run_id: str, attempt: int, reason: str, *, counted: bool = False) -> None:
    """Put a run back into the queue, by the worker that holds it; the try counts only if `counted`. Raises FencedError."""
    run = session.get(Run, run_id, populate_existing=True, with_for_update=True)
    if run is None or run.attempt != attempt or run.state != "running":
        raise FencedError
    _requeue(session, run, "queued", {"reason": reason}, tries=run.tries if counted else run.tries - 1)


def take_over(session: Session, dead_after_seconds: float, tries_at_most: int) -> list[str]:
    """Give back every run whose worker is gone, or end it where it was tried often enough; returns their identifiers."""
    lost = queue.without_a_living_worker(session, clock(session) - timedelta(seconds=dead_after_seconds))
    for run in lost:
        if run.tries >= tries_at_most and run.cancel_requested_at is None:
            _give_up(session, run)
        else:
            data = {"reason": "The worker that did it is gone.", "worker_id": run.worker_id, "try": run.tries}
            _requeue(session, run, "taken_over", data, tries=run.tries)
    return [run.id for run in lost]


def request_cancel(session: Session, run: Run, user_id: str) -> None:
    """Ask for a run to end. One that waits ends now; one that is worked at keeps its best plan; an ended one stays."""
    session.refresh(run, with_for_update=True)
    if run.state in ENDED or run.cancel_requested_at is not None:
        return
    at = clock(session)
    run.cancel_requested_at, run.cancel_requested_by = at, user_id
    waited = run.state == "queued"
    run_events.append(session, run.id, run.attempt, "cancel_requested", at, {"user_id": user_id})
    if waited:
        _end_row(session, run, at, "cancelled", _cancelled())


def _requeue(session: Session, run: Run, kind: Any, data: dict[str, Any], tries: int) -> None:
    """Back into the queue under a new attempt number; one that was to be cancelled ends instead."""
    at = clock(session)
    dropped = run.attempt
    run.attempt, run.tries, run.worker_id, run.progress = dropped + 1, tries, None, None
    run.state = "queued"
    pieces.forget_unanswered(session, run.id)
    run_events.append(session, run.id, dropped, kind, at, data)
    if run.cancel_requested_at is not None:
        _end_row(session, run, at, "cancelled", _cancelled())


def _give_up(session: Session, run: Run) -> None:
    times = f"{run.tries} times" if run.tries > 1 else "once"
    message = (
        f"Given up: it was begun {times}, and each time the worker that did it ended before a result was there. "
        "Most often the machine's memory did not suffice."
    )
    run.attempt += 1
    _end_row(session, run, clock(session), "failed", {"status": "worker_lost", "message": message, "findings": []})


def _end_row(session: Session, run: Run, at: datetime, state: RunState, outcome: dict[str, Any]) -> None:
    run.state, run.outcome, run.ended_at, run.worker_id = state, outcome, at, None
    pieces.forget(session, run.id)
    _tell_end(session, run.id, run.attempt, at, state, outcome, None)


def _tell_end(
    session: Session, run_id: str, attempt: int, at: datetime, state: RunState, outcome: dict[str, Any], plan_id: str | None
) -> None:
    run_events.append(session, run_id, attempt, "ended", at, {"state": state, "plan_id": plan_id, **outcome})


def _cancelled() -> dict[str, Any]:
    return {"status": "cancelled", "message": WITHOUT_A_PLAN["cancelled"], "findings": []}
