"""Water that efficient irrigation saves."""

from typing import ClassVar

from planner.basin.field import Identifier, NonNegative, Row, field
from planner.plan.tables.fields import member_field, option_field, season_field, stage_field


class IrrigationSaved(Row):
    """What a use wants less, and what no longer comes back of what it gets, in periods in which an option serves."""

    table: ClassVar[str] = "irrigation_saved"
    optional_table: ClassVar[bool] = True
    key: ClassVar[tuple[str, ...]] = ("option", "stage", "season", "member")

    option: Identifier = option_field()
    stage: Identifier = stage_field()
    season: Identifier = season_field()
    member: Identifier = member_field()
    saved_m3_per_day: NonNegative = field("Wanted less", unit="m³/day", example=800.0)
    return_lost_m3_per_day: NonNegative = field("Return flow lost", unit="m³/day", example=320.0)
