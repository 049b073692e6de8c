"""Floors of a policy."""

from typing import Annotated, Literal

from pydantic import Field

from planner.basin.field import Identifier, Positive, Share
from planner.scenario.policy.part import Part, from_stage, only_in


class Floor(Part):
    """The least share of people at a rung or above."""

    rung: Annotated[int, Field(ge=1, le=5)] = Field(title="Rung", description="Rung of the JMP ladder, 1 to 5.")
    share: Share = Field(title="Share", description="Share of the people.", json_schema_extra={"x-unit": "share"})
    within: Literal["village", "administration", "account", "basin"] = Field(
        title="Counted within",
        default="village",
        description="Where the share is counted: in every village, in every administration of the lowest level, in every "
        "administration with an account, or in the basin as a whole.",
    )
    stage: Identifier | None = from_stage()
    group: Identifier | None = Field(
        title="Group",
        default=None,
        description="Blank: every group on its own within a village, all together elsewhere.",
        json_schema_extra={"x-refers-to": ["groups"]},
    )
    administration: Identifier | None = only_in("Only here, with everything that belongs to it.")
    hard: bool = Field(
        title="Must be met",
        default=False,
        description="Whether the floor must be met. One that is not hard may be missed at a price; but where a village can "
        "reach its own floor without pipes, it always does.",
    )
    missed_price_usd_per_person_year: Positive = Field(
        title="Price of a person missed",
        default=200.0,
        description="Price of each person missed, for a year.",
        json_schema_extra={"x-unit": "USD/person/year"},
    )
