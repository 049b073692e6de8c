"""Administrations, reaches of the river, and what the river carries and must keep."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from planner.basin.field import Identifier, Latitude, Longitude, NonNegative, Positive, Row, Text, field


class Administration(Row):
    """A province, district or commune. Those with an account see their own money."""

    table: ClassVar[str] = "administrations"
    key: ClassVar[tuple[str, ...]] = ("administration",)

    administration: Identifier = field("Administration", example="upper_district")
    title: Text = field("Name", example="Upper district", default="")
    level: Literal["country", "province", "district", "commune", "other"] = field("Level", example="district")
    parent: Identifier | None = field("Belongs to", example="province", default=None, refers_to="administrations")
    account: bool = field(
        "Has an account",
        help="Money is followed for the nearest administration upwards that has an account.",
        example=True,
        default=False,
    )


class Reach(Row):
    """A stretch of river."""

    table: ClassVar[str] = "reaches"
    key: ClassVar[tuple[str, ...]] = ("reach",)

    reach: Identifier = field("Reach", example="upper_reach")
    title: Text = field("Name", example="Upper reach", default="")
    downstream: Identifier | None = field(
        "Flows into",
        help="Blank where the river leaves the basin.",
        example="lower_reach",
        default=None,
        refers_to="reaches",
    )
    administration: Identifier | None = field(
        "Administration", example="upper_district", default=None, refers_to="administrations"
    )
    longitude: Longitude = field("Longitude", unit="degrees", example=107.1)
    latitude: Latitude = field("Latitude", unit="degrees", example=13.7)
    catchment_area_km2: Positive = field("Catchment area", unit="km²", example=820.0)
    protected: bool = field(
        "Protected",
        help="What new sources take from here is counted, or not allowed, by policy.",
        example=False,
        default=False,
    )


class ReachLine(Row):
    """The course of a reach, for the map only."""

    table: ClassVar[str] = "reach_lines"
    key: ClassVar[tuple[str, ...]] = ("reach", "point")
    optional_table: ClassVar[bool] = True

    reach: Identifier = field("Reach", example="upper_reach", refers_to="reaches")
    point: Annotated[int, Field(ge=0, le=100_000)] = field("Point", help="Order along the reach.", example=0)
    longitude: Longitude = field("Longitude", unit="degrees", example=107.1)
    latitude: Latitude = field("Latitude", unit="degrees", example=13.7)


class Inflow(Row):
    """Water that joins a reach from its own slopes, before any use."""

    table: ClassVar[str] = "inflow"
    key: ClassVar[tuple[str, ...]] = ("reach", "season", "member")

    reach: Identifier = field("Reach", example="upper_reach", refers_to="reaches")
    season: Identifier = field("Season", example="dry", refers_to="seasons")
    member: Identifier = field("Member", example="dry_year", refers_to="members")
    inflow_m3_per_day: NonNegative = field("Local inflow", unit="m³/day", example=25000.0)


class EnvironmentalFlow(Row):
    """Flow that a reach must keep in a season. Never more is asked than nature brings."""

    table: ClassVar[str] = "environmental_flow"
    key: ClassVar[tuple[str, ...]] = ("reach", "season")
    optional_table: ClassVar[bool] = True

    reach: Identifier = field("Reach", example="upper_reach", refers_to="reaches")
    season: Identifier = field("Season", example="dry", refers_to="seasons")
    environmental_flow_m3_per_day: NonNegative = field(
        "Environmental flow",
        unit="m³/day",
        help="What remains in the river after all abstraction.",
        example=9000.0,
    )
    method: Literal["given", "variable_monthly_flow", "tessmann", "q90_q50", "tennant"] = field(
        "Method", example="variable_monthly_flow", default="given"
    )


class Obligation(Row):
    """A flow owed to those downstream: a treaty, a delta's need."""

    table: ClassVar[str] = "obligations"
    key: ClassVar[tuple[str, ...]] = ("obligation", "season")
    optional_table: ClassVar[bool] = True

    obligation: Identifier = field("Obligation", example="treaty")
    reach: Identifier = field("Reach", example="lower_reach", refers_to="reaches")
    season: Identifier = field("Season", example="dry", refers_to="seasons")
    flow_m3_per_day: NonNegative = field("Flow owed", unit="m³/day", example=12000.0)


class OtherUse(Row):
    """Irrigation, livestock, industry, a city or a hydropower release that draws on the same river."""

    table: ClassVar[str] = "other_uses"
    key: ClassVar[tuple[str, ...]] = ("use",)
    optional_table: ClassVar[bool] = True

    use: Identifier = field("Use", example="rice_scheme")
    title: Text = field("Name", example="Rice scheme", default="")
    kind: Literal["irrigation", "livestock", "industry", "city", "hydropower_release"] = field("Kind", example="irrigation")
    administration: Identifier | None = field(
        "Administration", example="upper_district", default=None, refers_to="administrations"
    )
    reach: Identifier = field("Draws on", example="upper_reach", refers_to="reaches")
    return_reach: Identifier | None = field(
        "Returns to", help="Blank if nothing comes back.", example="lower_reach", default=None, refers_to="reaches"
    )
    return_share: Annotated[float, Field(ge=0, le=1)] = field("Returned", unit="share of what is drawn", example=0.2, default=0.0)
    value_usd_per_m3: NonNegative = field(
        "Value of water", unit="USD/m³", help="What is lost for each m³ not delivered.", example=0.05
    )


class UseDemand(Row):
    """What an other use wants in a season."""

    table: ClassVar[str] = "use_demand"
    key: ClassVar[tuple[str, ...]] = ("use", "season")
    optional_table: ClassVar[bool] = True

    use: Identifier = field("Use", example="rice_scheme", refers_to="other_uses")
    season: Identifier = field("Season", example="dry", refers_to="seasons")
    demand_m3_per_day: NonNegative = field("Demand", unit="m³/day", example=4000.0)
