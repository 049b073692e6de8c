"""Who is served how: service plans, persons by mode, floors."""

from typing import Annotated, ClassVar

from pydantic import Field

from planner.basin.field import Identifier, NonNegative, Row, field
from planner.plan.tables.fields import Rung, group_field, stage_field, village_field


class VillagePlan(Row):
    """The service plan that a village follows."""

    table: ClassVar[str] = "village_plans"
    key: ClassVar[tuple[str, ...]] = ("village", "stage")

    village: Identifier = village_field()
    stage: Identifier = stage_field()
    service_plan: Identifier = field("Service plan", help="as_before: nothing new.", example="taps_for_all")


class Service(Row):
    """Persons by mode: each person is on one mode."""

    table: ClassVar[str] = "service"
    key: ClassVar[tuple[str, ...]] = ("village", "group", "stage", "mode")

    village: Identifier = village_field()
    group: Identifier = group_field()
    stage: Identifier = stage_field()
    mode: Identifier = field("Mode", example="public_tap", refers_to="modes")
    rung: Rung = field("Rung", example=4)
    persons: NonNegative = field("Persons", unit="persons", example=120.0)


class FloorResult(Row):
    """How far each coupled floor of the policy is met. `floor` counts the policy's floors from 1."""

    table: ClassVar[str] = "floors"
    key: ClassVar[tuple[str, ...]] = ("floor", "place", "group", "stage")

    floor: Annotated[int, Field(ge=1)] = field("Floor", example=1)
    place: Identifier = field("Place", help="A village, an administration, or `basin`.", example="upper_district")
    group: Identifier | None = field("Group", help="Blank: all groups together.", example="poor", default=None)
    stage: Identifier = stage_field()
    rung: Rung = field("Rung", example=4)
    required_persons: NonNegative = field("Required", unit="persons", example=800.0)
    served_persons: NonNegative = field("On this rung or above", unit="persons", example=812.0)
    missed_persons: NonNegative = field("Missed", unit="persons", example=0.0)
