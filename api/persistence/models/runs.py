"""Runs, their news, and the workers that do them."""

from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from api.persistence.models.base import Base, Identified
from api.persistence.types import Digest, Document, Identifier

# succeeded: there is a plan, perhaps one that was stopped early; cancelled: stopped without a plan.
RunState = Literal["queued", "running", "succeeded", "no_plan", "failed", "cancelled"]
EventKind = Literal["queued", "started", "progress", "taken_over", "cancel_requested", "ended"]


class Run(Identified, Base):
    """One solve of a scenario. `attempt` is the fencing number: only the worker that holds the present one may write."""

    __tablename__ = "runs"
    __table_args__ = (
        sa.Index("ix_runs_queue", "state", "priority", "created_at"),
        sa.Index("ix_runs_input", "basin_id", "input_key"),
        sa.Index("ix_runs_page", "basin_id", "id"),
    )
    audited = True
    untold = frozenset(
        {"progress", "attempt", "tries", "worker_id", "state", "started_at", "ended_at", "outcome", "plan_id", "resolved_hash"}
    )

    basin_id: Mapped[str] = mapped_column(Identifier, sa.ForeignKey("basins.id", ondelete="CASCADE"))
    scenario_id: Mapped[str] = mapped_column(Identifier, sa.ForeignKey("scenarios.id"), index=True)
    organisation_id: Mapped[str] = mapped_column(Identifier, sa.ForeignKey("organisations.id"), index=True)
    user_id: Mapped[str] = mapped_column(Identifier, sa.ForeignKey("users.id"), index=True)
    rerun_of: Mapped[str | None] = mapped_column(Identifier)
    start_plan_id: Mapped[str | None] = mapped_column(Identifier)  # the plan that the search starts from

    basin_version: Mapped[int]
    scenario: Mapped[dict[str, Any]] = mapped_column(Document)  # as it was resolved: name, title, all changes, policy
    lineage: Mapped[list[list[Any]]] = mapped_column(Document)  # [scenario id, revision] from the root on
    limits: Mapped[dict[str, Any]] = mapped_column(Document)
    input_key: Mapped[str] = mapped_column(Digest)  # of basin content, scenario, limits and versions
    resolved_hash: Mapped[str | None] = mapped_column(Digest)

    state: Mapped[RunState] = mapped_column(sa.String(20), default="queued")
    priority: Mapped[int] = mapped_column(default=0)  # higher first
    attempt: Mapped[int] = mapped_column(default=0)
    tries: Mapped[int] = mapped_column(default=0)
    worker_id: Mapped[str | None] = mapped_column(Identifier, index=True)
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    cancel_requested_at: Mapped[datetime | None]
    cancel_requested_by: Mapped[str | None] = mapped_column(Identifier)
    progress: Mapped[dict[str, Any] | None] = mapped_column(Document)  # the latest news
    outcome: Mapped[dict[str, Any] | None] = mapped_column(Document)  # status, message, findings, where there is no plan
    plan_id: Mapped[str | None] = mapped_column(Identifier)


class RunEvent(Base):
    """One piece of news of a run; `sequence` counts up without gaps within a run."""

    __tablename__ = "run_events"

    run_id: Mapped[str] = mapped_column(Identifier, sa.ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True)
    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    attempt: Mapped[int]
    at: Mapped[datetime]
    kind: Mapped[EventKind] = mapped_column(sa.String(20))
    data: Mapped[dict[str, Any]] = mapped_column(Document)


class Worker(Identified, Base):
    """A process that works at runs. One that stays silent is dead; its run is taken over."""

    __tablename__ = "workers"

    name: Mapped[str] = mapped_column(sa.String(200), index=True)
    host: Mapped[str] = mapped_column(sa.String(200))
    process_id: Mapped[int]
    version: Mapped[str] = mapped_column(sa.String(50))
    heartbeat_at: Mapped[datetime]
    stopped_at: Mapped[datetime | None]
