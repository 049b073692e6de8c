"""Water that no longer leaks."""

from typing import ClassVar

from planner.basin.field import Identifier, NonNegative, Row, field
from planner.plan.tables.fields import member_field, option_field, season_field, stage_field


class LeakageSaved(Row):
    """What no longer leaks from a link, in periods in which an option that mends it serves and water flows."""

    table: ClassVar[str] = "leakage_saved"
    optional_table: ClassVar[bool] = True
    key: ClassVar[tuple[str, ...]] = ("option", "link", "stage", "season", "member")

    option: Identifier = option_field()
    link: Identifier = field("Link", example="riverside_pipe", refers_to="links")
    stage: Identifier = stage_field()
    season: Identifier = season_field()
    member: Identifier = member_field()
    saved_m3_per_day: NonNegative = field("Saved", unit="m³/day", example=3.4)
