"""Tanks in villages."""

from typing import ClassVar

from planner.basin.field import Identifier, NonNegative, Row, field
from planner.plan.tables.fields import stage_field, village_field


class TankStorage(Row):
    """What the tanks of a village must hold and do hold, where hours of storage are asked for and water is piped."""

    table: ClassVar[str] = "tank_storage"
    optional_table: ClassVar[bool] = True
    key: ClassVar[tuple[str, ...]] = ("village", "stage")

    village: Identifier = village_field()
    stage: Identifier = stage_field()
    needed_m3: NonNegative = field("Asked for", unit="m³", example=21.0)
    standing_m3: NonNegative = field("Tanks hold", unit="m³", help="With those there were.", example=25.0)
