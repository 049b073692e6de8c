"""The policy of a scenario: objectives in order, floors, and what is hard or priced."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from planner.basin.field import Identifier, Positive, Share


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Objective(_Part):
    """One aim. Later ones decide among the plans that are as good, within the tolerance, for the earlier ones."""

    objective: Literal["cost", "access", "environmental_flow_deficit"] = Field(
        description="cost: present value of capital and running costs less what outlives the horizon. access: persons "
        "below each rung of the JMP ladder, lowest rung first. environmental_flow_deficit: m³ a year that the river lacks."
    )
    tolerance_share: Annotated[float, Field(ge=0, le=1)] = Field(
        default=0.001, description="How much worse this aim may become for the sake of later ones."
    )


class Floor(_Part):
    """The least share of people at a rung or above."""

    rung: Annotated[int, Field(ge=1, le=5)] = Field(description="Rung of the JMP ladder, 1 to 5.")
    share: Share = Field(description="Share of the people.")
    within: Literal["village", "administration", "account", "basin"] = Field(
        default="village",
        description="Where the share is counted: in every village, in every administration of the lowest level, in every "
        "administration with an account, or in the basin as a whole.",
    )
    stage: Identifier | None = Field(default=None, description="From this stage on. Blank: in every stage.")
    group: Identifier | None = Field(
        default=None, description="Blank: every group on its own within a village, all together elsewhere."
    )
    administration: Identifier | None = Field(default=None, description="Only here, with everything that belongs to it.")
    hard: bool = Field(
        default=False,
        description="Whether the floor must be met. One that is not hard may be missed at a price; but where a village can "
        "reach its own floor without pipes, it always does.",
    )
    missed_price_usd_per_person_year: Positive = Field(default=200.0, description="Price of each person missed, for a year.")


class Policy(_Part):
    """What a plan is to achieve."""

    objectives: tuple[Objective, ...] = Field(default=(Objective(objective="cost"),), min_length=1, max_length=3)
    floors: tuple[Floor, ...] = ()
    environmental_flow: Literal["hard", "priced"] = Field(
        default="hard", description="Whether the environmental flow may be missed."
    )
    environmental_flow_price_usd_per_m3: Positive = Field(default=0.05, description="Price of each m³ missed, if priced.")
    obligations: Literal["hard", "priced"] = Field(default="hard", description="Whether flows owed downstream may be missed.")
    obligation_price_usd_per_m3: Positive = Field(default=0.05, description="Price of each m³ owed and missed, if priced.")
    shortage_price_usd_per_m3: Positive = Field(default=2.0, description="Price of piped water done without in a stress member.")
    hauled_price_usd_per_m3: Positive = Field(default=15.0, description="Price of water hauled in a stress member.")
    periods: Literal["binding", "all"] = Field(
        default="binding",
        description="binding: works are run as in the binding period that stands for each period. all: every period on its own.",
    )
