"""Who may do what with a basin, in the database."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from api.persistence.models import BasinRole, BasinRow, ShareLink, User


def roles(basin_id: str) -> "sa.Select[BasinRole]":
    """The roles in a basin."""
    return sa.select(BasinRole).where(BasinRole.basin_id == basin_id)


def active_owners(session: Session, basin_id: str, *, lock: bool = False) -> list[str]:
    """Owners of a basin whose accounts are active; with `lock` nobody else takes or gives roles until this transaction ends."""
    if lock:
        session.execute(sa.select(BasinRow.id).where(BasinRow.id == basin_id).with_for_update())
    query = (
        sa.select(BasinRole.user_id)
        .join(User, User.id == BasinRole.user_id)
        .where(BasinRole.basin_id == basin_id, BasinRole.role == "owner", User.state == "active")
    )
    return list(session.scalars(query))


def share_links(basin_id: str) -> "sa.Select[ShareLink]":
    """The share links of a basin, also those that have ended."""
    return sa.select(ShareLink).where(ShareLink.basin_id == basin_id)
