"""The policy of a scenario: objectives in order, floors, and what is hard or priced."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from planner.basin.field import Identifier, Positive, Share


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


def _price(title: str, default: float, help: str) -> Any:
    return Field(title=title, default=default, description=help, json_schema_extra={"x-unit": "USD/m³"})


class Objective(_Part):
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


class Floor(_Part):
    """The least share of people at a rung or above."""

    rung: Annotated[int, Field(ge=1, le=5)] = Field(title="Rung", description="Rung of the JMP ladder, 1 to 5.")
    share: Share = Field(title="Share", description="Share of the people.", json_schema_extra={"x-unit": "share"})
    within: Literal["village", "administration", "account", "basin"] = Field(
        title="Counted within",
        default="village",
        description="Where the share is counted: in every village, in every administration of the lowest level, in every "
        "administration with an account, or in the basin as a whole.",
    )
    stage: Identifier | None = Field(
        title="From stage",
        default=None,
        description="From this stage on. Blank: in every stage.",
        json_schema_extra={"x-refers-to": ["stages"]},
    )
    group: Identifier | None = Field(
        title="Group",
        default=None,
        description="Blank: every group on its own within a village, all together elsewhere.",
        json_schema_extra={"x-refers-to": ["groups"]},
    )
    administration: Identifier | None = Field(
        title="Administration",
        default=None,
        description="Only here, with everything that belongs to it.",
        json_schema_extra={"x-refers-to": ["administrations"]},
    )
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


class Policy(_Part):
    """What a plan is to achieve."""

    objectives: tuple[Objective, ...] = Field(
        title="Aims",
        default=(Objective(objective="cost"),),
        min_length=1,
        max_length=3,
        description="In order: later ones decide among the plans that are as good for the earlier ones.",
    )
    floors: tuple[Floor, ...] = Field(title="Floors", default=(), description="Shares of the people that are to be served.")
    environmental_flow: Literal["hard", "priced"] = Field(
        title="Environmental flow", default="hard", description="Whether the environmental flow may be missed."
    )
    environmental_flow_price_usd_per_m3: Positive = _price(
        "Price of environmental flow missed", 0.05, "Price of each m³ missed, if priced."
    )
    obligations: Literal["hard", "priced"] = Field(
        title="Flows owed downstream", default="hard", description="Whether flows owed downstream may be missed."
    )
    obligation_price_usd_per_m3: Positive = _price(
        "Price of owed flow missed", 0.05, "Price of each m³ owed and missed, if priced."
    )
    shortage_price_usd_per_m3: Positive = _price(
        "Price of water done without", 2.0, "Price of piped water done without in a stress member."
    )
    hauled_price_usd_per_m3: Positive = _price("Price of water hauled", 15.0, "Price of water hauled in a stress member.")
    periods: Literal["binding", "all"] = Field(
        title="Periods",
        default="binding",
        description="binding: works are run as in the binding period that stands for each period. all: every period on its own.",
    )
