"""What each administration with an account pays, receives and gains."""

from typing import ClassVar

from planner.basin.field import Identifier, NonNegative, Row, field
from planner.plan.tables.fields import account_field, stage_field


class Account(Row):
    """The account of an administration: capital in and out, running costs and who bears them, and who is served for it."""

    table: ClassVar[str] = "accounts"
    optional_table: ClassVar[bool] = True
    key: ClassVar[tuple[str, ...]] = ("account", "stage")

    account: Identifier = account_field()
    stage: Identifier = stage_field()
    capital_usd: NonNegative = field("Capital of its works", unit="USD", help="Undiscounted.", example=18000.0)
    raised_usd: NonNegative = field(
        "Raised by it", unit="USD", help="Paid by the channels that it raises, for works of any account.", example=5000.0
    )
    received_usd: NonNegative = field(
        "Received", unit="USD", help="Paid for its works by channels that others raise.", example=13000.0
    )
    running_cost_usd_per_year: NonNegative = field("Running cost", unit="USD/year", example=9200.0)
    tariffs_usd_per_year: NonNegative = field("Tariffs of its people", unit="USD/year", example=6100.0)
    subsidies_usd_per_year: NonNegative = field("Subsidies received", unit="USD/year", example=3100.0)
    repaid_usd_per_year: NonNegative = field(
        "Owed on loans", unit="USD/year", help="In the dearest year of the stage.", example=0.0
    )
    gained_persons: NonNegative = field(
        "Persons gained", unit="persons", help="On rung 3 or above who would not be if nothing were built.", example=1200.0
    )
    capital_present_usd: NonNegative = field("Present value of capital", unit="USD of the base year", example=15000.0)
    running_present_usd: NonNegative = field("Present value of running costs", unit="USD of the base year", example=39000.0)
