"""Clear-water tanks at treatment sites."""

from typing import ClassVar

from planner.basin.field import Identifier, NonNegative, Row, field
from planner.plan.tables.fields import stage_field


class SiteTankStorage(Row):
    """What the tanks of a treatment site must hold and do hold, where hours of storage are asked for and water flows out."""

    table: ClassVar[str] = "site_tank_storage"
    optional_table: ClassVar[bool] = True
    key: ClassVar[tuple[str, ...]] = ("site", "stage")

    site: Identifier = field("Treatment site", example="works", refers_to="treatment_sites")
    stage: Identifier = stage_field()
    needed_m3: NonNegative = field(
        "Asked for", help="Of what flows out on the highest day of the design members.", unit="m³", example=10.5
    )
    standing_m3: NonNegative = field("Tanks hold", unit="m³", help="With those there were.", example=15.0)
