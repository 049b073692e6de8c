"""What other uses with a priority get in a year."""

from typing import ClassVar

from planner.basin.field import Identifier, NonNegative, Row, Share, field
from planner.plan.tables.fields import member_field, stage_field


class UseSupply(Row):
    """What an other use with a priority gets and misses in a year, season by season in `use_deliveries`."""

    table: ClassVar[str] = "use_supply"
    optional_table: ClassVar[bool] = True
    key: ClassVar[tuple[str, ...]] = ("use", "stage", "member")

    use: Identifier = field("Use", example="rice_scheme", refers_to="other_uses")
    stage: Identifier = stage_field()
    member: Identifier = member_field()
    wanted_m3_per_year: NonNegative = field("Wanted", unit="m³/year", example=730000.0)
    delivered_m3_per_year: NonNegative = field("Delivered", unit="m³/year", example=650000.0)
    lowest_share: Share = field(
        "Lowest share delivered", unit="share", help="In the season in which the use is worst off.", example=0.6
    )
    delivered_value_usd_per_year: NonNegative = field(
        "Value of what is delivered", unit="USD/year", help="At the use's own value of water.", example=32500.0
    )
    missed_usd_per_year: NonNegative = field(
        "Price of what is missed",
        unit="USD/year",
        help="At the use's value, or at the price of its priority, as the policy says.",
        example=4000.0,
    )
