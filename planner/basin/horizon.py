"""Time and futures: stages, seasons, members."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from planner.basin.field import Identifier, Positive, Row, Share, Text, field


class Stage(Row):
    """An investment period. Capital is spent at its start, running costs in every year of it."""

    table: ClassVar[str] = "stages"
    key: ClassVar[tuple[str, ...]] = ("stage",)

    stage: Identifier = field("Stage", example="stage_1")
    title: Text = field("Name", example="2027–2031", default="")
    first_year: Annotated[int, Field(ge=1900, le=2300)] = field("First year", unit="year", example=2027)
    years: Annotated[int, Field(ge=1, le=50)] = field("Length", unit="years", example=5)


class Season(Row):
    """A part of the year with its own water and demand. The days of all seasons sum to 365."""

    table: ClassVar[str] = "seasons"
    key: ClassVar[tuple[str, ...]] = ("season",)

    season: Identifier = field("Season", example="dry")
    title: Text = field("Name", example="Dry, December to May", default="")
    days: Annotated[int, Field(ge=1, le=365)] = field("Days", unit="days", example=182)
    demand_factor: Annotated[float, Field(gt=0, le=10)] = field(
        "Demand factor",
        unit="share of the year's mean",
        help="How much more or less people use in this season than the mode's litres per day.",
        example=1.0,
        default=1.0,
    )


class Member(Row):
    """One hydrological future. Design members must be served in every season; stress members may fall short."""

    table: ClassVar[str] = "members"
    key: ClassVar[tuple[str, ...]] = ("member",)

    member: Identifier = field("Member", example="dry_year")
    title: Text = field("Name", example="Dry year, one in four", default="")
    kind: Literal["design", "stress"] = field(
        "Kind",
        help="The probabilities of design members sum to 1. A stress member's is its yearly frequency: a drought, a flood, the "
        "failure of a work.",
        example="design",
        default="design",
    )
    probability: Share = field("Probability", unit="share", example=0.25)


class Settings(Row):
    """Figures of the whole basin, kept in basin.yaml."""

    table: ClassVar[str] = "basin"
    key: ClassVar[tuple[str, ...]] = ("name",)

    name: Identifier = field("Name", example="my_basin")
    title: Text = field("Title", example="My basin")
    description: Annotated[str, Field(max_length=5000)] = field(
        "Description", example="What the basin is and where its figures come from.", default=""
    )
    licence: Text = field("Licence of the data", example="CC BY-SA 4.0", default="")
    base_year: Annotated[int, Field(ge=1900, le=2300)] = field(
        "Base year", unit="year", help="Year of all prices and populations; money is discounted to it.", example=2026
    )
    discount_rate_share_per_year: Annotated[float, Field(ge=0, le=0.5)] = field(
        "Discount rate", unit="share per year", example=0.05, default=0.05
    )
    affordability_share: Share = field(
        "Affordability cap",
        unit="share of income",
        help="The tariff of a household stays at or below this share of its income (UNDP: 3 %).",
        example=0.03,
        default=0.03,
    )
    peak_day_factor: Annotated[float, Field(ge=1, le=5)] = field(
        "Peak day factor",
        unit="share of the mean day",
        help="Piped water is planned for the day of highest use.",
        example=1.15,
        default=1.15,
    )
    distribution_loss_share: Annotated[float, Field(ge=0, le=0.9)] = field(
        "Loss inside a village's pipes", unit="share", example=0.15, default=0.15
    )
    litres_per_collection_trip: Positive = field(
        "Water carried in a trip",
        unit="L",
        help="What one person carries home from a point in a round trip. 20, a jerrycan, is an assumption; plausible: 10 to 25.",
        example=20.0,
        default=20.0,
    )
    survival_litres_per_person_per_day: Positive = field(
        "Survival floor",
        unit="L/person/day",
        help="What everyone keeps in a stress member, hauled if need be (WHO: 20 L).",
        example=20.0,
        default=20.0,
    )
