"""Treatment at home: who gets it, and who keeps using it."""

from typing import ClassVar

from planner.basin.field import Identifier, NonNegative, Row, field
from planner.plan.tables.fields import stage_field, village_field


class HouseholdTreatmentUse(Row):
    """Persons to whom a plan gives treatment at home, beyond those who had it in the base year."""

    table: ClassVar[str] = "household_treatment"
    optional_table: ClassVar[bool] = True
    key: ClassVar[tuple[str, ...]] = ("village", "stage", "mode")

    village: Identifier = village_field()
    stage: Identifier = stage_field()
    mode: Identifier = field("Mode", example="near_point_filter", refers_to="modes")
    given_persons: NonNegative = field("Get it", unit="persons", example=500.0)
    using_persons: NonNegative = field("Keep using it", unit="persons", example=300.0)
    lapsed_persons: NonNegative = field(
        "Give it up", unit="persons", help="They are on the mode without treatment.", example=200.0
    )
