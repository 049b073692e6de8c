"""Floors of a policy for the assurance of piped water."""

from pydantic import Field

from planner.basin.field import Identifier, Positive, Share
from planner.scenario.policy.part import Part, from_stage, only_in


class AssuranceFloor(Part):
    """The least share of days on which the pipes of a village bring all that the people newly on them need."""

    least_share: Share = Field(
        title="Least assurance",
        description="Share of all days, those of stress members by their yearly frequency, without shortage or hauling.",
        json_schema_extra={"x-unit": "share of days"},
    )
    stage: Identifier | None = from_stage()
    group: Identifier | None = Field(
        title="Group",
        default=None,
        description="Only in villages where people of this group live. Blank: in all.",
        json_schema_extra={"x-refers-to": ["groups"]},
    )
    administration: Identifier | None = only_in("Only in villages here, with everything that belongs to it.")
    hard: bool = Field(
        title="Must be met", default=False, description="Whether the floor must be met. One that is not may be missed at a price."
    )
    missed_price_usd_per_person_day: Positive = Field(
        title="Price of a day missed",
        default=0.5,
        description="Price of each day beyond those on which water may be short, for each person of the village.",
        json_schema_extra={"x-unit": "USD/person/day"},
    )
