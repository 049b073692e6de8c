"""Aims of a policy."""

from typing import Annotated, Literal

from pydantic import Field

from planner.scenario.policy.part import Part

FAIRNESS_AIMS = ("max_min", "worst_sum", "owa", "leximin", "lorenz", "mean_minus_gini")


class Objective(Part):
    """One aim. Later ones decide among the plans that are as good, within the tolerance, for the earlier ones."""

    objective: Literal[
        "cost",
        "access",
        "environmental_flow_deficit",
        "conservation",
        "weighted_sum",
        "max_min",
        "worst_sum",
        "owa",
        "leximin",
        "lorenz",
        "mean_minus_gini",
    ] = Field(
        title="Aim",
        description="cost: present value of capital, running and opportunity costs less what outlives the horizon. access: "
        "persons below each rung of the JMP ladder, lowest rung first. environmental_flow_deficit: m³ a year that "
        "the river lacks. conservation: what rivers and aquifers lose, as the policy's conservation weighs it. "
        "weighted_sum: the weighted aims together. The "
        "others are aims of fairness; between whom and in what, the policy's fairness says. max_min: the worst-off "
        "party as well off as can be. worst_sum: the few worst-off together. owa: all by their place, the "
        "worst-off counting most. leximin: the worst-off first, then the next, and so on. lorenz: what the worst-off "
        "tenth, two tenths … of the people have. mean_minus_gini: the mean less its inequality.",
    )
    tolerance_share: Annotated[float, Field(ge=0, le=1)] = Field(
        title="Tolerance",
        default=0.001,
        description="How much worse this aim may become for the sake of later ones.",
        json_schema_extra={"x-unit": "share"},
    )
