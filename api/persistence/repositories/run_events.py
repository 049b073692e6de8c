"""News of runs in the database."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from api.persistence.models import RunEvent
from api.persistence.models.runs import EventKind


def append(session: Session, run_id: str, attempt: int, kind: EventKind, at: datetime, data: dict[str, Any]) -> RunEvent:
    """Add a piece of news. The transaction has changed or locked the run's row before, so that numbers have no gaps."""
    last = session.scalar(sa.select(sa.func.max(RunEvent.sequence)).where(RunEvent.run_id == run_id)) or 0
    event = RunEvent(run_id=run_id, sequence=last + 1, attempt=attempt, at=at, kind=kind, data=data)
    session.add(event)
    session.flush()
    return event


def after(session: Session, run_id: str, sequence: int, at_most: int | None = None) -> Sequence[RunEvent]:
    """The news of a run after a sequence number, in order."""
    query = sa.select(RunEvent).where(RunEvent.run_id == run_id, RunEvent.sequence > sequence)
    return session.scalars(query.order_by(RunEvent.sequence).limit(at_most)).all()
