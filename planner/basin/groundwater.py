"""Aquifers: groundwater that several boreholes share."""

from typing import ClassVar

from planner.basin.field import Identifier, NonNegative, Row, Text, field


class Aquifer(Row):
    """Groundwater that boreholes share. What they draw in a year together is sustainable up to its yield."""

    table: ClassVar[str] = "aquifers"
    key: ClassVar[tuple[str, ...]] = ("aquifer",)
    optional_table: ClassVar[bool] = True

    aquifer: Identifier = field("Aquifer", example="basalt")
    title: Text = field("Name", example="Upper basalt", default="")
    sustainable_yield_m3_per_year: NonNegative = field(
        "Sustainable yield", unit="m³/year", help="The part of the recharge that may be drawn for good.", example=90000.0
    )
