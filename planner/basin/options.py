"""What can be built in the network. Assets inside a village are in service.py."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from planner.basin.field import Identifier, NonNegative, Positive, Row, Text, field


class Category(Row):
    """A kind of spending that a channel may or may not pay."""

    table: ClassVar[str] = "categories"
    key: ClassVar[tuple[str, ...]] = ("category",)

    category: Identifier = field("Category", example="conveyance")
    title: Text = field("Name", example="Mains and pipes", default="")


class Option(Row):
    """Something that can be built at a place, once unless its count says more.

    It serves after its lead time and is renewed when its life ends.
    """

    table: ClassVar[str] = "options"
    key: ClassVar[tuple[str, ...]] = ("option",)
    optional_table: ClassVar[bool] = True

    option: Identifier = field("Option", example="hill_main_dn110")
    title: Text = field("Name", example="DN110 main from the hill spring", default="")
    kind: Literal[
        "source_development",
        "treatment",
        "conveyance",
        "reservoir",
        "wastewater_treatment",
        "reuse",
        "catchment_protection",
        "operator_training",
        "leakage_reduction",
        "efficient_irrigation",
        "solar_pumping",
        "clear_water_tank",
    ] = field("Kind", example="conveyance")
    place: Identifier = field(
        "Place",
        help="A source for source_development, a treatment site for treatment and for clear_water_tank, a link for conveyance "
        "and for solar_pumping, a reservoir for reservoir, a wastewater site for wastewater_treatment, a reuse link for reuse, "
        "a reach for catchment_protection, an administration for operator_training, a link that it mends for "
        "leakage_reduction, an irrigation use for efficient_irrigation.",
        example="hill_main",
        refers_to=(
            "sources",
            "treatment_sites",
            "links",
            "reservoirs",
            "wastewater_sites",
            "reuse_links",
            "reaches",
            "administrations",
            "other_uses",
        ),
    )
    train: Identifier | None = field(
        "Treatment train", help="For kind treatment only.", example=None, default=None, refers_to="trains", falls_with_it=True
    )
    technology: Identifier = field("Technology", help="Its row in the catalogue.", example="pipe_dn110")
    category: Identifier = field("Category", example="conveyance", refers_to="categories")
    administration: Identifier = field("Administration", example="upper_district", refers_to="administrations")
    capacity_m3_per_day: Positive | None = field(
        "Capacity",
        unit="m³/day",
        help="Of a conveyance; the largest of a treatment; what solar pumping does. Blank for a source, whose yield counts, a "
        "reservoir, a catchment, a training, a tank, leakage_reduction and efficient_irrigation.",
        example=420.0,
        default=None,
    )
    capex_usd: NonNegative = field("Capital, fixed part", unit="USD", example=18000.0)
    capex_usd_per_m3_per_day: NonNegative = field(
        "Capital by capacity",
        unit="USD per m³/day",
        help="For kind treatment: the capacity is chosen freely up to the largest.",
        example=0.0,
        default=0.0,
    )
    fixed_om_usd_per_year: NonNegative = field("Running cost, fixed part", unit="USD/year", example=300.0, default=0.0)
    fixed_om_usd_per_year_per_m3_per_day: NonNegative = field(
        "Running cost by capacity", unit="USD/year per m³/day", example=0.0, default=0.0
    )
    life_years: Annotated[int, Field(ge=1, le=200)] = field("Life", unit="years", example=30)
    lead_time_stages: Annotated[int, Field(ge=0, le=20)] = field(
        "Lead time", unit="stages", help="Paid in one stage, serves this many stages later.", example=0, default=0
    )
    earliest_stage: Identifier | None = field("Earliest stage of building", example=None, default=None, refers_to="stages")
    largest_count: Annotated[int, Field(ge=1, le=1000)] = field(
        "Largest count",
        unit="units",
        help="It may stand once or so often: capacity, capital and running cost are those of one. Not for a source or a "
        "reservoir, nor where the capacity is chosen freely.",
        example=1,
        default=1,
    )
    exclusive_group: Identifier | None = field(
        "Exclusive group", help="At most one option of a group stands at a time.", example="hill_main", default=None
    )
    needed_operators: NonNegative = field(
        "Operators needed",
        unit="operators",
        help="As long as it serves. 0.5: for half of the time.",
        example=1.0,
        default=0.0,
    )
    trained_operators: NonNegative = field(
        "Operators trained",
        unit="operators",
        help="Of a training, while it serves.",
        example=0.0,
        default=0.0,
    )


class OptionRequirement(Row):
    """An option that may only stand where another stands."""

    table: ClassVar[str] = "option_requirements"
    key: ClassVar[tuple[str, ...]] = ("option", "requires")
    optional_table: ClassVar[bool] = True

    option: Identifier = field("Option", example="hill_main_dn110", refers_to="options")
    requires: Identifier = field("Requires", example="hill_spring_box", refers_to="options")
