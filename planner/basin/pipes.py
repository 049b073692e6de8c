"""Sizes of pipe that can be bought and laid."""

from typing import Annotated, ClassVar

from pydantic import Field

from planner.basin.field import Identifier, NonNegative, Positive, Row, Share, Text, field


class PipeSize(Row):
    """A size of pipe: what it is like inside, and what a metre costs laid."""

    table: ClassVar[str] = "pipe_sizes"
    key: ClassVar[tuple[str, ...]] = ("pipe_size",)
    optional_table: ClassVar[bool] = True

    pipe_size: Identifier = field("Pipe size", example="pipe_dn110")
    title: Text = field("Name", example="PE pipe DN110, laid", default="")
    inner_diameter_mm: Positive = field("Inner diameter", unit="mm", example=96.8)
    hazen_williams_coefficient: Annotated[float, Field(gt=0, le=200)] = field(
        "Coefficient of Hazen and Williams", help="140 for plastic, about 100 for old iron.", example=140.0, default=140.0
    )
    wall_roughness_mm: NonNegative = field(
        "Roughness of the wall", unit="mm", help="For the formula of Darcy and Weisbach.", example=0.0015, default=0.0015
    )
    usd_per_m: NonNegative = field("Capital, laid", unit="USD/m", example=13.0)
    fixed_om_share_per_year: Share = field("Running cost", unit="share of capital per year", example=0.01, default=0.01)
    life_years: Annotated[int, Field(ge=1, le=200)] = field("Life", unit="years", example=30, default=30)
    citation: Identifier | None = field(
        "Source of the price", help="Blank: an assumption.", example=None, default=None, refers_to="citations"
    )
