"""Scenarios in the database."""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, defer

from api.persistence.models import PlanRow, ScenarioRow

GENERATIONS_AT_MOST = 50


def lineage(session: Session, scenario: ScenarioRow) -> Sequence[ScenarioRow]:
    """The scenario and all that it comes from, the root first."""
    if scenario.parent_id is None:
        return [scenario]
    start = sa.select(ScenarioRow.id, ScenarioRow.parent_id, sa.literal(0).label("generation"))
    line = start.where(ScenarioRow.id == scenario.id).cte("line", recursive=True)
    above = sa.select(ScenarioRow.id, ScenarioRow.parent_id, line.c.generation + 1)
    above = above.join(line, ScenarioRow.id == line.c.parent_id).where(line.c.generation < GENERATIONS_AT_MOST)
    line = line.union_all(above)
    query = sa.select(ScenarioRow).join(line, line.c.id == ScenarioRow.id).order_by(line.c.generation.desc())
    return session.scalars(query).all()


def generations_below(session: Session, scenario: ScenarioRow) -> int:
    """How many generations of scenarios come from it."""
    start = sa.select(ScenarioRow.id, sa.literal(0).label("generation")).where(ScenarioRow.id == scenario.id)
    below = start.cte("below", recursive=True)
    next_one = sa.select(ScenarioRow.id, below.c.generation + 1).join(below, ScenarioRow.parent_id == below.c.id)
    below = below.union_all(next_one.where(below.c.generation < GENERATIONS_AT_MOST))
    return session.scalars(sa.select(sa.func.max(below.c.generation))).one() or 0


def of_basin(
    basin_id: str, *, parent_id: str | None = None, roots: bool = False, archived: bool = False, text: str | None = None
) -> "sa.Select[ScenarioRow]":
    """The scenarios of a basin: all, those under a parent, or those without one; archived or not; by name or title."""
    query = sa.select(ScenarioRow).where(ScenarioRow.basin_id == basin_id)
    query = query.where(ScenarioRow.archived_at.is_not(None) if archived else ScenarioRow.archived_at.is_(None))
    if roots or parent_id is not None:
        query = query.where(ScenarioRow.parent_id.is_(None) if roots else ScenarioRow.parent_id == parent_id)
    if text:
        words = ScenarioRow.name.icontains(text, autoescape=True), ScenarioRow.title.icontains(text, autoescape=True)
        query = query.where(sa.or_(*words))
    return query


def by_name(session: Session, basin_id: str, name: str) -> ScenarioRow | None:
    """The scenario of this name in a basin, archived or not."""
    query = sa.select(ScenarioRow).where(ScenarioRow.basin_id == basin_id, ScenarioRow.name == name)
    return session.scalars(query).one_or_none()


_CHILDREN = (
    sa.select(ScenarioRow.parent_id, sa.func.count())
    .where(ScenarioRow.parent_id.in_(sa.bindparam("parent_ids", expanding=True)), ScenarioRow.archived_at.is_(None))
    .group_by(ScenarioRow.parent_id)
)


def children(session: Session, scenario_ids: Iterable[str]) -> dict[str, int]:
    """How many scenarios that are not archived have each of these as their parent."""
    return {str(row[0]): row[1] for row in session.execute(_CHILDREN, {"parent_ids": list(scenario_ids)})}


_LARGE = (PlanRow.audit, PlanRow.indicators, PlanRow.tables, PlanRow.basin_settings, PlanRow.basin_tables)
_PLANS = (
    sa.select(PlanRow)
    .where(PlanRow.scenario_id == sa.bindparam("scenario_id"), PlanRow.archived_at.is_(None))
    .options(*map(defer, _LARGE))
    .order_by(PlanRow.id.desc())
    .limit(sa.bindparam("at_most"))
)


def plans(session: Session, scenario_id: str, at_most: int) -> Sequence[PlanRow]:
    """The newest plans of a scenario that are not archived, without what is large."""
    return session.scalars(_PLANS, {"scenario_id": scenario_id, "at_most": at_most}).all()
