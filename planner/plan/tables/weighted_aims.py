"""The aims of a weighted sum."""

from typing import Annotated, ClassVar

from pydantic import Field

from planner.basin.field import Real, Row, Text, field


class WeightedAimResult(Row):
    """Each aim of the policy's weighted sum beside the sum: its value, and how far that is from its best to its worst."""

    table: ClassVar[str] = "weighted_aims"
    optional_table: ClassVar[bool] = True
    key: ClassVar[tuple[str, ...]] = ("objective",)

    objective: Text = field("Aim", help="By its name in the table of objectives.", example="cost")
    weight_share: Annotated[float, Field(ge=0, le=1)] = field("Weight", unit="share", example=0.5)
    best: Real = field("Best value", help="Counts as 0: stated, or found where this aim alone is sought.", example=0.0)
    worst: Real = field(
        "Worst value", help="Counts as 1: stated, or the worst found where another aim alone is sought.", example=12548.36
    )
    value: Real = field("Value", help="As in the table of objectives: of cost without what is missed.", example=6274.18)
    unit: Text = field("Unit", example="USD of the base year")
    way_share: Real = field("Way from best to worst", unit="share", help="0: the best value, 1: the worst.", example=0.5)
