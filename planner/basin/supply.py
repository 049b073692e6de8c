"""Sources, their quality, treatment and conveyance."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from planner.basin.field import (
    Elevation,
    Identifier,
    Latitude,
    Longitude,
    NonNegative,
    Positive,
    Real,
    Row,
    Share,
    Text,
    field,
)
from planner.basin.health_targets import LogRemoval


class Source(Row):
    """A place where water is taken: river intake, spring, borehole, reservoir, rainwater roof, hauled water."""

    table: ClassVar[str] = "sources"
    key: ClassVar[tuple[str, ...]] = ("source",)

    source: Identifier = field("Source", example="hill_spring")
    title: Text = field("Name", example="Hill spring", default="")
    kind: Literal["river_intake", "spring", "borehole", "reservoir", "rainwater", "hauled"] = field("Kind", example="spring")
    administration: Identifier = field("Administration", example="upper_district", refers_to="administrations")
    reach: Identifier | None = field(
        "Takes from reach",
        help="Blank if the river does not feel it.",
        example="upper_reach",
        default=None,
        refers_to="reaches",
        falls_with_it=True,
    )
    longitude: Longitude = field("Longitude", unit="degrees", example=107.1)
    latitude: Latitude = field("Latitude", unit="degrees", example=13.7)
    elevation_m: Elevation = field("Elevation", unit="m", example=310.0)
    existing: bool = field(
        "Exists", help="An existing source needs no option of kind source_development.", example=False, default=False
    )
    licence_m3_per_year: NonNegative | None = field("Licence", unit="m³/year", example=120000.0, default=None)
    required_log_removal_bacteria: LogRemoval = field(
        "Bacteria to remove", unit="log10", help="To reach the health target.", example=3.0, default=0.0
    )
    required_log_removal_viruses: LogRemoval = field("Viruses to remove", unit="log10", example=3.0, default=0.0)
    required_log_removal_protozoa: LogRemoval = field("Protozoa to remove", unit="log10", example=2.0, default=0.0)
    required_barriers: Annotated[int, Field(ge=0, le=5)] = field(
        "Barriers", unit="steps", help="At least two for surface water.", example=2, default=0
    )
    reservoir: Identifier | None = field(
        "Draws on reservoir",
        help="For kind reservoir only; it takes from the reach of the reservoir, and its yield is what the intake can carry.",
        example=None,
        default=None,
        refers_to="reservoirs",
        falls_with_it=True,
    )
    aquifer: Identifier | None = field(
        "Draws on aquifer",
        help="What all sources of an aquifer draw in a year counts against its sustainable yield.",
        example=None,
        default=None,
        refers_to="aquifers",
        falls_with_it=True,
    )


class SourceYield(Row):
    """What a source can give in a season of a member."""

    table: ClassVar[str] = "source_yields"
    key: ClassVar[tuple[str, ...]] = ("source", "season", "member")

    source: Identifier = field("Source", example="hill_spring", refers_to="sources")
    season: Identifier = field("Season", example="dry", refers_to="seasons")
    member: Identifier = field("Member", example="dry_year", refers_to="members")
    yield_m3_per_day: NonNegative = field("Yield", unit="m³/day", example=180.0)


class Parameter(Row):
    """A chemical or physical parameter of drinking water and its guideline value."""

    table: ClassVar[str] = "parameters"
    key: ClassVar[tuple[str, ...]] = ("parameter",)
    optional_table: ClassVar[bool] = True

    parameter: Identifier = field("Parameter", example="arsenic")
    title: Text = field("Name", example="Arsenic", default="")
    unit: Text = field("Unit", example="µg/L")
    guideline_value: Positive = field("Guideline value", unit="in the parameter's unit", example=10.0)


class SourceQuality(Row):
    """Raw quality of a source."""

    table: ClassVar[str] = "source_quality"
    key: ClassVar[tuple[str, ...]] = ("source", "season", "parameter")
    optional_table: ClassVar[bool] = True

    source: Identifier = field("Source", example="hill_spring", refers_to="sources")
    season: Identifier = field("Season", example="dry", refers_to="seasons")
    parameter: Identifier = field("Parameter", example="arsenic", refers_to="parameters")
    value: NonNegative = field("Value", unit="in the parameter's unit", example=2.0)


class TreatmentSite(Row):
    """A place where one treatment train can stand."""

    table: ClassVar[str] = "treatment_sites"
    key: ClassVar[tuple[str, ...]] = ("site",)
    optional_table: ClassVar[bool] = True

    site: Identifier = field("Treatment site", example="hill_works")
    title: Text = field("Name", example="Hill works", default="")
    administration: Identifier = field("Administration", example="upper_district", refers_to="administrations")
    longitude: Longitude = field("Longitude", unit="degrees", example=107.1)
    latitude: Latitude = field("Latitude", unit="degrees", example=13.7)
    elevation_m: Elevation = field("Elevation", unit="m", example=290.0)


class Train(Row):
    """A treatment train: its steps together. Log removals are the low end of the published range."""

    table: ClassVar[str] = "trains"
    key: ClassVar[tuple[str, ...]] = ("train",)
    optional_table: ClassVar[bool] = True

    train: Identifier = field("Treatment train", example="slow_sand_chlorine")
    title: Text = field("Name", example="Slow sand filter and chlorine", default="")
    log_removal_bacteria: LogRemoval = field("Removes bacteria", unit="log10", example=4.0)
    log_removal_viruses: LogRemoval = field("Removes viruses", unit="log10", example=3.0)
    log_removal_protozoa: LogRemoval = field("Removes protozoa", unit="log10", example=2.0)
    barriers: Annotated[int, Field(ge=0, le=9)] = field("Barriers", unit="steps", example=2)
    recovery_share: Annotated[float, Field(gt=0, le=1)] = field(
        "Recovery", unit="share of the water put in", example=0.95, default=1.0
    )
    variable_om_usd_per_m3: NonNegative = field("Chemicals and energy", unit="USD/m³ put in", example=0.03, default=0.0)


class TrainRemoval(Row):
    """Share of a parameter that a train takes out."""

    table: ClassVar[str] = "train_removals"
    key: ClassVar[tuple[str, ...]] = ("train", "parameter")
    optional_table: ClassVar[bool] = True

    train: Identifier = field("Treatment train", example="slow_sand_chlorine", refers_to="trains")
    parameter: Identifier = field("Parameter", example="arsenic", refers_to="parameters")
    removal_share: Share = field("Removed", unit="share", example=0.2)


class Link(Row):
    """A way for water from a source or site to a site or village. Raw before treatment, safe after."""

    table: ClassVar[str] = "links"
    key: ClassVar[tuple[str, ...]] = ("link",)
    optional_table: ClassVar[bool] = True

    link: Identifier = field("Link", example="hill_main")
    from_node: Identifier = field("From", example="hill_spring", refers_to=("sources", "treatment_sites", "villages"))
    to_node: Identifier = field("To", example="hill_works", refers_to=("treatment_sites", "villages"))
    kind: Literal["gravity", "pumped", "canal", "truck"] = field("Kind", example="gravity")
    length_km: NonNegative = field("Length", unit="km", example=2.4)
    lift_m: Real = field("Lift", unit="m", help="Negative where it runs downhill.", example=-20.0)
    loss_share: Annotated[float, Field(ge=0, lt=1)] = field("Loss on the way", unit="share", example=0.02, default=0.0)
    existing_capacity_m3_per_day: NonNegative = field("Existing capacity", unit="m³/day", example=0.0, default=0.0)
    variable_om_usd_per_m3: NonNegative = field(
        "Energy and haulage", unit="USD/m³", help="Beside what the pump's energy costs by head.", example=0.01, default=0.0
    )
    pumping_head_m: NonNegative = field(
        "Head of the pump", unit="m", help="Height, friction and pressure kept together.", example=35.0, default=0.0
    )
    pump_efficiency_share: Annotated[float, Field(gt=0, le=1)] = field(
        "Efficiency of the pump", unit="share", help="Of pump and motor; 0.6 (0.45 to 0.7) is assumed.", example=0.6, default=0.6
    )
    energy: Identifier | None = field(
        "Energy of the pump",
        help="Its price and emissions count by the head. Blank: only energy and haulage count.",
        example=None,
        default=None,
        refers_to="energy_kinds",
    )
