"""Water that is kept from one season for another."""

from typing import ClassVar

from planner.basin.field import Identifier, NonNegative, Real, Row, field
from planner.plan.tables.fields import member_field, season_field, stage_field


class Storage(Row):
    """What a reservoir holds at the end of a season. The last season of a year is followed by its first."""

    table: ClassVar[str] = "storage"
    optional_table: ClassVar[bool] = True
    key: ClassVar[tuple[str, ...]] = ("reservoir", "stage", "season", "member")

    reservoir: Identifier = field("Reservoir", example="upper_lake", refers_to="reservoirs")
    stage: Identifier = stage_field()
    season: Identifier = season_field()
    member: Identifier = member_field()
    storage_m3: NonNegative = field("Stored at the end", unit="m³", example=180000.0)
    evaporation_m3_per_day: NonNegative = field("Lost to the air", unit="m³/day", example=95.0)
    held_back_m3_per_day: Real = field(
        "Held back", unit="m³/day", help="What fills it or is lost to the air; negative where more is let go than comes.",
        example=-120.0,
    )  # fmt: skip
