"""What turbines turn, and the energy it gives."""

from typing import ClassVar

from planner.basin.field import Identifier, NonNegative, Real, Row, field
from planner.plan.tables.fields import member_field, season_field, stage_field


class TurbinedFlow(Row):
    """What a turbine turns in each period: the outflow of its reach, up to its capacity."""

    table: ClassVar[str] = "hydropower"
    optional_table: ClassVar[bool] = True
    key: ClassVar[tuple[str, ...]] = ("turbine", "stage", "season", "member")

    turbine: Identifier = field("Turbine", example="gorge_turbine", refers_to="turbines")
    stage: Identifier = stage_field()
    season: Identifier = season_field()
    member: Identifier = member_field()
    turbined_m3_per_day: NonNegative = field("Turned", unit="m³/day", example=24400.0)
    energy_kwh_per_day: NonNegative = field("Energy", unit="kWh/day", example=638.0)
    missed_kwh_per_day: Real = field(
        "Energy missed",
        unit="kWh/day",
        help="Against the untouched river; negative where a reservoir lets more go than nature brings.",
        example=15.7,
    )
