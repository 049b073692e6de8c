"""Those concerned in the database: profiles, stances, and who somebody is to the others in a basin."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from api.persistence.models import PlanRow, StakeholderProfile, Stance, User
from api.persistence.models.stakeholders import SpeaksFor

PROFILES_AT_MOST = 1000


@dataclass(frozen=True)
class Author:
    """Who said something, and whom they speak for in the basin: None where they have not said so."""

    user_id: str
    name: str
    speaks_for: SpeaksFor | None
    title: str | None


def authors(session: Session, basin_id: str, user_ids: Iterable[str]) -> dict[str, Author]:
    """Who these accounts are in a basin."""
    own = sa.and_(StakeholderProfile.user_id == User.id, StakeholderProfile.basin_id == basin_id)
    query = sa.select(User.id, User.name, StakeholderProfile.speaks_for, StakeholderProfile.title).outerjoin(
        StakeholderProfile, own
    )
    return {row[0]: Author(*row) for row in session.execute(query.where(User.id.in_(set(user_ids))))}


def profiles(basin_id: str) -> "sa.Select[StakeholderProfile]":
    """Everybody's profile in a basin."""
    return sa.select(StakeholderProfile).where(StakeholderProfile.basin_id == basin_id)


def profile(session: Session, basin_id: str, user_id: str) -> StakeholderProfile | None:
    """Somebody's profile in a basin."""
    return session.scalars(profiles(basin_id).where(StakeholderProfile.user_id == user_id)).one_or_none()


def stances(plan_id: str) -> "sa.Select[Stance]":
    """Every endorsement of a plan and objection to it."""
    return sa.select(Stance).where(Stance.plan_id == plan_id)


def stance(session: Session, plan_id: str, user_id: str) -> Stance | None:
    """Somebody's stance on a plan."""
    return session.scalars(stances(plan_id).where(Stance.user_id == user_id)).one_or_none()


def with_preferences(session: Session, basin_id: str) -> Sequence[StakeholderProfile]:
    """The profiles in a basin that say what matters, the oldest first."""
    found = session.scalars(profiles(basin_id).order_by(StakeholderProfile.id).limit(PROFILES_AT_MOST)).all()
    return [profile for profile in found if profile.preferences]


def newest_plans(session: Session, basin_id: str, at_most: int = 20) -> Sequence[PlanRow]:
    """The newest plans of a basin."""
    query = sa.select(PlanRow).where(PlanRow.basin_id == basin_id)
    return session.scalars(query.order_by(PlanRow.id.desc()).limit(at_most)).all()
