"""What is a person's in the database."""

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from api.persistence.models import (
    ApiKey,
    Base,
    BasinRole,
    BasinRow,
    BasinVersion,
    Comment,
    KeptAnswer,
    Membership,
    OneTimeLink,
    PlanRow,
    ProviderIdentity,
    Run,
    ScenarioRow,
    ShareLink,
    SignIn,
    StakeholderProfile,
    Stance,
    TrailEntry,
)

_THEIRS: tuple[Any, ...] = (
    Membership,
    BasinRole,
    StakeholderProfile,
    Comment,
    Stance,
    Run,
    ApiKey,
    OneTimeLink,
    ProviderIdentity,
    SignIn,
    TrailEntry,
)
_MADE: tuple[Any, ...] = (BasinRow, BasinVersion, ScenarioRow, PlanRow, ShareLink)
_ENDING: tuple[Any, ...] = (Membership, BasinRole, ApiKey, OneTimeLink, ProviderIdentity)


def held_about(user_id: str) -> dict[str, "sa.Select[Any]"]:
    """A query for each kind of thing that is a person's, or that they made."""
    theirs = {kind.__tablename__: sa.select(kind).where(kind.user_id == user_id) for kind in _THEIRS}
    made = {kind.__tablename__: sa.select(kind).where(kind.created_by == user_id) for kind in _MADE}
    return theirs | made


def ending_with(session: Session, user_id: str) -> list[Base]:
    """What ends with an account: memberships, roles, keys, links, identities at providers."""
    rows: list[Base] = [row for kind in _ENDING for row in session.scalars(sa.select(kind).where(kind.user_id == user_id))]
    return rows + list(session.scalars(sa.select(ShareLink).where(ShareLink.created_by == user_id)))


def profiles(session: Session, user_id: str) -> Sequence[StakeholderProfile]:
    """Whom somebody speaks for, in every basin."""
    return session.scalars(sa.select(StakeholderProfile).where(StakeholderProfile.user_id == user_id)).all()


def forget(session: Session, user_id: str) -> None:
    """Remove sessions and kept answers of an account."""
    session.execute(sa.delete(SignIn).where(SignIn.user_id == user_id))
    session.execute(sa.delete(KeptAnswer).where(KeptAnswer.user_id == user_id))


def trail_about(session: Session, subjects: Iterable[str], identifiers: Iterable[str]) -> Sequence[TrailEntry]:
    """What the trail tells about these things of these kinds."""
    query = sa.select(TrailEntry).where(TrailEntry.subject.in_(list(subjects)), TrailEntry.subject_id.in_(list(identifiers)))
    return session.scalars(query).all()
