"""What is given up for what stands."""

from typing import ClassVar

from planner.basin.field import Identifier, NonNegative, Row, field
from planner.plan.tables.fields import account_field, option_field, stage_field


class GivenUp(Row):
    """What an account gives up each year for an option that stands. No row where nothing is given up."""

    table: ClassVar[str] = "given_up"
    optional_table: ClassVar[bool] = True
    key: ClassVar[tuple[str, ...]] = ("option", "account", "stage")

    option: Identifier = option_field()
    account: Identifier = account_field()
    stage: Identifier = stage_field()
    opportunity_cost_usd_per_year: NonNegative = field("Opportunity cost", unit="USD/year", example=800.0)
