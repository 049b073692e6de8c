"""Caps of a policy on gaps between groups or administrations."""

from typing import Annotated, Literal

from pydantic import Field

from planner.basin.field import Identifier, Positive, Share
from planner.scenario.policy.part import Part, from_stage


class GapCap(Part):
    """How far the best-off of them may be above the worst-off, in the share of its people at a rung or above."""

    rung: Annotated[int, Field(ge=1, le=5)] = Field(title="Rung", description="Rung of the JMP ladder, 1 to 5.")
    between: Literal["groups", "administrations", "accounts"] = Field(
        title="Between",
        default="groups",
        description="The groups of the whole basin, the administrations of the lowest level, or those with an account.",
    )
    largest_gap_share: Share = Field(
        title="Largest gap", description="Of the highest share to the lowest.", json_schema_extra={"x-unit": "share"}
    )
    stage: Identifier | None = from_stage()
    hard: bool = Field(
        title="Must be kept",
        default=False,
        description="Whether the cap must be kept. One that is not may be exceeded at a price.",
    )
    exceeded_price_usd_per_point_year: Positive = Field(
        title="Price of a percentage point beyond",
        default=5000.0,
        description="Price of each percentage point beyond the cap, for a year.",
        json_schema_extra={"x-unit": "USD/percentage point/year"},
    )
