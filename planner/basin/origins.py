"""Where each figure comes from: given by a source, derived, or assumed with a range."""

from typing import ClassVar, Literal

from planner.basin.field import Identifier, Real, Row, Text, field


class Citation(Row):
    """A source of figures."""

    table: ClassVar[str] = "citations"
    key: ClassVar[tuple[str, ...]] = ("citation",)
    optional_table: ClassVar[bool] = True

    citation: Identifier = field("Citation", example="washcost_2012")
    title: Text = field("What it is", example="IRC WASHCost (2012), benchmarks")
    licence: Text = field("Licence", example="cited facts", default="")


class Assumption(Row):
    """A figure that nobody measured: value, range and reason."""

    table: ClassVar[str] = "assumptions"
    key: ClassVar[tuple[str, ...]] = ("assumption",)
    optional_table: ClassVar[bool] = True

    assumption: Identifier = field("Assumption", example="pipe_cost")
    title: Text = field("What is assumed", example="Price of laid DN110 pipe")
    value: Real = field("Value", example=13.0)
    low: Real = field("Low end", example=8.0)
    high: Real = field("High end", example=22.0)
    unit: Text = field("Unit", example="USD/m", default="")
    why: Text = field("Why", example="No village-scale figure was found; range of regional tenders.")


class Origin(Row):
    """Which figures of the basin's tables rest on what."""

    table: ClassVar[str] = "origins"
    key: ClassVar[tuple[str, ...]] = ("of_table", "of_column", "assumption", "citation")
    optional_table: ClassVar[bool] = True

    of_table: Identifier = field("Table", example="options")
    of_column: Identifier = field("Column", example="capex_usd")
    origin: Literal["given", "derived", "assumed"] = field("Origin", example="assumed")
    assumption: Identifier | None = field(
        "Rests on the assumption", example="pipe_cost", default=None, refers_to="assumptions", falls_with_it=True
    )
    citation: Identifier | None = field(
        "Rests on the source", example=None, default=None, refers_to="citations", falls_with_it=True
    )
    note: Text = field("How", example="Length × price of pipe.", default="")
