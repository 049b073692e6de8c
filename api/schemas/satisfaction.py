"""What matters to those concerned, and how far plans satisfy it."""

from typing import Annotated

from fastapi import Query
from pydantic import Field

from api.schemas.base import Answer, Body, ObjectId, Time
from api.schemas.basins import Identifier
from api.schemas.findings import FindingAnswer
from api.schemas.stakeholders import AuthorAnswer
from planner.plan.indicators import Better
from planner.plan.preferences import PREFERENCES_AT_MOST, From, Preference

PLANS_AT_MOST = 20
PlanIds = Annotated[list[Identifier], Field(min_length=1, max_length=PLANS_AT_MOST)]
PlansAsked = Annotated[
    list[Identifier], Query(alias="plan", min_length=1, max_length=PLANS_AT_MOST, description="A plan, once or up to 20 times.")
]
PREFERENCES = [[{"indicator": "cost", "weight": 1.0}, {"indicator": "environmental_flow_kept", "weight": 2.0, "floor": 0.8}]]


class PreferencesBody(Body):
    """What matters to one: weights, floors and aspirations over indicators."""

    preferences: list[Preference] = Field(max_length=PREFERENCES_AT_MOST, examples=PREFERENCES)


class PreferencesAnswer(Answer):
    """What matters to somebody."""

    preferences: list[Preference]
    revision: int
    updated_at: Time


class TrialBody(Body):
    """Preferences to try on plans. Nothing is kept."""

    plans: PlanIds
    preferences: list[Preference] = Field(min_length=1, max_length=PREFERENCES_AT_MOST, examples=PREFERENCES)


class ScaleAnswer(Answer):
    """The scale of an indicator, the same for all plans asked about: 0 at the floor, 1 at the aspiration."""

    indicator: str
    title: str
    unit: str
    better: Better
    weight: float
    floor: float | None
    floor_from: From
    aspiration: float | None
    aspiration_from: From


class SatisfiedAnswer(Answer):
    """How far a plan satisfies one preference, 0 to 1; null where the plan has no such indicator."""

    indicator: str
    value: float | None
    satisfaction: float | None


class FloorViolatedAnswer(Answer):
    """A value that is never acceptable, and the floor that it is beyond."""

    indicator: str
    value: float
    floor: float


class PlanSatisfactionAnswer(Answer):
    """How far a plan satisfies somebody."""

    plan_id: ObjectId
    total: float | None = Field(description="Weighted mean, 0 where a floor is violated; null where no indicator counts.")
    acceptable: bool = Field(description="No floor is violated.")
    indicators: list[SatisfiedAnswer]
    floors_violated: list[FloorViolatedAnswer]


class SatisfactionAnswer(Answer):
    """How far plans satisfy preferences. `findings` says why there is no answer where there is none."""

    scales: list[ScaleAnswer]
    plans: list[PlanSatisfactionAnswer]
    findings: list[FindingAnswer] = Field(default=[])


class StakeholderSatisfaction(SatisfactionAnswer):
    """How far plans satisfy somebody who said what matters to them."""

    author: AuthorAnswer
