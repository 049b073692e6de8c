"""The queue of runs in the database: which is next, who holds which, whose worker is gone."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from api.persistence.models import Run, Worker

_CLAIM_LOCK = 7_254_119  # any number, the same for all workers


def has_queued(session: Session) -> bool:
    """Whether anything waits at all."""
    return session.scalars(sa.select(Run.id).where(Run.state == "queued").limit(1)).first() is not None


def next_in_line(session: Session, runs_at_once_per_user: int) -> Run | None:
    """The run to be worked at next, locked until the transaction ends.

    First by priority, then of the organisation with the fewest running runs, then the oldest; users who have as many
    running as they may are passed over. Workers choose one after the other, so that each sees what the others took.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sa.select(sa.func.pg_advisory_xact_lock(_CLAIM_LOCK)))
    return session.scalars(_line(runs_at_once_per_user).with_for_update(of=Run, skip_locked=True)).one_or_none()


def any_in_line(session: Session, runs_at_once_per_user: int) -> bool:
    """Whether a run may be worked at now; without a lock, to be asked often."""
    return has_queued(session) and session.scalars(_line(runs_at_once_per_user)).first() is not None


def _line(runs_at_once_per_user: int) -> "sa.Select[Run]":
    """The run that comes next."""
    of_organisation, of_user = _running_by(Run.organisation_id), _running_by(Run.user_id)
    return (
        sa.select(Run)
        .outerjoin(of_organisation, of_organisation.c.owner == Run.organisation_id)
        .outerjoin(of_user, of_user.c.owner == Run.user_id)
        .where(Run.state == "queued", Run.cancel_requested_at.is_(None))
        .where(sa.func.coalesce(of_user.c.running, 0) < runs_at_once_per_user)
        .order_by(Run.priority.desc(), sa.func.coalesce(of_organisation.c.running, 0), Run.created_at, Run.id)
        .limit(1)
    )


def _running_by(owner: Any) -> sa.Subquery:
    query = sa.select(owner.label("owner"), sa.func.count().label("running"))
    return query.where(Run.state == "running").group_by(owner).subquery()


def take(session: Session, run: Run, worker_id: str, at: datetime) -> bool:
    """Give a queued run to a worker; False where it was cancelled, or taken, meanwhile."""
    values = {
        "state": "running",
        "worker_id": worker_id,
        "attempt": run.attempt + 1,
        "tries": run.tries + 1,
        "started_at": run.started_at or at,
        "progress": None,
    }
    where = (Run.id == run.id, Run.state == "queued", Run.attempt == run.attempt, Run.cancel_requested_at.is_(None))
    taken = _changed(session, sa.update(Run).where(*where).values(**values))
    if taken:
        session.refresh(run)
    return taken


def held_update(session: Session, run_id: str, attempt: int, **values: Any) -> bool:
    """Change a run that is being worked at under this attempt number; False where it no longer is."""
    where = (Run.id == run_id, Run.attempt == attempt, Run.state == "running")
    return _changed(session, sa.update(Run).where(*where).values(**values))


def is_held(session: Session, run_id: str, attempt: int) -> bool:
    """Whether a run is being worked at under this attempt number; nobody can end or take it until the transaction ends."""
    query = sa.select(Run.id).where(Run.id == run_id, Run.attempt == attempt, Run.state == "running")
    return session.scalars(query.with_for_update(read=True)).first() is not None


def _changed(session: Session, statement: "sa.Update") -> bool:
    result: Any = session.execute(statement.execution_options(synchronize_session=False))
    return bool(result.rowcount)


def without_a_living_worker(session: Session, silent_since: datetime) -> Sequence[Run]:
    """Runs being worked at whose worker has stopped, or said nothing since a time; locked until the transaction ends."""
    return session.scalars(_orphans(Run, silent_since).with_for_update(of=Run, skip_locked=True)).all()


def any_without_a_living_worker(session: Session, silent_since: datetime) -> bool:
    """The same question without a lock, to be asked often."""
    return session.scalars(_orphans(Run.id, silent_since).limit(1)).first() is not None


def _orphans(wanted: Any, silent_since: datetime) -> "sa.Select[Any]":
    gone = sa.or_(Worker.id.is_(None), Worker.stopped_at.is_not(None), Worker.heartbeat_at < silent_since)
    query = sa.select(wanted).select_from(Run).outerjoin(Worker, Worker.id == Run.worker_id)
    return query.where(Run.state == "running", gone)


def positions(session: Session) -> dict[str, int]:
    """The place of every queued run by its identifier, 1 for the next, by priority and age as `ahead_of` counts."""
    query = sa.select(Run.id).where(Run.state == "queued").order_by(Run.priority.desc(), Run.created_at, Run.id)
    return {run_id: place for place, run_id in enumerate(session.scalars(query), start=1)}


def ahead_of(session: Session, run: Run) -> int:
    """How many queued runs stand before a queued one by priority and age; a fair share may change the order."""
    older = sa.or_(Run.created_at < run.created_at, sa.and_(Run.created_at == run.created_at, Run.id < run.id))
    before = sa.or_(Run.priority > run.priority, sa.and_(Run.priority == run.priority, older))
    return session.scalar(sa.select(sa.func.count()).select_from(Run).where(Run.state == "queued", before)) or 0
