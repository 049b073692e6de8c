"""Runs in the database, as they are asked for."""

import hashlib
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from api.persistence.models import BasinRow, PlanRow, Run, User
from api.persistence.models.runs import RunState
from api.persistence.repositories import basins

# A plan that was cut short by a request or a failure is no answer to the same question asked anew.
_CUT_SHORT = ("cancelled", "failed")


def same_input(session: Session, basin_id: str, input_key: str, from_nothing: bool) -> Run | None:
    """The newest run of the same input that is on its way, or has a plan that stands; or only one that started from nothing.

    Nobody else can enter a run of this input until the transaction ends.
    """
    if session.get_bind().dialect.name == "postgresql":
        lock = int.from_bytes(hashlib.sha256(f"{basin_id} {input_key}".encode()).digest()[:8], signed=True)
        session.execute(sa.select(sa.func.pg_advisory_xact_lock(lock)))
    on_its_way = sa.and_(Run.state.in_(("queued", "running")), Run.cancel_requested_at.is_(None))
    stands = sa.and_(PlanRow.id.is_not(None), PlanRow.archived_at.is_(None), PlanRow.status.not_in(_CUT_SHORT))
    query = (
        sa.select(Run)
        .outerjoin(PlanRow, PlanRow.id == Run.plan_id)
        .where(Run.basin_id == basin_id, Run.input_key == input_key, sa.or_(on_its_way, stands))
        .order_by(Run.id.desc())
    )
    return session.scalars(query.where(Run.start_plan_id.is_(None)) if from_nothing else query).first()


def visible(user_id: str | None, link_basin_id: str | None) -> "sa.Select[Run]":
    """The runs in all basins that an account may read, or in the one that a share link is for."""
    readable = basins.of_link(link_basin_id) if user_id is None else basins.readable_by(user_id)
    return sa.select(Run).where(Run.basin_id.in_(readable.with_only_columns(BasinRow.id)))


def narrowed(
    query: "sa.Select[Run]", *, basin_id: str | None, scenario_id: str | None, state: RunState | None, user_id: str | None
) -> "sa.Select[Run]":
    """Only runs of a basin, of a scenario, in a state, of a person."""
    for column, value in (
        (Run.basin_id, basin_id), (Run.scenario_id, scenario_id), (Run.state, state), (Run.user_id, user_id)
    ):  # fmt: skip
        if value is not None:
            query = query.where(column == value)
    return query


def running_of_user(session: Session, user_id: str) -> int:
    """How many runs of somebody are being worked at."""
    query = sa.select(sa.func.count()).select_from(Run).where(Run.user_id == user_id, Run.state == "running")
    return session.scalar(query) or 0


def names(session: Session, found: Sequence[Run]) -> dict[str, tuple[str, str]]:
    """The title of each run's basin and the name of who started it, by the run's identifier."""
    query = (
        sa.select(Run.id, BasinRow.title, BasinRow.name, User.name)
        .join(BasinRow, BasinRow.id == Run.basin_id)
        .join(User, User.id == Run.user_id)
        .where(Run.id.in_([run.id for run in found]))
    )
    return {run_id: (title or name, person) for run_id, title, name, person in session.execute(query)}
