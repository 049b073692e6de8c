"""What was changed by whom, and answers kept so that a repeated request does nothing twice."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from api.persistence.models.base import Base, Identified
from api.persistence.types import Digest, Document, Identifier


class TrailEntry(Identified, Base):
    """One change of one row: who, when, what, before and after."""

    __tablename__ = "trail"
    __table_args__ = (sa.Index("ix_trail_page", "basin_id", "id"),)

    user_id: Mapped[str | None] = mapped_column(Identifier, index=True)  # None: the service itself
    via: Mapped[str] = mapped_column(sa.String(20))  # session, api_key, share_link, sign_in, command_line, worker, service
    request_id: Mapped[str | None] = mapped_column(sa.String(100))
    basin_id: Mapped[str | None] = mapped_column(Identifier)
    organisation_id: Mapped[str | None] = mapped_column(Identifier, index=True)
    subject: Mapped[str] = mapped_column(sa.String(50))  # name of the table
    subject_id: Mapped[str] = mapped_column(sa.String(80), index=True)
    action: Mapped[str] = mapped_column(sa.String(20))  # created, changed, deleted
    before: Mapped[dict[str, Any]] = mapped_column(Document)
    after: Mapped[dict[str, Any]] = mapped_column(Document)


class KeptAnswer(Base):
    """The answer to a POST with an Idempotency-Key."""

    __tablename__ = "kept_answers"

    user_id: Mapped[str] = mapped_column(Identifier, primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(200), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(index=True)
    request_digest: Mapped[str] = mapped_column(Digest)  # of method, path and body
    status: Mapped[int]
    headers: Mapped[dict[str, str]] = mapped_column(Document)
    body: Mapped[bytes] = mapped_column(sa.LargeBinary)
