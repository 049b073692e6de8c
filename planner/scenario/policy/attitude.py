"""The attitude of a policy to risk: how the cost of one year's water counts beside that of another."""

from typing import Annotated, Literal

from pydantic import Field

from planner.scenario.policy.part import Part


class RiskAttitude(Part):
    """How the members count in the aim of cost. A member's cost is what the plan costs if every year were like it."""

    attitude: Literal["expectation", "cvar", "worst", "minimax_regret"] = Field(
        title="Attitude",
        default="expectation",
        description="expectation: the mean over design members, by their probability. cvar: the mean over all, mixed with the "
        "mean over the dearest members. worst: the dearest member alone. minimax_regret: the most that the plan costs beyond "
        "the best plan for any one member. All but expectation count what is missed in a member, at its price, as its cost.",
    )
    members: Literal["design", "all"] = Field(
        title="Members weighed",
        default="design",
        description="design: the design members by their probability; what stress years miss is added as expected. all: the "
        "stress members too, each by its yearly frequency, the design members by the years that are left.",
    )
    tail_share: Annotated[float, Field(ge=0, lt=1)] = Field(
        title="Share of years left out of the tail",
        default=0.9,
        description="For cvar: the α of which the dearest 1 - α of the years are looked at.",
        json_schema_extra={"x-unit": "share"},
    )
    tail_weight: Annotated[float, Field(ge=0, le=1)] = Field(
        title="Weight of the tail",
        default=0.5,
        description="For cvar: the λ in (1 - λ) × mean + λ × mean of the tail.",
        json_schema_extra={"x-unit": "share"},
    )
