"""Scenarios: a tree of changes and policies over a basin."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from api.persistence.models.base import Base, Identified, Revised
from api.persistence.types import Document, Identifier


class ScenarioRow(Identified, Revised, Base):
    """A scenario: its own changes after its parent's, and its own policy or its parent's."""

    __tablename__ = "scenarios"
    __table_args__ = (sa.UniqueConstraint("basin_id", "name"), sa.Index("ix_scenarios_page", "basin_id", "id"))
    audited = True

    basin_id: Mapped[str] = mapped_column(Identifier, sa.ForeignKey("basins.id", ondelete="CASCADE"))
    parent_id: Mapped[str | None] = mapped_column(Identifier, sa.ForeignKey("scenarios.id"), index=True)
    basin_version: Mapped[int | None]  # None: the newest
    name: Mapped[str] = mapped_column(sa.String(100))
    title: Mapped[str] = mapped_column(sa.String(500), default="")
    description: Mapped[str] = mapped_column(sa.Text, default="")
    changes: Mapped[list[dict[str, Any]]] = mapped_column(Document)
    policy: Mapped[dict[str, Any] | None] = mapped_column(Document)  # None: the parent's
    created_by: Mapped[str] = mapped_column(Identifier, sa.ForeignKey("users.id"))
    archived_at: Mapped[datetime | None]
