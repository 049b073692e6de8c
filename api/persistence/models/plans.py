"""Plans: what runs found, audited."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from api.persistence.models.base import Base, Identified
from api.persistence.types import Digest, Document, Identifier


class PlanRow(Identified, Base):
    """A plan. Its tables, and those of the basin it was made for, are in the content store by digest."""

    __tablename__ = "plans"
    __table_args__ = (sa.Index("ix_plans_input", "basin_id", "input_key"), sa.Index("ix_plans_page", "basin_id", "id"))
    audited = True
    untold = frozenset({"tables", "basin_settings", "basin_tables", "scenario", "indicators", "audit", "branch"})

    basin_id: Mapped[str] = mapped_column(Identifier, sa.ForeignKey("basins.id", ondelete="CASCADE"))
    scenario_id: Mapped[str] = mapped_column(Identifier, sa.ForeignKey("scenarios.id"), index=True)
    run_id: Mapped[str] = mapped_column(Identifier, sa.ForeignKey("runs.id"), index=True)
    basin_version: Mapped[int]
    scenario: Mapped[dict[str, Any]] = mapped_column(Document)
    lineage: Mapped[list[list[Any]]] = mapped_column(Document)
    input_key: Mapped[str] = mapped_column(Digest)
    resolved_hash: Mapped[str] = mapped_column(Digest)

    branch: Mapped[dict[str, Any] | None] = mapped_column(Document)  # `planner.plan.tree.BranchOfPlan`, of a run with several

    title: Mapped[str] = mapped_column(sa.String(500))
    status: Mapped[str] = mapped_column(sa.String(20))
    passed: Mapped[bool]
    verdict: Mapped[str] = mapped_column(sa.Text)
    audit: Mapped[dict[str, Any]] = mapped_column(Document)
    indicators: Mapped[list[dict[str, Any]]] = mapped_column(Document)
    record: Mapped[str] = mapped_column(Digest)  # the solver's record, JSON in the content store
    basis: Mapped[str | None] = mapped_column(Digest)  # where its relaxation ended, for a run that starts from it
    tables: Mapped[dict[str, str]] = mapped_column(Document)
    basin_settings: Mapped[dict[str, Any]] = mapped_column(Document)
    basin_tables: Mapped[dict[str, str]] = mapped_column(Document)
    versions: Mapped[dict[str, str]] = mapped_column(Document)
    created_by: Mapped[str] = mapped_column(Identifier, sa.ForeignKey("users.id"))
    archived_at: Mapped[datetime | None]
