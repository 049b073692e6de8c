"""Workers in the database: one row for each time that a process starts."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from api.persistence.models import Run, Worker


def beat(session: Session, worker_id: str, at: datetime) -> None:
    """A sign of life."""
    session.execute(sa.update(Worker).where(Worker.id == worker_id).values(heartbeat_at=at))


def stop(session: Session, worker_id: str, at: datetime) -> None:
    """The worker has ended."""
    session.execute(sa.update(Worker).where(Worker.id == worker_id, Worker.stopped_at.is_(None)).values(stopped_at=at))


def namesakes(session: Session, name: str, host: str) -> Sequence[Worker]:
    """Workers of this name on this machine that have not said that they stopped."""
    query = sa.select(Worker).where(Worker.name == name, Worker.host == host, Worker.stopped_at.is_(None))
    return session.scalars(query).all()


def alive(silent_since: datetime) -> sa.ColumnElement[bool]:
    """What holds of a worker that lives."""
    return sa.and_(Worker.stopped_at.is_(None), Worker.heartbeat_at >= silent_since)


def alive_count(session: Session, silent_since: datetime) -> int:
    """How many workers live."""
    return session.scalar(sa.select(sa.func.count()).select_from(Worker).where(alive(silent_since))) or 0


def idle_count(session: Session, silent_since: datetime, but_id: str) -> int:
    """How many workers live and have no run, but for one."""
    query = sa.select(sa.func.count()).select_from(Worker).where(alive(silent_since), Worker.id != but_id)
    return session.scalar(query.where(Worker.id.not_in(_with_a_run()))) or 0


def seen_since(session: Session, moment: datetime) -> Sequence[tuple[Worker, Run | None]]:
    """Workers that gave a sign of life after a time, the newest first, each with the run that it works at."""
    query = (
        sa.select(Worker, Run)
        .outerjoin(Run, sa.and_(Run.worker_id == Worker.id, Run.state == "running"))
        .where(Worker.heartbeat_at >= moment)
        .order_by(Worker.id.desc())
    )
    return [(row[0], row[1]) for row in session.execute(query)]


def forget_before(session: Session, moment: datetime) -> None:
    """Drop workers that were last heard of before a time and hold no run."""
    session.execute(sa.delete(Worker).where(Worker.heartbeat_at < moment, Worker.id.not_in(_with_a_run())))


def _with_a_run() -> "sa.Select[str | None]":
    return sa.select(Run.worker_id).where(Run.state == "running", Run.worker_id.is_not(None))
