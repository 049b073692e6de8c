"""Used water: what arises, what is treated and reused, and what the river is left to bear."""

from typing import ClassVar

from planner.basin.field import Identifier, NonNegative, Row, field
from planner.plan.tables.fields import member_field, option_field, reach_field, season_field, stage_field


class Wastewater(Row):
    """Wastewater of each area, and how much of it is treated."""

    table: ClassVar[str] = "wastewater"
    optional_table: ClassVar[bool] = True
    key: ClassVar[tuple[str, ...]] = ("wastewater_area", "stage", "season", "member")

    wastewater_area: Identifier = field("Wastewater area", example="town", refers_to="wastewater_areas")
    stage: Identifier = stage_field()
    season: Identifier = season_field()
    member: Identifier = member_field()
    arising_m3_per_day: NonNegative = field("Arising", unit="m³/day", example=40.0)
    collected_m3_per_day: NonNegative = field("Led to treatment", unit="m³/day", example=30.0)
    untreated_m3_per_day: NonNegative = field("Untreated", unit="m³/day", example=10.0)


class WastewaterTreated(Row):
    """What each wastewater treatment takes in. No row where nothing is treated."""

    table: ClassVar[str] = "wastewater_treated"
    optional_table: ClassVar[bool] = True
    key: ClassVar[tuple[str, ...]] = ("option", "stage", "season", "member")

    option: Identifier = option_field()
    stage: Identifier = stage_field()
    season: Identifier = season_field()
    member: Identifier = member_field()
    treated_m3_per_day: NonNegative = field("Treated", unit="m³/day", example=30.0)


class ReuseFlow(Row):
    """Treated wastewater that enters a link for reuse. No row where nothing is reused."""

    table: ClassVar[str] = "reuse_flows"
    optional_table: ClassVar[bool] = True
    key: ClassVar[tuple[str, ...]] = ("reuse_link", "option", "stage", "season", "member")

    reuse_link: Identifier = field("Reuse link", example="ponds_to_rice", refers_to="reuse_links")
    option: Identifier = field("Treated by", example="town_ponds_small", refers_to="options")
    stage: Identifier = stage_field()
    season: Identifier = season_field()
    member: Identifier = member_field()
    flow_m3_per_day: NonNegative = field("Flow", unit="m³/day", example=20.0)


class RiverLoad(Row):
    """The load that enters a reach, where the basin says what the reach bears."""

    table: ClassVar[str] = "river_loads"
    optional_table: ClassVar[bool] = True
    key: ClassVar[tuple[str, ...]] = ("reach", "load", "stage", "season", "member")

    reach: Identifier = reach_field()
    load: Identifier = field("Load", example="bod", refers_to="loads")
    stage: Identifier = stage_field()
    season: Identifier = season_field()
    member: Identifier = member_field()
    load_kg_per_day: NonNegative = field("Load", unit="kg/day", example=9.0)
    bearable_kg_per_day: NonNegative = field("Bearable", unit="kg/day", example=12.0)
    excess_kg_per_day: NonNegative = field("Beyond what is bearable", unit="kg/day", example=0.0)
