"""Water stress by sub-basin."""

from typing import ClassVar, Literal

from planner.basin.field import Identifier, NonNegative, Row, field
from planner.plan.tables.fields import stage_field


class WaterStress(Row):
    """SDG 6.4.2 in the expected year of a stage: withdrawal by renewable water less environmental flow."""

    table: ClassVar[str] = "water_stress"
    optional_table: ClassVar[bool] = True
    key: ClassVar[tuple[str, ...]] = ("sub_basin", "stage")

    sub_basin: Identifier = field("Sub-basin", example="upper_valley", refers_to="sub_basins")
    stage: Identifier = stage_field()
    withdrawn_m3_per_year: NonNegative = field("Withdrawn", unit="m³/year", help="By sources and other uses.", example=900000.0)
    available_m3_per_year: NonNegative = field(
        "Available", unit="m³/year", help="Renewable water less the environmental flow.", example=3000000.0
    )
    stress_percent: NonNegative | None = field(
        "Water stress", unit="percent", help="Blank where nothing is available.", example=30.0, default=None
    )
    band: Literal["none", "low", "medium", "high", "critical"] = field(
        "Band", help="Below 25, 50, 75, 100 percent, and above.", example="low"
    )
    beyond_m3_per_year: NonNegative = field("Withdrawn beyond the limit", unit="m³/year", example=0.0)
