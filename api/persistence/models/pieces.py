"""What goes between workers that work at one run, and what is kept of it until it ends."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from api.persistence.models.base import Base
from api.persistence.types import Digest, Identifier


class RunPiece(Base):
    """A piece of a run that another worker may work at. Its digest says all that its answer depends on.

    `packed` is gone once there is an answer. A lease that is over makes it free again.
    """

    __tablename__ = "run_pieces"
    __table_args__ = (sa.Index("ix_run_pieces_open", "answered_at", "offered_at"),)

    run_id: Mapped[str] = mapped_column(Identifier, sa.ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True)
    digest: Mapped[str] = mapped_column(Digest, primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(100))  # of workers that come to the same
    offered_at: Mapped[datetime]
    packed: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    worker_id: Mapped[str | None] = mapped_column(Identifier)  # who works at it, or has
    leased_until: Mapped[datetime | None]
    answer: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    answered_at: Mapped[datetime | None]


class RunBest(Base):
    """The best of a run: of each problem that it solves, named by its digest, the bound and the plan that were found so far."""

    __tablename__ = "run_bests"

    run_id: Mapped[str] = mapped_column(Identifier, sa.ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True)
    digest: Mapped[str] = mapped_column(Digest, primary_key=True)
    bound: Mapped[float | None]
    plan: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    kept_at: Mapped[datetime]
