"""Water treated at home (point of use): which modes do so, what that takes out, and of what water."""

from typing import Annotated, ClassVar

from pydantic import Field

from planner.basin.field import Identifier, Row, Share, field
from planner.basin.health_targets import LogRemoval


class HouseholdTreatment(Row):
    """A mode whose water is treated at home by filter, boiling or chlorine. Its cost is that of the assets the mode takes."""

    table: ClassVar[str] = "household_treatments"
    key: ClassVar[tuple[str, ...]] = ("mode",)
    optional_table: ClassVar[bool] = True

    mode: Identifier = field("Mode with treatment", example="near_point_filter", refers_to="modes")
    untreated_mode: Identifier = field(
        "The same without treatment",
        help="Who gives the treatment up is on this mode. Its water, use, round trip and tariff are the same.",
        example="near_point",
        refers_to="modes",
    )
    adherence_share: Annotated[float, Field(ge=0.01, le=1)] = field(
        "Keep using it",
        unit="share of those who get it",
        help="Assume 0.6 (0.3 to 0.9) for filters, 0.5 (0.2 to 0.9) for boiling, 0.4 (0.1 to 0.8) for chlorine, where no survey "
        "says more.",
        example=0.6,
    )
    log_removal_bacteria: LogRemoval = field(
        "Removes bacteria",
        unit="log10",
        help="Low ends (WHO guidelines, table 7.8): ceramic filter 2, biosand filter 1, boiling 6.",
        example=2.0,
    )
    log_removal_viruses: LogRemoval = field(
        "Removes viruses", unit="log10", help="Ceramic filter 1, biosand filter 0.5, boiling 6.", example=1.0
    )
    log_removal_protozoa: LogRemoval = field(
        "Removes protozoa", unit="log10", help="Ceramic filter 4, biosand filter 2, boiling 6; chlorine nearly none.", example=4.0
    )
    barriers: Annotated[int, Field(ge=0, le=5)] = field(
        "Barriers", unit="steps", help="Steps at home that each take out some pathogens.", example=1, default=1
    )


class HouseholdRemoval(Row):
    """Share of a parameter that a treatment at home takes out."""

    table: ClassVar[str] = "household_removals"
    key: ClassVar[tuple[str, ...]] = ("mode", "parameter")
    optional_table: ClassVar[bool] = True

    mode: Identifier = field("Mode with treatment", example="near_point_filter", refers_to="household_treatments")
    parameter: Identifier = field("Parameter", example="arsenic", refers_to="parameters")
    removal_share: Share = field("Removed", unit="share", example=0.3)


class HouseholdWater(Row):
    """The source whose water people on a mode take in a village: what it asks for, treatment at home has to reach."""

    table: ClassVar[str] = "household_waters"
    key: ClassVar[tuple[str, ...]] = ("village", "untreated_mode")
    optional_table: ClassVar[bool] = True

    village: Identifier = field("Village", example="hilltop", refers_to="villages")
    untreated_mode: Identifier = field("Mode without treatment", example="near_point", refers_to="modes")
    source: Identifier = field(
        "Source of that water",
        help="Its raw quality and the log removals asked of it. Without a row nothing is asked.",
        example="hill_spring",
        refers_to="sources",
    )
