"""What those concerned say: whom they speak for, what matters to them, comments, endorsements and objections."""

from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from api.persistence.models.base import Base, Identified, Revised
from api.persistence.types import Document, Identifier

SpeaksFor = Literal[
    "administration",
    "ministry",
    "village_committee",
    "women_group",
    "minority_group",
    "environment",
    "donor",
    "downstream_city",
    "other",
]
StanceKind = Literal["endorses", "objects"]


class StakeholderProfile(Identified, Revised, Base):
    """Whom a person speaks for in a basin, and what matters to them."""

    __tablename__ = "stakeholder_profiles"
    __table_args__ = (sa.UniqueConstraint("basin_id", "user_id"),)
    audited = True

    basin_id: Mapped[str] = mapped_column(Identifier, sa.ForeignKey("basins.id", ondelete="CASCADE"), index=True)
    user_id: Mapped[str] = mapped_column(Identifier, sa.ForeignKey("users.id", ondelete="CASCADE"), index=True)
    speaks_for: Mapped[SpeaksFor] = mapped_column(sa.String(40))
    title: Mapped[str] = mapped_column(sa.String(500), default="")
    administration: Mapped[str | None] = mapped_column(sa.String(100))
    village: Mapped[str | None] = mapped_column(sa.String(100))
    preferences: Mapped[list[dict[str, Any]]] = mapped_column(Document)


class Comment(Identified, Revised, Base):
    """A remark on a place, an option, a scenario or a plan, or an answer to another."""

    __tablename__ = "comments"
    __table_args__ = (sa.Index("ix_comments_page", "basin_id", "id"),)
    audited = True

    basin_id: Mapped[str] = mapped_column(Identifier, sa.ForeignKey("basins.id", ondelete="CASCADE"))
    user_id: Mapped[str] = mapped_column(Identifier, sa.ForeignKey("users.id"), index=True)
    scenario_id: Mapped[str | None] = mapped_column(Identifier, sa.ForeignKey("scenarios.id"), index=True)
    plan_id: Mapped[str | None] = mapped_column(Identifier, sa.ForeignKey("plans.id", ondelete="CASCADE"), index=True)
    answer_to: Mapped[str | None] = mapped_column(Identifier, sa.ForeignKey("comments.id"), index=True)
    table: Mapped[str | None] = mapped_column(sa.String(100))  # table of the basin that the place is in
    place: Mapped[str | None] = mapped_column(sa.String(100))
    text: Mapped[str] = mapped_column(sa.Text)
    deleted_at: Mapped[datetime | None]


class Stance(Identified, Revised, Base):
    """A person's endorsement of a plan or objection to it, with the reason."""

    __tablename__ = "stances"
    __table_args__ = (sa.UniqueConstraint("plan_id", "user_id"),)
    audited = True

    plan_id: Mapped[str] = mapped_column(Identifier, sa.ForeignKey("plans.id", ondelete="CASCADE"), index=True)
    basin_id: Mapped[str] = mapped_column(Identifier, sa.ForeignKey("basins.id", ondelete="CASCADE"), index=True)
    user_id: Mapped[str] = mapped_column(Identifier, sa.ForeignKey("users.id"), index=True)
    stance: Mapped[StanceKind] = mapped_column(sa.String(20))
    reason: Mapped[str] = mapped_column(sa.Text, default="")
