"""What is drawn from the ground in a year."""

from typing import ClassVar

from planner.basin.field import Identifier, NonNegative, Row, field
from planner.plan.tables.fields import member_field, stage_field


class Groundwater(Row):
    """What all boreholes of an aquifer draw in a year, and how far that is beyond its sustainable yield."""

    table: ClassVar[str] = "groundwater"
    optional_table: ClassVar[bool] = True
    key: ClassVar[tuple[str, ...]] = ("aquifer", "stage", "member")

    aquifer: Identifier = field("Aquifer", example="basalt", refers_to="aquifers")
    stage: Identifier = stage_field()
    member: Identifier = member_field()
    drawn_m3_per_year: NonNegative = field("Drawn", unit="m³/year", example=62000.0)
    sustainable_yield_m3_per_year: NonNegative = field("Sustainable yield", unit="m³/year", example=90000.0)
    overdraft_m3_per_year: NonNegative = field("Overdraft", unit="m³/year", example=0.0)
