"""Basins, their versions and roles in the database."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from api.persistence.models import BasinRole
from api.persistence.models.basins import Role


def role(session: Session, basin_id: str, user_id: str) -> Role | None:
    """The role that somebody was given in a basin."""
    query = sa.select(BasinRole.role).where(BasinRole.basin_id == basin_id, BasinRole.user_id == user_id)
    return session.scalars(query).one_or_none()
