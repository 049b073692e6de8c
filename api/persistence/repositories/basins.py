"""Basins, their versions and roles in the database."""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.orm import Session

from api.persistence.models import BasinRole, BasinRow, BasinVersion
from api.persistence.models.basins import Role


def role(session: Session, basin_id: str, user_id: str) -> Role | None:
    """The role that somebody was given in a basin."""
    query = sa.select(BasinRole.role).where(BasinRole.basin_id == basin_id, BasinRole.user_id == user_id)
    return session.scalars(query).one_or_none()


# Asked at nearly every request, and so put together once.
_WITH_ROLE = (
    sa.select(BasinRow, BasinRole.role)
    .outerjoin(BasinRole, sa.and_(BasinRole.basin_id == BasinRow.id, BasinRole.user_id == sa.bindparam("user_id")))
    .where(BasinRow.id == sa.bindparam("basin_id"))
)


def with_role(session: Session, basin_id: str, user_id: str) -> tuple[BasinRow, Role | None] | None:
    """A basin with the role that somebody was given in it."""
    row = session.execute(_WITH_ROLE, {"basin_id": basin_id, "user_id": user_id}).one_or_none()
    return None if row is None else (row[0], row[1])


def roles(session: Session, basin_ids: Iterable[str], user_id: str) -> dict[str, Role]:
    """The roles that somebody was given in some basins."""
    query = sa.select(BasinRole.basin_id, BasinRole.role)
    query = query.where(BasinRole.basin_id.in_(list(basin_ids)), BasinRole.user_id == user_id)
    return {row[0]: row[1] for row in session.execute(query)}


def readable_by(user_id: str) -> "sa.Select[BasinRow]":
    """The basins that somebody has a role in, and those open to all or to the public."""
    own = sa.select(BasinRole.basin_id).where(BasinRole.user_id == user_id)
    return sa.select(BasinRow).where(sa.or_(BasinRow.id.in_(own), BasinRow.open_to_all, BasinRow.open_to_public))


def of_public() -> "sa.Select[BasinRow]":
    """The basins that anybody may read without an account."""
    return sa.select(BasinRow).where(BasinRow.open_to_public)


def of_link(basin_id: str | None) -> "sa.Select[BasinRow]":
    """The basin that a share link is for."""
    return sa.select(BasinRow).where(BasinRow.id == basin_id)


def narrowed(
    query: "sa.Select[BasinRow]", *, organisation_id: str | None, archived: bool, text: str | None
) -> "sa.Select[BasinRow]":
    """Only the basins of an organisation, archived or not, with a text in name or title."""
    query = query.where(BasinRow.archived_at.is_not(None) if archived else BasinRow.archived_at.is_(None))
    if organisation_id is not None:
        query = query.where(BasinRow.organisation_id == organisation_id)
    if text:
        words = BasinRow.name.icontains(text, autoescape=True), BasinRow.title.icontains(text, autoescape=True)
        query = query.where(sa.or_(*words))
    return query


def by_name(session: Session, organisation_id: str, name: str) -> BasinRow | None:
    """The first basin of this name in an organisation."""
    query = sa.select(BasinRow).where(BasinRow.organisation_id == organisation_id, BasinRow.name == name)
    return session.scalars(query.order_by(BasinRow.id).limit(1)).one_or_none()


def version(session: Session, basin_id: str, number: int | None = None) -> BasinVersion | None:
    """A version of a basin by its number; the newest without one."""
    query = versions(basin_id)
    query = query.order_by(BasinVersion.number.desc()).limit(1) if number is None else query.where(BasinVersion.number == number)
    return session.scalars(query).one_or_none()


def versions(basin_id: str) -> "sa.Select[BasinVersion]":
    """Every version of a basin."""
    return sa.select(BasinVersion).where(BasinVersion.basin_id == basin_id)
