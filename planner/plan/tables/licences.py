"""What the sources of an administration take in a year, beside its licence."""

from typing import ClassVar

from planner.basin.field import Identifier, NonNegative, Row, field
from planner.plan.tables.fields import member_field, stage_field


class LicenceUse(Row):
    """What all sources of an administration, and of those that belong to it, take in a year, in stages that have a licence."""

    table: ClassVar[str] = "licence_use"
    optional_table: ClassVar[bool] = True
    key: ClassVar[tuple[str, ...]] = ("administration", "stage", "member")

    administration: Identifier = field("Administration", example="upper_district", refers_to="administrations")
    stage: Identifier = stage_field()
    member: Identifier = member_field()
    drawn_m3_per_year: NonNegative = field("Drawn", unit="m³/year", example=180000.0)
    licence_m3_per_year: NonNegative = field("Licence", unit="m³/year", example=200000.0)
    exceeded_m3_per_year: NonNegative = field("Drawn beyond the licence", unit="m³/year", example=0.0)
