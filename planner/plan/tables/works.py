"""What is built: options and the assets of villages."""

from typing import Annotated, ClassVar

from pydantic import Field

from planner.basin.field import Identifier, NonNegative, Row, field
from planner.plan.tables.fields import option_field, stage_field, village_field


class Investment(Row):
    """An option that is built, stage by stage: every stage for each option that ever serves."""

    table: ClassVar[str] = "investments"
    key: ClassVar[tuple[str, ...]] = ("option", "stage")

    option: Identifier = option_field()
    stage: Identifier = stage_field()
    serves: bool = field("Serves in this stage", example=True)
    count: Annotated[int, Field(ge=0)] = field(
        "How many stand", unit="units", help="1 unless it may stand several times.", example=1, default=1
    )
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

    village: Identifier = village_field()
    asset: Identifier = field("Asset", example="public_tap_stand", refers_to="assets")
    stage: Identifier = stage_field()
    units: NonNegative = field("Units in service", unit="units", help="Beyond what exists in the base year.", example=4.0)
    capital_usd: NonNegative = field("Capital paid in this stage", unit="USD", example=3600.0)
    running_cost_usd_per_year: NonNegative = field("Running cost", unit="USD/year", example=240.0)
