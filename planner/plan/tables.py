"""The tables of a plan: what each column is called, its unit and what it means."""

from functools import cache
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from planner.basin.field import Column, Identifier, NonNegative, Real, Row, Text, columns_of, field

Rung = Annotated[int, Field(ge=0, le=5)]


def _option() -> Any:
    return field("Option", example="hill_main_dn110", refers_to="options")


def _village() -> Any:
    return field("Village", example="hilltop", refers_to="villages")


def _group() -> Any:
    return field("Group", example="poor", refers_to="groups")


def _stage() -> Any:
    return field("Stage", example="stage_1", refers_to="stages")


def _season() -> Any:
    return field("Season", example="dry", refers_to="seasons")


def _member() -> Any:
    return field("Member", example="dry_year", refers_to="members")


def _reach() -> Any:
    return field("Reach", example="upper_reach", refers_to="reaches")


def _account() -> Any:
    return field("Account", help="Administration.", example="upper_district", refers_to="administrations")


class Investment(Row):
    """An option that is built, stage by stage: every stage for each option that ever serves."""

    table: ClassVar[str] = "investments"
    key: ClassVar[tuple[str, ...]] = ("option", "stage")

    option: Identifier = _option()
    stage: Identifier = _stage()
    serves: bool = field("Serves in this stage", example=True)
    capacity_m3_per_day: NonNegative = field(
        "Capacity in service", unit="m³/day", help="0 for a source development.", example=420.0
    )
    capital_usd: NonNegative = field(
        "Capital paid in this stage", unit="USD", help="Building and renewals, undiscounted.", example=18000.0
    )
    running_cost_usd_per_year: NonNegative = field("Fixed running cost", unit="USD/year", example=300.0)


class VillageAsset(Row):
    """Assets inside a village, stage by stage."""

    table: ClassVar[str] = "village_assets"
    key: ClassVar[tuple[str, ...]] = ("village", "asset", "stage")

    village: Identifier = _village()
    asset: Identifier = field("Asset", example="public_tap_stand", refers_to="assets")
    stage: Identifier = _stage()
    units: NonNegative = field("Units in service", unit="units", help="Beyond what exists in the base year.", example=4.0)
    capital_usd: NonNegative = field("Capital paid in this stage", unit="USD", example=3600.0)
    running_cost_usd_per_year: NonNegative = field("Running cost", unit="USD/year", example=240.0)


class VillagePlan(Row):
    """The service plan that a village follows."""

    table: ClassVar[str] = "village_plans"
    key: ClassVar[tuple[str, ...]] = ("village", "stage")

    village: Identifier = _village()
    stage: Identifier = _stage()
    service_plan: Identifier = field("Service plan", help="as_before: nothing new.", example="taps_for_all")


class Service(Row):
    """Persons by mode: each person is on one mode."""

    table: ClassVar[str] = "service"
    key: ClassVar[tuple[str, ...]] = ("village", "group", "stage", "mode")

    village: Identifier = _village()
    group: Identifier = _group()
    stage: Identifier = _stage()
    mode: Identifier = field("Mode", example="public_tap", refers_to="modes")
    rung: Rung = field("Rung", example=4)
    persons: NonNegative = field("Persons", unit="persons", example=120.0)


class Flow(Row):
    """Water that enters a link. A raw main into a site has one row for each train it feeds."""

    table: ClassVar[str] = "flows"
    key: ClassVar[tuple[str, ...]] = ("link", "train", "stage", "season", "member")

    link: Identifier = field("Link", example="hill_main", refers_to="links")
    train: Identifier | None = field("Train fed", example=None, default=None, refers_to="trains")
    stage: Identifier = _stage()
    season: Identifier = _season()
    member: Identifier = _member()
    flow_m3_per_day: NonNegative = field("Flow", unit="m³/day", example=96.0)


class Shortage(Row):
    """Piped water that is missing in a stress member, and what is hauled in its place."""

    table: ClassVar[str] = "shortage"
    key: ClassVar[tuple[str, ...]] = ("village", "grade", "stage", "season", "member")

    village: Identifier = _village()
    grade: Literal["raw", "safe"] = field("Grade", example="safe")
    stage: Identifier = _stage()
    season: Identifier = _season()
    member: Identifier = _member()
    shortage_m3_per_day: NonNegative = field("Done without", unit="m³/day", example=3.0)
    hauled_m3_per_day: NonNegative = field("Hauled", unit="m³/day", example=0.0)


class River(Row):
    """What the river keeps."""

    table: ClassVar[str] = "river"
    key: ClassVar[tuple[str, ...]] = ("reach", "stage", "season", "member")

    reach: Identifier = _reach()
    stage: Identifier = _stage()
    season: Identifier = _season()
    member: Identifier = _member()
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
    stage: Identifier = _stage()
    season: Identifier = _season()
    member: Identifier = _member()
    owed_m3_per_day: NonNegative = field("Owed", unit="m³/day", help="Never more than the natural flow.", example=12000.0)
    shortfall_m3_per_day: NonNegative = field("Shortfall", unit="m³/day", example=0.0)


class UseDelivery(Row):
    """What other uses get."""

    table: ClassVar[str] = "use_deliveries"
    key: ClassVar[tuple[str, ...]] = ("use", "stage", "season", "member")

    use: Identifier = field("Use", example="rice_scheme", refers_to="other_uses")
    stage: Identifier = _stage()
    season: Identifier = _season()
    member: Identifier = _member()
    delivered_m3_per_day: NonNegative = field("Delivered", unit="m³/day", example=4000.0)
    unmet_m3_per_day: NonNegative = field("Unmet", unit="m³/day", example=0.0)


class Finance(Row):
    """Which channel pays which capital."""

    table: ClassVar[str] = "finance"
    key: ClassVar[tuple[str, ...]] = ("channel", "category", "account", "stage")

    channel: Identifier = field("Channel", example="government_grant", refers_to="channels")
    category: Identifier = field("Category", example="conveyance", refers_to="categories")
    account: Identifier = _account()
    stage: Identifier = _stage()
    amount_usd: NonNegative = field("Amount", unit="USD", example=18000.0)


class ChannelBalance(Row):
    """What a channel offers, spends and keeps."""

    table: ClassVar[str] = "channel_balances"
    key: ClassVar[tuple[str, ...]] = ("channel", "stage")

    channel: Identifier = field("Channel", example="government_grant", refers_to="channels")
    stage: Identifier = _stage()
    offered_usd: NonNegative = field("Offered", unit="USD", example=250000.0)
    spent_usd: NonNegative = field("Spent", unit="USD", example=231000.0)
    carried_usd: NonNegative = field("Kept for the next stage", unit="USD", example=19000.0)


class RunningCost(Row):
    """Who covers the running costs of an account's works."""

    table: ClassVar[str] = "running_costs"
    key: ClassVar[tuple[str, ...]] = ("account", "stage")

    account: Identifier = _account()
    stage: Identifier = _stage()
    running_cost_usd_per_year: NonNegative = field("Running cost", unit="USD/year", example=9200.0)
    tariffs_usd_per_year: NonNegative = field("Tariffs", unit="USD/year", example=6100.0)
    subsidies_usd_per_year: NonNegative = field("Subsidies", unit="USD/year", example=3100.0)


class Tariff(Row):
    """What a group in a village pays for its water."""

    table: ClassVar[str] = "tariffs"
    key: ClassVar[tuple[str, ...]] = ("village", "group", "stage")

    village: Identifier = _village()
    group: Identifier = _group()
    stage: Identifier = _stage()
    tariff_usd_per_year: NonNegative = field("Tariff", unit="USD/year", example=310.0)
    income_usd_per_year: NonNegative = field("Income of those who pay", unit="USD/year", example=30000.0)


class SubsidyPaid(Row):
    """Subsidies of running costs."""

    table: ClassVar[str] = "subsidies_paid"
    key: ClassVar[tuple[str, ...]] = ("subsidy", "account", "stage")

    subsidy: Identifier = field("Subsidy", example="district_om_fund", refers_to="subsidies")
    account: Identifier = _account()
    stage: Identifier = _stage()
    amount_usd_per_year: NonNegative = field("Amount", unit="USD/year", example=3100.0)


class FloorResult(Row):
    """How far each coupled floor of the policy is met. `floor` counts the policy's floors from 1."""

    table: ClassVar[str] = "floors"
    key: ClassVar[tuple[str, ...]] = ("floor", "place", "group", "stage")

    floor: Annotated[int, Field(ge=1)] = field("Floor", example=1)
    place: Identifier = field("Place", help="A village, an administration, or `basin`.", example="upper_district")
    group: Identifier | None = field("Group", help="Blank: all groups together.", example="poor", default=None)
    stage: Identifier = _stage()
    rung: Rung = field("Rung", example=4)
    required_persons: NonNegative = field("Required", unit="persons", example=800.0)
    served_persons: NonNegative = field("On this rung or above", unit="persons", example=812.0)
    missed_persons: NonNegative = field("Missed", unit="persons", example=0.0)


class Cost(Row):
    """Present values of the plan."""

    table: ClassVar[str] = "costs"
    key: ClassVar[tuple[str, ...]] = ("item", "category", "account")

    item: Literal["capital", "residual", "running"] = field(
        "Item", help="The residual is what outlives the horizon; it is subtracted.", example="capital"
    )
    category: Identifier = field("Category", help="`water` for energy and chemicals.", example="conveyance")
    account: Identifier = _account()
    present_value_usd: Real = field("Present value", unit="USD of the base year", example=18000.0)


class ObjectiveResult(Row):
    """The policy's objectives in order, and how far each can still be from the best possible."""

    table: ClassVar[str] = "objectives"
    key: ClassVar[tuple[str, ...]] = ("objective",)

    objective: Text = field(
        "Objective", help="cost, environmental_flow_deficit, or persons below a rung: below_rung_1 … below_rung_5.",
        example="cost",
    )  # fmt: skip
    order: Annotated[int, Field(ge=0)] = field("Place in the policy", help="0: reported only.", example=1)
    value: Real = field("Value", example=812000.0)
    bound: Real | None = field("No plan can be below", example=806000.0, default=None)
    unit: Text = field("Unit", example="USD of the base year")


ROWS: tuple[type[Row], ...] = (
    Investment, VillageAsset, VillagePlan, Service, Flow, Shortage, River, ObligationFlow, UseDelivery,
    Finance, ChannelBalance, RunningCost, Tariff, SubsidyPaid, FloorResult, Cost, ObjectiveResult,
)  # fmt: skip

ROW_OF: dict[str, type[Row]] = {row.table: row for row in ROWS}


@cache
def columns(table: str) -> tuple[Column, ...]:
    """The columns of a plan's table."""
    return columns_of(ROW_OF[table])
