"""Water as it is put into treatment and as it leaves it."""

from typing import ClassVar

from planner.basin.field import Identifier, NonNegative, Positive, Row, field
from planner.plan.tables.fields import member_field, season_field, stage_field


class Quality(Row):
    """A parameter of the water mixed at a train. Only trains that take in water, and parameters that it holds."""

    table: ClassVar[str] = "quality"
    key: ClassVar[tuple[str, ...]] = ("site", "train", "parameter", "stage", "season", "member")

    site: Identifier = field("Treatment site", example="hill_works", refers_to="treatment_sites")
    train: Identifier = field("Treatment train", example="slow_sand_chlorine", refers_to="trains")
    parameter: Identifier = field("Parameter", example="arsenic", refers_to="parameters")
    stage: Identifier = stage_field()
    season: Identifier = season_field()
    member: Identifier = member_field()
    raw_value: NonNegative = field(
        "Raw, after mixing", unit="in the parameter's unit", help="Weighted by what arrives from each source.", example=8.0
    )
    treated_value: NonNegative = field("Treated", unit="in the parameter's unit", example=6.4)
    guideline_value: Positive = field("Guideline value", unit="in the parameter's unit", example=10.0)
