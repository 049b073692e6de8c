"""Tanks in villages: their sizes, and how many hours of use they hold."""

from typing import Annotated, ClassVar

from pydantic import Field

from planner.basin.field import Identifier, NonNegative, Positive, Row, field


class Tank(Row):
    """An asset that is a tank of one size; its capital, running cost, life and category are those of the asset."""

    table: ClassVar[str] = "tanks"
    key: ClassVar[tuple[str, ...]] = ("asset",)
    optional_table: ClassVar[bool] = True

    asset: Identifier = field("Asset", help="One that no mode takes.", example="tank_25", refers_to="assets")
    volume_m3: Positive = field("Holds", unit="m³", example=25.0)


class VillageStorage(Row):
    """How much of a day's use the tanks of a village with piped water hold: by hours, or by the balance of the day."""

    table: ClassVar[str] = "village_storage"
    key: ClassVar[tuple[str, ...]] = ("village",)
    optional_table: ClassVar[bool] = True

    village: Identifier = field("Village", example="riverside", refers_to="villages")
    least_hours: Annotated[float, Field(ge=0, le=168)] = field(
        "Hours of storage",
        unit="hours",
        help="Of the mean use on the day of highest use. Assume 8 (4 to 24) where nothing else is asked.",
        example=8.0,
        default=0.0,
    )
    peak_hour_factor: Annotated[float, Field(ge=1, le=24)] = field(
        "Use in the highest hour",
        unit="ratio",
        help="Against the mean hour of the day, where water arrives evenly: 2 asks for 12 hours. Assume 2 (1.5 to 4).",
        example=2.0,
        default=1.0,
    )
    existing_m3: NonNegative = field("Tanks there are", unit="m³", example=5.0, default=0.0)
