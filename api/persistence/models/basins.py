"""Basins with their versions, and who may do what with them."""

from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from api.persistence.models.base import Base, Identified, Revised
from api.persistence.types import Digest, Document, Identifier

Role = Literal["reader", "stakeholder", "analyst", "planner", "owner"]


class BasinRow(Identified, Revised, Base):
    """A basin: its name, who it belongs to, and the number of its newest version."""

    __tablename__ = "basins"
    audited = True

    organisation_id: Mapped[str] = mapped_column(Identifier, sa.ForeignKey("organisations.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(100))
    title: Mapped[str] = mapped_column(sa.String(500))
    open_to_all: Mapped[bool] = mapped_column(default=False)  # everyone with an account may read it
    open_to_public: Mapped[bool] = mapped_column(default=False, server_default=sa.false())  # anybody, without an account
    latest_version: Mapped[int] = mapped_column(default=1)
    created_by: Mapped[str] = mapped_column(Identifier, sa.ForeignKey("users.id"))
    archived_at: Mapped[datetime | None]


class BasinVersion(Identified, Base):
    """A state of a basin that never changes: settings, and the digest of each table in the content store."""

    __tablename__ = "basin_versions"
    __table_args__ = (sa.UniqueConstraint("basin_id", "number"),)
    audited = True
    untold = frozenset({"settings", "tables", "findings"})

    basin_id: Mapped[str] = mapped_column(Identifier, sa.ForeignKey("basins.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    digest: Mapped[str] = mapped_column(Digest)  # of settings and tables together
    settings: Mapped[dict[str, Any]] = mapped_column(Document)
    tables: Mapped[dict[str, str]] = mapped_column(Document)
    counts: Mapped[dict[str, int]] = mapped_column(Document)  # rows of each table
    findings: Mapped[list[dict[str, Any]]] = mapped_column(Document)  # warnings and notes; errors never get here
    note: Mapped[str] = mapped_column(sa.String(2000), default="")
    created_by: Mapped[str] = mapped_column(Identifier, sa.ForeignKey("users.id"))


class BasinRole(Base):
    """What a person may do with a basin: reader, stakeholder, analyst, planner or owner."""

    __tablename__ = "basin_roles"
    audited = True

    basin_id: Mapped[str] = mapped_column(Identifier, sa.ForeignKey("basins.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[str] = mapped_column(Identifier, sa.ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, index=True)
    role: Mapped[Role] = mapped_column(sa.String(20))


class ShareLink(Identified, Base):
    """A link that lets anyone who has it read a basin, or one plan of it, until it expires or is revoked."""

    __tablename__ = "share_links"
    audited = True
    secret = frozenset({"token_hash"})

    basin_id: Mapped[str] = mapped_column(Identifier, sa.ForeignKey("basins.id", ondelete="CASCADE"), index=True)
    plan_id: Mapped[str | None] = mapped_column(Identifier, sa.ForeignKey("plans.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    token_hash: Mapped[str] = mapped_column(Digest, unique=True)
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    created_by: Mapped[str] = mapped_column(Identifier, sa.ForeignKey("users.id"))
