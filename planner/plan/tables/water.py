"""Water that flows, is missing, and is kept."""

from typing import ClassVar, Literal

from planner.basin.field import Identifier, NonNegative, Real, Row, field
from planner.plan.tables.fields import member_field, reach_field, season_field, stage_field, village_field


class Flow(Row):
    """Water that enters a link. A raw main into a site has one row for each train it feeds."""

    table: ClassVar[str] = "flows"
    key: ClassVar[tuple[str, ...]] = ("link", "train", "stage", "season", "member")

    link: Identifier = field("Link", example="hill_main", refers_to="links")
    train: Identifier | None = field("Train fed", example=None, default=None, refers_to="trains")
    stage: Identifier = stage_field()
    season: Identifier = season_field()
    member: Identifier = member_field()
    flow_m3_per_day: NonNegative = field("Flow", unit="m³/day", example=96.0)


class Shortage(Row):
    """Piped water that is missing in a stress member, and what is hauled in its place."""

    table: ClassVar[str] = "shortage"
    key: ClassVar[tuple[str, ...]] = ("village", "grade", "stage", "season", "member")

    village: Identifier = village_field()
    grade: Literal["raw", "safe"] = field("Grade", example="safe")
    stage: Identifier = stage_field()
    season: Identifier = season_field()
    member: Identifier = member_field()
    shortage_m3_per_day: NonNegative = field("Done without", unit="m³/day", example=3.0)
    hauled_m3_per_day: NonNegative = field("Hauled", unit="m³/day", example=0.0)


class River(Row):
    """What the river keeps."""

    table: ClassVar[str] = "river"
    key: ClassVar[tuple[str, ...]] = ("reach", "stage", "season", "member")

    reach: Identifier = reach_field()
    stage: Identifier = stage_field()
    season: Identifier = season_field()
    member: Identifier = member_field()
    natural_m3_per_day: NonNegative = field("Natural flow", unit="m³/day", example=25000.0)
    outflow_m3_per_day: Real = field("Outflow", unit="m³/day", example=24400.0)
    required_m3_per_day: NonNegative = field(
        "Environmental flow", unit="m³/day", help="Never more than the natural flow.", example=9000.0
    )
    deficit_m3_per_day: NonNegative = field("Deficit", unit="m³/day", example=0.0)


class ObligationFlow(Row):
    """What those downstream are owed and miss."""

    table: ClassVar[str] = "obligation_flows"
    key: ClassVar[tuple[str, ...]] = ("obligation", "stage", "season", "member")

    obligation: Identifier = field("Obligation", example="treaty", refers_to="obligations")
    stage: Identifier = stage_field()
    season: Identifier = season_field()
    member: Identifier = member_field()
    owed_m3_per_day: NonNegative = field("Owed", unit="m³/day", help="Never more than the natural flow.", example=12000.0)
    shortfall_m3_per_day: NonNegative = field("Shortfall", unit="m³/day", example=0.0)


class UseDelivery(Row):
    """What other uses get."""

    table: ClassVar[str] = "use_deliveries"
    key: ClassVar[tuple[str, ...]] = ("use", "stage", "season", "member")

    use: Identifier = field("Use", example="rice_scheme", refers_to="other_uses")
    stage: Identifier = stage_field()
    season: Identifier = season_field()
    member: Identifier = member_field()
    delivered_m3_per_day: NonNegative = field("Delivered", unit="m³/day", help="From the river, and from reuse.", example=4000.0)
    unmet_m3_per_day: NonNegative = field("Unmet", unit="m³/day", example=0.0)


class ProtectedAbstraction(Row):
    """What new sources take from each protected reach."""

    table: ClassVar[str] = "protected_abstraction"
    optional_table: ClassVar[bool] = True
    key: ClassVar[tuple[str, ...]] = ("reach", "stage", "season", "member")

    reach: Identifier = reach_field()
    stage: Identifier = stage_field()
    season: Identifier = season_field()
    member: Identifier = member_field()
    abstracted_m3_per_day: NonNegative = field("Taken by new sources", unit="m³/day", example=42.0)
