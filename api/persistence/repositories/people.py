"""Accounts, keys, sessions and share links in the database."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from api.persistence.models import ApiKey, Membership, ProviderIdentity, ShareLink, SignIn, User
from api.persistence.models.people import UserState


def by_email(session: Session, email: str) -> User | None:
    """The account with this address, which is written in small letters."""
    return session.scalars(sa.select(User).where(User.email == email)).one_or_none()


def by_ids(session: Session, user_ids: Sequence[str]) -> dict[str, User]:
    """The accounts with these identifiers."""
    return {user.id: user for user in session.scalars(sa.select(User).where(User.id.in_(user_ids)))}


def none_yet(session: Session) -> bool:
    """Whether there is no account at all."""
    return session.scalars(sa.select(User.id).limit(1)).first() is None


def search(words: str | None, state: UserState | None) -> "sa.Select[User]":
    """Accounts whose name or address has these words, in this state; without a state, all but deleted ones."""
    query = sa.select(User).where(User.state != "deleted" if state is None else User.state == state)
    if words:
        query = query.where(User.name.icontains(words, autoescape=True) | User.email.icontains(words, autoescape=True))
    return query


def administrators(session: Session) -> Sequence[User]:
    """Active administrators of the service; nobody else changes who they are until this transaction ends."""
    query = sa.select(User).where(User.is_administrator, User.state == "active").order_by(User.id).with_for_update()
    return session.scalars(query).all()


def share_organisation(session: Session, user_id: str, other_id: str) -> bool:
    """Whether two people are in one organisation."""
    others = sa.select(Membership.organisation_id).where(Membership.user_id == other_id)
    query = sa.select(Membership).where(Membership.user_id == user_id, Membership.organisation_id.in_(others)).limit(1)
    return session.scalars(query).first() is not None


def of_provider(session: Session, issuer: str, subject: str) -> User | None:
    """The account that is tied to somebody at a provider."""
    query = sa.select(User).join(ProviderIdentity, ProviderIdentity.user_id == User.id)
    return session.scalars(query.where(ProviderIdentity.issuer == issuer, ProviderIdentity.subject == subject)).one_or_none()


def keys_of(user_id: str) -> "sa.Select[ApiKey]":
    """The API keys of an account."""
    return sa.select(ApiKey).where(ApiKey.user_id == user_id)


class KeyHolder(NamedTuple):
    """What every request with an API key needs to know: plain columns, as whole rows would take twice the time."""

    key_id: str
    scopes: list[str]
    expires_at: datetime | None
    revoked_at: datetime | None
    user_id: str
    name: str
    is_administrator: bool
    state: UserState


def api_key(session: Session, digest: str) -> KeyHolder | None:
    """The key with this digest and its account."""
    query = sa.select(
        ApiKey.id, ApiKey.scopes, ApiKey.expires_at, ApiKey.revoked_at, User.id, User.name, User.is_administrator, User.state
    )
    row = session.execute(query.join(User, User.id == ApiKey.user_id).where(ApiKey.token_hash == digest)).one_or_none()
    return None if row is None else KeyHolder(*row)


def sign_in(session: Session, digest: str) -> tuple[SignIn, User] | None:
    """The session of a browser with this digest and its account."""
    query = sa.select(SignIn, User).join(User, User.id == SignIn.user_id).where(SignIn.token_hash == digest)
    row = session.execute(query).one_or_none()
    return None if row is None else (row[0], row[1])


def share_link(session: Session, digest: str) -> tuple[ShareLink, User] | None:
    """The share link with this digest and who made it."""
    query = sa.select(ShareLink, User).join(User, User.id == ShareLink.created_by).where(ShareLink.token_hash == digest)
    row = session.execute(query).one_or_none()
    return None if row is None else (row[0], row[1])
