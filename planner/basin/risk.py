"""Hazards of the water supply, and what lowers them."""

from typing import Annotated, ClassVar

from pydantic import Field

from planner.basin.field import Identifier, NonNegative, Row, Text, field

Points = Annotated[int, Field(ge=1, le=5)]
Reduction = Annotated[int, Field(ge=0, le=4)]


class Hazard(Row):
    """Something that can make water unsafe or fail, at a source, a treatment site or a village, as in a water safety plan."""

    table: ClassVar[str] = "hazards"
    key: ClassVar[tuple[str, ...]] = ("hazard",)
    optional_table: ClassVar[bool] = True

    hazard: Identifier = field("Hazard", example="cattle_at_spring")
    title: Text = field("Name", example="Cattle drink at the spring", default="")
    place: Identifier = field(
        "Place", example="hill_spring", refers_to=("sources", "treatment_sites", "villages"),
        help="A hazard of a source or a site is one of every village that the water is led to.",
    )  # fmt: skip
    likelihood: Points = field("Likelihood", help="From 1, rare, to 5, almost certain.", example=4)
    severity: Points = field("Severity", help="From 1, insignificant, to 5, catastrophic.", example=3)
    weight: NonNegative = field("Weight", help="In the weighted sum of a village.", example=1.0, default=1.0)


class RiskReduction(Row):
    """How far an option lowers a hazard. What several options take off adds up; neither figure falls below 1."""

    table: ClassVar[str] = "risk_reductions"
    key: ClassVar[tuple[str, ...]] = ("option", "hazard")
    optional_table: ClassVar[bool] = True

    option: Identifier = field("Option", example="hill_forest", refers_to="options")
    hazard: Identifier = field("Hazard", example="cattle_at_spring", refers_to="hazards")
    likelihood_reduction: Reduction = field("Taken off the likelihood", example=2, default=0)
    severity_reduction: Reduction = field("Taken off the severity", example=0, default=0)
