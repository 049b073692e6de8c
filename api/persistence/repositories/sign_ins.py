"""Sessions of browsers, one-time links, and wrong passwords in the database."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from api.persistence.models import FailedSignIns, OneTimeLink, SignIn, User

FORGOTTEN_AFTER = timedelta(days=1)


def end(session: Session, user_id: str, *, keep: str | None = None) -> None:
    """End an account's sessions, but for one that may be kept."""
    query = sa.delete(SignIn).where(SignIn.user_id == user_id)
    session.execute(query if keep is None else query.where(SignIn.id != keep))


def end_one(session: Session, digest: str) -> None:
    """End the session with this digest."""
    session.execute(sa.delete(SignIn).where(SignIn.token_hash == digest))


def remove_expired(session: Session, user_id: str, at: datetime) -> None:
    """Remove the sessions of an account that have expired."""
    session.execute(sa.delete(SignIn).where(SignIn.user_id == user_id, SignIn.expires_at <= at))


def one_time_link(session: Session, digest: str) -> tuple[OneTimeLink, User] | None:
    """The one-time link with this digest and its account; nobody else can use it until this transaction ends."""
    query = (
        sa.select(OneTimeLink, User)
        .join(User, User.id == OneTimeLink.user_id)
        .where(OneTimeLink.token_hash == digest)
        .with_for_update(of=OneTimeLink)
    )
    row = session.execute(query).one_or_none()
    return None if row is None else (row[0], row[1])


def open_links(session: Session, user_id: str) -> list[OneTimeLink]:
    """One-time links of an account that were not used."""
    query = sa.select(OneTimeLink).where(OneTimeLink.user_id == user_id, OneTimeLink.used_at.is_(None))
    return list(session.scalars(query))


def locked_until(session: Session, email_hash: str) -> datetime | None:
    """Until when an address is locked."""
    found = session.get(FailedSignIns, email_hash)
    return None if found is None else found.locked_until


def count_failure(session: Session, email_hash: str, at: datetime) -> int:
    """Count a wrong password for an address; returns how many there were in a row."""
    session.execute(sa.delete(FailedSignIns).where(FailedSignIns.last_at < at - FORGOTTEN_AFTER))
    dialect: Any = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    query = (
        dialect.insert(FailedSignIns)
        .values(email_hash=email_hash, failures=1, last_at=at, locked_until=None)
        .on_conflict_do_update(
            index_elements=[FailedSignIns.email_hash], set_={"failures": FailedSignIns.failures + 1, "last_at": at}
        )
        .returning(FailedSignIns.failures)
    )
    return int(session.execute(query).scalar_one())


def lock(session: Session, email_hash: str, until: datetime) -> None:
    """Lock an address, and count anew from here."""
    query = sa.update(FailedSignIns).where(FailedSignIns.email_hash == email_hash)
    session.execute(query.values(failures=0, locked_until=until, last_at=until))


def forget_failures(session: Session, email_hash: str) -> None:
    """A right password ends the counting, and the lock."""
    session.execute(sa.delete(FailedSignIns).where(FailedSignIns.email_hash == email_hash))
