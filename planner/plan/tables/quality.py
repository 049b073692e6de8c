"""Water as it is put into treatment and as it leaves it."""

from typing import ClassVar

from planner.basin.field import Identifier, NonNegative, Positive, Row, field
from planner.plan.tables.fields import member_field, season_field, stage_field


class Quality(Row):
    """A parameter of the water mixed at a train. Only trains that take in water, and parameters that it holds."""

    table: ClassVar[str] = "quality"
    optional_table: ClassVar[bool] = True
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


class LogRemoval(Row):
    """Pathogens: what a train removes, and what the strictest source that it takes water from in a stage asks for."""

    table: ClassVar[str] = "log_removals"
    optional_table: ClassVar[bool] = True
    key: ClassVar[tuple[str, ...]] = ("site", "train", "stage")

    site: Identifier = field("Treatment site", example="hill_works", refers_to="treatment_sites")
    train: Identifier = field("Treatment train", example="slow_sand_chlorine", refers_to="trains")
    stage: Identifier = stage_field()
    asked_log_removal_bacteria: NonNegative = field("Bacteria to remove", unit="log10", example=3.0)
    log_removal_bacteria: NonNegative = field("Bacteria removed", unit="log10", example=4.0)
    asked_log_removal_viruses: NonNegative = field("Viruses to remove", unit="log10", example=3.0)
    log_removal_viruses: NonNegative = field("Viruses removed", unit="log10", example=3.0)
    asked_log_removal_protozoa: NonNegative = field("Protozoa to remove", unit="log10", example=2.0)
    log_removal_protozoa: NonNegative = field("Protozoa removed", unit="log10", example=2.0)
    asked_barriers: NonNegative = field("Barriers asked for", unit="steps", example=2.0)
    barriers: NonNegative = field("Barriers passed", unit="steps", example=2.0)
