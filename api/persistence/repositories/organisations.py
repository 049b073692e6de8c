"""Organisations and memberships in the database."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from api.persistence.models import Membership, Organisation, User


def of_user(user_id: str) -> "sa.Select[Organisation]":
    """The organisations that somebody is in."""
    return sa.select(Organisation).join(Membership).where(Membership.user_id == user_id)


def membership(session: Session, organisation_id: str, user_id: str) -> Membership | None:
    """Somebody's membership."""
    return session.get(Membership, (organisation_id, user_id))


def members(session: Session, organisation_id: str) -> Sequence[tuple[Membership, User]]:
    """Everybody in an organisation, by name."""
    query = (
        sa.select(Membership, User)
        .join(User, User.id == Membership.user_id)
        .where(Membership.organisation_id == organisation_id)
        .order_by(User.name, User.id)
    )
    return [(row[0], row[1]) for row in session.execute(query)]


def by_name(session: Session, name: str) -> Organisation | None:
    """The organisation of this name."""
    return session.scalars(sa.select(Organisation).where(Organisation.name == name)).one_or_none()
