"""Reservoirs: water kept from one season for another."""

from typing import ClassVar

from planner.basin.field import Identifier, NonNegative, Positive, Row, Text, field


class Reservoir(Row):
    """Water held back on a reach: all that comes down the reach can fill it, and what it lets go runs on."""

    table: ClassVar[str] = "reservoirs"
    key: ClassVar[tuple[str, ...]] = ("reservoir",)
    optional_table: ClassVar[bool] = True

    reservoir: Identifier = field("Reservoir", example="upper_lake")
    title: Text = field("Name", example="Upper lake", default="")
    reach: Identifier = field("Holds back reach", example="upper_reach", refers_to="reaches")
    existing: bool = field("Exists", help="An existing reservoir needs no option of kind reservoir.", example=True, default=False)
    smallest_storage_m3: NonNegative = field(
        "Smallest storage", unit="m³", help="What never leaves it: silt, fish, the height of the intake.", example=20000.0
    )
    largest_storage_m3: Positive = field("Largest storage", unit="m³", example=400000.0)
    surface_at_smallest_m2: NonNegative = field(
        "Surface at the smallest storage",
        unit="m²",
        help="Between the two, the surface grows in a straight line.",
        example=10000.0,
    )
    surface_at_largest_m2: NonNegative = field("Surface at the largest storage", unit="m²", example=60000.0)


class ReservoirEvaporation(Row):
    """What a reservoir loses to the air in a season, rain on it subtracted. Without a row: nothing."""

    table: ClassVar[str] = "reservoir_evaporation"
    key: ClassVar[tuple[str, ...]] = ("reservoir", "season")
    optional_table: ClassVar[bool] = True

    reservoir: Identifier = field("Reservoir", example="upper_lake", refers_to="reservoirs")
    season: Identifier = field("Season", example="dry", refers_to="seasons")
    evaporation_mm_per_day: NonNegative = field("Evaporation", unit="mm/day", example=5.0)
