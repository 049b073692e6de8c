"""Basins, their versions and roles in the database."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from api.persistence.models import BasinRole, BasinVersion
from api.persistence.models.basins import Role


def role(session: Session, basin_id: str, user_id: str) -> Role | None:
    """The role that somebody was given in a basin."""
    query = sa.select(BasinRole.role).where(BasinRole.basin_id == basin_id, BasinRole.user_id == user_id)
    return session.scalars(query).one_or_none()


def version(session: Session, basin_id: str, number: int | None = None) -> BasinVersion | None:
    """A version of a basin by its number; the newest without one."""
    query = sa.select(BasinVersion).where(BasinVersion.basin_id == basin_id)
    query = query.order_by(BasinVersion.number.desc()).limit(1) if number is None else query.where(BasinVersion.number == number)
    return session.scalars(query).one_or_none()
