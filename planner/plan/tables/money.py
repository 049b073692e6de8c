"""Who pays what."""

from typing import ClassVar, Literal

from planner.basin.field import Identifier, NonNegative, Real, Row, field
from planner.plan.tables.fields import account_field, group_field, stage_field, village_field


class Finance(Row):
    """Which channel pays which capital."""

    table: ClassVar[str] = "finance"
    key: ClassVar[tuple[str, ...]] = ("channel", "category", "account", "stage")

    channel: Identifier = field("Channel", example="government_grant", refers_to="channels")
    category: Identifier = field("Category", example="conveyance", refers_to="categories")
    account: Identifier = account_field()
    stage: Identifier = stage_field()
    amount_usd: NonNegative = field("Amount", unit="USD", example=18000.0)


class ChannelBalance(Row):
    """What a channel offers, spends and keeps."""

    table: ClassVar[str] = "channel_balances"
    key: ClassVar[tuple[str, ...]] = ("channel", "stage")

    channel: Identifier = field("Channel", example="government_grant", refers_to="channels")
    stage: Identifier = stage_field()
    offered_usd: NonNegative = field("Offered", unit="USD", example=250000.0)
    spent_usd: NonNegative = field("Spent", unit="USD", example=231000.0)
    carried_usd: NonNegative = field("Kept for the next stage", unit="USD", example=19000.0)


class RunningCost(Row):
    """Who covers the running costs of an account's works."""

    table: ClassVar[str] = "running_costs"
    key: ClassVar[tuple[str, ...]] = ("account", "stage")

    account: Identifier = account_field()
    stage: Identifier = stage_field()
    running_cost_usd_per_year: NonNegative = field("Running cost", unit="USD/year", example=9200.0)
    tariffs_usd_per_year: NonNegative = field("Tariffs", unit="USD/year", example=6100.0)
    subsidies_usd_per_year: NonNegative = field("Subsidies", unit="USD/year", example=3100.0)


class Tariff(Row):
    """What a group in a village pays for its water."""

    table: ClassVar[str] = "tariffs"
    key: ClassVar[tuple[str, ...]] = ("village", "group", "stage")

    village: Identifier = village_field()
    group: Identifier = group_field()
    stage: Identifier = stage_field()
    tariff_usd_per_year: NonNegative = field("Tariff", unit="USD/year", example=310.0)
    income_usd_per_year: NonNegative = field("Income of those who pay", unit="USD/year", example=30000.0)


class SubsidyPaid(Row):
    """Subsidies of running costs."""

    table: ClassVar[str] = "subsidies_paid"
    key: ClassVar[tuple[str, ...]] = ("subsidy", "account", "stage")

    subsidy: Identifier = field("Subsidy", example="district_om_fund", refers_to="subsidies")
    account: Identifier = account_field()
    stage: Identifier = stage_field()
    amount_usd_per_year: NonNegative = field("Amount", unit="USD/year", example=3100.0)


class Cost(Row):
    """Present values of the plan."""

    table: ClassVar[str] = "costs"
    key: ClassVar[tuple[str, ...]] = ("item", "category", "account")

    item: Literal["capital", "residual", "running", "opportunity"] = field(
        "Item",
        help="The residual is what outlives the horizon; it is subtracted. Opportunity is what an account gives up, and nobody "
        "pays.",
        example="capital",
    )
    category: Identifier = field("Category", help="`water` for energy and chemicals.", example="conveyance")
    account: Identifier = account_field()
    present_value_usd: Real = field("Present value", unit="USD of the base year", example=18000.0)
