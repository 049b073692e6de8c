"""Bounds of a policy on what it does not minimise, or not first."""

from typing import Literal

from pydantic import Field

from planner.basin.field import NonNegative
from planner.scenario.policy.part import Part


class Bound(Part):
    """The most that an objective may be in any plan, whatever is sought."""

    objective: Literal[
        "cost", "environmental_flow_deficit", "below_rung_1", "below_rung_2", "below_rung_3", "below_rung_4", "below_rung_5"
    ] = Field(
        title="Bounded",
        description="cost in USD of the base year, environmental_flow_deficit in m³ a year, or the persons below a rung, by "
        "their group's weight and as a mean over the years.",
    )
    at_most: NonNegative = Field(title="At most", description="In the unit in which a plan tells this objective.")
