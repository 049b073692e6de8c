"""Aims of a policy."""

from typing import Annotated, Literal

from pydantic import Field

from planner.scenario.policy.part import Part


class Objective(Part):
    """One aim. Later ones decide among the plans that are as good, within the tolerance, for the earlier ones."""

    objective: Literal["cost", "access", "environmental_flow_deficit"] = Field(
        title="Aim",
        description="cost: present value of capital and running costs less what outlives the horizon. access: persons "
        "below each rung of the JMP ladder, lowest rung first. environmental_flow_deficit: m³ a year that the river lacks.",
    )
    tolerance_share: Annotated[float, Field(ge=0, le=1)] = Field(
        title="Tolerance",
        default=0.001,
        description="How much worse this aim may become for the sake of later ones.",
        json_schema_extra={"x-unit": "share"},
    )
