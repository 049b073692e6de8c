"""Plans in the database."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, defer

from api.persistence.models import PlanRow

_DOCUMENTS = (
    PlanRow.scenario, PlanRow.lineage, PlanRow.audit, PlanRow.indicators, PlanRow.tables, PlanRow.basin_settings,
    PlanRow.basin_tables, PlanRow.versions,
)  # fmt: skip


def of_basin(
    basin_id: str,
    *,
    scenario_id: str | None = None,
    status: str | None = None,
    passed: bool | None = None,
    archived: bool = False,
) -> "sa.Select[PlanRow]":
    """The plans of a basin: of one scenario, of a status, with a passed or failed audit, archived or not.

    What only a single plan is asked for is read when it is.
    """
    query = sa.select(PlanRow).where(PlanRow.basin_id == basin_id).options(*(defer(column) for column in _DOCUMENTS))
    query = query.where(PlanRow.archived_at.is_not(None) if archived else PlanRow.archived_at.is_(None))
    if scenario_id is not None:
        query = query.where(PlanRow.scenario_id == scenario_id)
    if status is not None:
        query = query.where(PlanRow.status == status)
    return query if passed is None else query.where(PlanRow.passed.is_(passed))


def newest_passed(session: Session, scenario_id: str) -> str | None:
    """The identifier of the newest plan of a scenario that passed its audit and is not archived."""
    query = sa.select(PlanRow.id).where(PlanRow.scenario_id == scenario_id, PlanRow.archived_at.is_(None), PlanRow.passed)
    return session.scalars(query.order_by(PlanRow.id.desc()).limit(1)).one_or_none()


def with_ids(session: Session, identifiers: Sequence[str]) -> dict[str, PlanRow]:
    """The plans of these identifiers."""
    rows = session.scalars(sa.select(PlanRow).where(PlanRow.id.in_(identifiers)))
    return {row.id: row for row in rows}


def of_branches(session: Session, run_ids: Sequence[str]) -> dict[str, list[tuple[str, dict[str, Any]]]]:
    """By run, where it has a plan for each branch: their identifiers with what is known of the branch, in the policy's order."""
    query = sa.select(PlanRow.run_id, PlanRow.id, PlanRow.branch).where(PlanRow.run_id.in_(run_ids), PlanRow.branch.is_not(None))
    found: dict[str, list[tuple[str, dict[str, Any]]]] = {}
    for run_id, plan_id, branch in session.execute(query.order_by(PlanRow.id)):
        found.setdefault(run_id, []).append((plan_id, branch))
    return found
