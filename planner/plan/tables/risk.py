"""Hazards with what stands, and the risk that villages run by them."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from planner.basin.field import Identifier, NonNegative, Row, field
from planner.plan.tables.fields import stage_field, village_field

Band = Literal["none", "low", "medium", "high", "very_high"]
Level = Annotated[int, Field(ge=1, le=5)]


class HazardLevel(Row):
    """Likelihood and severity that are left of each hazard in each stage."""

    table: ClassVar[str] = "hazard_levels"
    optional_table: ClassVar[bool] = True
    key: ClassVar[tuple[str, ...]] = ("hazard", "stage")

    hazard: Identifier = field("Hazard", example="cattle_at_spring", refers_to="hazards")
    stage: Identifier = stage_field()
    likelihood: Level = field("Likelihood", example=2)
    severity: Level = field("Severity", example=3)
    points: Annotated[int, Field(ge=1, le=25)] = field("Points", help="Likelihood × severity.", example=6)


class VillageRisk(Row):
    """The risk that each village runs: the worst of its hazards, which no other makes good, and their weighted sum."""

    table: ClassVar[str] = "risk"
    optional_table: ClassVar[bool] = True
    key: ClassVar[tuple[str, ...]] = ("village", "stage")

    village: Identifier = village_field()
    stage: Identifier = stage_field()
    hazards: Annotated[int, Field(ge=0)] = field("Hazards", help="Its own and those that its water brings.", example=3)
    worst_points: Annotated[int, Field(ge=0, le=25)] = field("Points of the worst hazard", help="0: none.", example=12)
    band: Band = field("Band", help="Below 6 low, to 9 medium, to 15 high, above very high.", example="high")
    weighted_points: NonNegative = field("Weighted sum of points", example=21.0)
