"""Accounts, keys, sessions and share links in the database."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from api.persistence.models import ApiKey, ShareLink, SignIn, User


def api_key(session: Session, digest: str) -> tuple[ApiKey, User] | None:
    """The key with this digest and its account."""
    query = sa.select(ApiKey, User).join(User, User.id == ApiKey.user_id).where(ApiKey.token_hash == digest)
    row = session.execute(query).one_or_none()
    return None if row is None else (row[0], row[1])


def sign_in(session: Session, digest: str) -> tuple[SignIn, User] | None:
    """The session of a browser with this digest and its account."""
    query = sa.select(SignIn, User).join(User, User.id == SignIn.user_id).where(SignIn.token_hash == digest)
    row = session.execute(query).one_or_none()
    return None if row is None else (row[0], row[1])


def share_link(session: Session, digest: str) -> ShareLink | None:
    """The share link with this digest."""
    return session.scalars(sa.select(ShareLink).where(ShareLink.token_hash == digest)).one_or_none()
