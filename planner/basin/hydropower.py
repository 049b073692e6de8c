"""Hydropower: turbines that what the river keeps runs through."""

from typing import Annotated, ClassVar

from pydantic import Field

from planner.basin.field import Identifier, NonNegative, Positive, Row, Text, field


class Turbine(Row):
    """A turbine that stands, at the outflow of a reach or in the dam of a reservoir. Its water stays in the river.

    Several turbines of one reach stand one below the other: each turns all that flows on, up to its capacity.
    """

    table: ClassVar[str] = "turbines"
    key: ClassVar[tuple[str, ...]] = ("turbine",)
    optional_table: ClassVar[bool] = True

    turbine: Identifier = field("Turbine", example="gorge_turbine")
    title: Text = field("Name", example="Turbine in the gorge", default="")
    reach: Identifier = field("Turned by the outflow of", example="upper_reach", refers_to="reaches")
    reservoir: Identifier | None = field(
        "In the dam of",
        help="A reservoir on the same reach: the turbine turns once it stands. Blank for a turbine without a dam.",
        example=None,
        default=None,
        refers_to="reservoirs",
    )
    head_m: Positive = field("Net head", unit="m", help="The same at any flow and storage.", example=12.0)
    efficiency_share: Annotated[float, Field(gt=0, le=1)] = field(
        "Efficiency", unit="share", help="Of turbine and generator together.", example=0.8, default=0.8
    )
    capacity_m3_per_day: Positive = field("Capacity", unit="m³/day", help="The most that it turns.", example=40000.0)
    value_usd_per_kwh: NonNegative = field(
        "Value of energy", unit="USD/kWh", help="What each kWh is worth that it gives.", example=0.08
    )
