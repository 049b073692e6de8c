"""The time: of this machine, and of the database."""

from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


def clock(session: Session) -> datetime:
    """The database's time, the same for all machines that share it."""
    if session.get_bind().dialect.name == "sqlite":
        return now()
    moment: datetime = session.execute(sa.select(sa.func.clock_timestamp())).scalar_one()
    return moment.astimezone(UTC)
