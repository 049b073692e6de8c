"""How far plans satisfy what those concerned have said that matters to them."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from api.errors import Conflict, Invalid, Unsound, fault
from api.persistence.models import BasinRow, PlanRow, StakeholderProfile
from api.persistence.repositories import stakeholders
from api.services.findings import with_pointers
from planner.plan.indicators import Indicator
from planner.plan.preferences import Preference, Satisfaction, satisfaction
from planner.plan.query_findings import QueryError


def own_profile(session: Session, basin: BasinRow, user_id: str) -> StakeholderProfile:
    """The profile that preferences belong to. Raises Conflict where one has not said whom one speaks for."""
    found = stakeholders.profile(session, basin.id, user_id)
    if found is None:
        raise Conflict("Preferences belong to a profile, and you have none in this basin.", remedy="PUT your profile first.")
    return found


def set_preferences(session: Session, profile: StakeholderProfile, preferences: Sequence[Preference]) -> None:
    """Keep preferences. Names are checked against the indicators of the basin's newest plans, where it has any.

    Raises Unsound with findings.
    """
    plans = stakeholders.newest_plans(session, profile.basin_id)
    if plans and preferences:
        demand_judged(plans, preferences)
    profile.preferences = [preference.model_dump(mode="json") for preference in preferences]
    profile.revise()


def plans_of(session: Session, basin: BasinRow, plan_ids: Sequence[str], *, in_body: bool) -> list[PlanRow]:
    """The plans of a basin with these identifiers, in their order. Raises Invalid where it has no such plan."""
    plans: list[PlanRow] = []
    for place, plan_id in enumerate(plan_ids):
        plan = session.get(PlanRow, plan_id)
        if plan is None or plan.basin_id != basin.id:
            where = {"pointer": f"/plans/{place}"} if in_body else {"parameter": "plan"}
            raise Invalid("The basin has no such plan.", errors=[fault(f"The basin has no plan {plan_id[:80]}.", **where)])
        plans.append(plan)
    return plans


def judged(plans: Sequence[PlanRow], preferences: Sequence[Preference]) -> Satisfaction:
    """How far plans satisfy preferences. Raises QueryError with findings where the preferences do not fit the plans."""
    return satisfaction([_indicators(plan.indicators) for plan in plans], preferences)


def demand_judged(plans: Sequence[PlanRow], preferences: Sequence[Preference]) -> Satisfaction:
    """How far plans satisfy preferences that were just sent. Raises Unsound with findings."""
    try:
        return judged(plans, preferences)
    except QueryError as error:
        raise Unsound("The preferences do not fit the plans.", with_pointers(error.findings)) from None


def _indicators(kept: Sequence[Mapping[str, Any]]) -> list[Indicator]:
    return [Indicator(**{**item, "value": math.nan if item["value"] is None else item["value"]}) for item in kept]
