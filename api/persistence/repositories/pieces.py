"""Pieces of runs in the database: offered by the worker with the run, leased and answered by others; and the best of runs."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from api.persistence.models import Run, RunBest, RunPiece

_OPEN = RunPiece.answered_at.is_(None)


def offer(session: Session, run_id: str, kind: str, packed: Mapping[str, bytes], at: datetime) -> None:
    """Pieces by their digest that may be worked at; those that are there already stay as they are."""
    known = set(session.scalars(sa.select(RunPiece.digest).where(_of(run_id, packed))))
    new = [digest for digest in packed if digest not in known]
    session.add_all(RunPiece(run_id=run_id, digest=one, kind=kind, packed=packed[one], offered_at=at) for one in new)
    session.flush()


def withdraw(session: Session, run_id: str, digests: Iterable[str]) -> None:
    """Pieces without an answer that nobody needs to work at any more."""
    session.execute(_quiet(sa.delete(RunPiece).where(_of(run_id, digests), _OPEN)))


def state_of(session: Session, run_id: str, digests: Iterable[str], at: datetime) -> tuple[set[str], dict[str, bytes]]:
    """Which of these pieces somebody works at, and the answers to those that have one."""
    query = sa.select(RunPiece.digest, RunPiece.answer, RunPiece.leased_until).where(_of(run_id, digests))
    rows = session.execute(query.where(sa.or_(RunPiece.answer.is_not(None), RunPiece.leased_until > at))).all()
    return {row.digest for row in rows if row.answer is None}, {row.digest: row.answer for row in rows if row.answer is not None}


def answers(session: Session, run_id: str) -> dict[str, bytes]:
    """All answers of a run by the digests of their pieces."""
    query = sa.select(RunPiece.digest, RunPiece.answer).where(RunPiece.run_id == run_id, RunPiece.answer.is_not(None))
    return {digest: answer for digest, answer in session.execute(query) if answer is not None}


def any_free(session: Session, kind: str, at: datetime) -> bool:
    """Whether a piece of this kind waits for a worker."""
    return session.execute(_free(RunPiece.digest, kind, at)).first() is not None


def lease(session: Session, kind: str, worker_id: str, at: datetime, seconds: float) -> RunPiece | None:
    """The piece that waits longest, of the run that comes first: now the worker's, for so long."""
    piece = session.scalars(_free(RunPiece, kind, at).with_for_update(of=RunPiece, skip_locked=True)).one_or_none()
    if piece is not None:
        piece.worker_id, piece.leased_until = worker_id, at + timedelta(seconds=seconds)
        session.flush()
    return piece


def _free(wanted: Any, kind: str, at: datetime) -> "sa.Select[Any]":
    free = sa.or_(RunPiece.leased_until.is_(None), RunPiece.leased_until <= at)
    query = sa.select(wanted).select_from(RunPiece).join(Run, Run.id == RunPiece.run_id)
    query = query.where(_OPEN, free, RunPiece.kind == kind, Run.state == "running", Run.cancel_requested_at.is_(None))
    return query.order_by(Run.priority.desc(), RunPiece.offered_at, RunPiece.digest).limit(1)


def is_leased(session: Session, run_id: str, digest: str, worker_id: str) -> bool:
    """Whether a piece still waits for this worker's answer."""
    query = sa.select(RunPiece.digest).where(_of(run_id, [digest]), _OPEN, RunPiece.worker_id == worker_id)
    return session.execute(query).first() is not None


def answer(session: Session, run_id: str, digest: str, worker_id: str, found: bytes, at: datetime) -> None:
    """The answer of the worker that leases the piece; nothing where it was withdrawn, or leased to another."""
    held = sa.update(RunPiece).where(_of(run_id, [digest]), _OPEN, RunPiece.worker_id == worker_id)
    session.execute(_quiet(held.values(answer=found, answered_at=at, packed=None, leased_until=None)))


def give_back(session: Session, run_id: str, digest: str, worker_id: str) -> None:
    """The worker will not answer: another may."""
    held = sa.update(RunPiece).where(_of(run_id, [digest]), _OPEN, RunPiece.worker_id == worker_id)
    session.execute(_quiet(held.values(worker_id=None, leased_until=None)))


def forget(session: Session, run_id: str) -> None:
    """A run has ended: nothing of it is needed any more."""
    for table in (RunPiece, RunBest):
        session.execute(_quiet(sa.delete(table).where(table.run_id == run_id)))


def forget_unanswered(session: Session, run_id: str) -> None:
    """The worker with the run is gone: the next one offers what it needs."""
    session.execute(_quiet(sa.delete(RunPiece).where(RunPiece.run_id == run_id, _OPEN)))


def best(session: Session, run_id: str, digest: str) -> RunBest | None:
    """What was kept last of a problem of a run."""
    return session.get(RunBest, (run_id, digest))


def keep_best(session: Session, run_id: str, digest: str, at: datetime, bound: float | None, plan: bytes | None) -> None:
    """The best of a problem of a run; a plan of None leaves the one that is there."""
    row = session.get(RunBest, (run_id, digest), populate_existing=True)
    if row is None:
        session.add(RunBest(run_id=run_id, digest=digest, bound=bound, plan=plan, kept_at=at))
    else:
        row.bound, row.kept_at = bound, at
        row.plan = row.plan if plan is None else plan
    session.flush()


def _of(run_id: str, digests: Iterable[str]) -> "sa.ColumnElement[bool]":
    return sa.and_(RunPiece.run_id == run_id, RunPiece.digest.in_(list(digests)))


def _quiet(statement: Any) -> Any:
    return statement.execution_options(synchronize_session=False)
