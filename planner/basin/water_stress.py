"""Sub-basins, whose water stress is told and may be held below a limit."""

from typing import ClassVar

from planner.basin.field import Identifier, Positive, Row, Text, field


class SubBasin(Row):
    """A part of the basin for which water stress (SDG 6.4.2) is told."""

    table: ClassVar[str] = "sub_basins"
    key: ClassVar[tuple[str, ...]] = ("sub_basin",)
    optional_table: ClassVar[bool] = True

    sub_basin: Identifier = field("Sub-basin", example="upper_valley")
    title: Text = field("Name", example="Upper valley", default="")
    largest_water_stress_percent: Positive | None = field(
        "Largest water stress",
        unit="percent",
        help="Of what may be withdrawn of the renewable water left by the environmental flow. Blank for no limit.",
        example=50.0,
        default=None,
    )


class SubBasinReach(Row):
    """A reach that belongs to a sub-basin. A reach may belong to several, such as a valley and a province."""

    table: ClassVar[str] = "sub_basin_reaches"
    key: ClassVar[tuple[str, ...]] = ("sub_basin", "reach")
    optional_table: ClassVar[bool] = True

    sub_basin: Identifier = field("Sub-basin", example="upper_valley", refers_to="sub_basins")
    reach: Identifier = field("Reach", example="upper_reach", refers_to="reaches")
