"""How much risk a policy lets stand."""

from typing import Literal

from pydantic import Field

from planner.basin.field import Identifier, Positive
from planner.scenario.policy.part import Part, from_stage

MOST_POINTS = {"low": 5, "medium": 9, "high": 15}
"""Most points, likelihood × severity, of a band of the WHO's water safety plan manual; very high is whatever is above."""


class Risk(Part):
    """The highest risk that a village may run by any one hazard: no other hazard makes good for it."""

    highest: Literal["any", "low", "medium", "high"] = Field(
        title="Highest risk",
        default="any",
        description="Points are likelihood × severity. low: below 6. medium: up to 9. high: up to 15. any: whatever it is, "
        "it is only told.",
    )
    stage: Identifier | None = from_stage()
    hard: bool = Field(
        title="Must be met", default=False, description="Whether no village may run more, or at a price for each of its people."
    )
    price_usd_per_person_point_year: Positive = Field(
        title="Price of a point above",
        default=1.0,
        description="Price of each point that a village's worst hazard is above, for each of its people and a year.",
        json_schema_extra={"x-unit": "USD/person/point/year"},
    )
