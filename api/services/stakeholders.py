"""Whom people speak for in a basin, and what they think of its plans."""

from sqlalchemy.orm import Session

from api.errors import NotFound
from api.persistence.content import ContentStore
from api.persistence.models import BasinRow, PlanRow, StakeholderProfile, Stance
from api.persistence.repositories import stakeholders
from api.services.basins import find_version
from api.services.places import demand_place


def find_profile(session: Session, basin: BasinRow, user_id: str) -> StakeholderProfile:
    """Somebody's profile in a basin. Raises NotFound."""
    found = stakeholders.profile(session, basin.id, user_id)
    if found is None:
        raise NotFound("You have not said whom you speak for in this basin.", remedy="PUT your profile first.")
    return found


def demand_places(
    session: Session, store: ContentStore, basin: BasinRow, administration: str | None, village: str | None
) -> None:
    """Raises Invalid where the newest version of the basin lacks the administration or village that somebody speaks for."""
    tables = find_version(session, basin, "latest").tables
    if administration is not None:
        demand_place(store, tables, "administrations", administration, "/administration")
    if village is not None:
        demand_place(store, tables, "villages", village, "/village")


def find_stance(session: Session, plan: PlanRow, user_id: str) -> Stance:
    """Somebody's stance on a plan. Raises NotFound."""
    found = stakeholders.stance(session, plan.id, user_id)
    if found is None:
        raise NotFound("You have not said what you think of this plan.", remedy="PUT your stance first.")
    return found
