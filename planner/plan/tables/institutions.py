"""Schools, clinics, monasteries: who has water."""

from typing import ClassVar

from planner.basin.field import Identifier, NonNegative, Row, field
from planner.plan.tables.fields import stage_field


class InstitutionService(Row):
    """What each institution needs and gets, as on a mean day of the year."""

    table: ClassVar[str] = "institutions"
    optional_table: ClassVar[bool] = True
    key: ClassVar[tuple[str, ...]] = ("institution", "stage")

    institution: Identifier = field("Institution", example="hilltop_school", refers_to="institutions")
    stage: Identifier = stage_field()
    served: bool = field("Served", help="Whether its village follows a plan with safe piped water.", example=True)
    need_m3_per_day: NonNegative = field("Need", unit="m³/day", example=0.45)
    delivered_m3_per_day: NonNegative = field("Delivered", help="In a design member.", unit="m³/day", example=0.45)
    largest_shortage_m3_per_day: NonNegative = field(
        "Largest shortage",
        help="Done without in the worst season of the worst stress member: of what its village lacks, in proportion to what "
        "it and the people may do without. What is hauled is not lacking.",
        unit="m³/day",
        example=0.1,
    )
