"""Scenarios in the database."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from api.persistence.models import ScenarioRow

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
