"""How people get water: modes, the assets they take, and the service plans of a village."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from planner.basin.field import Identifier, NonNegative, Positive, Row, Share, Text, field


class Mode(Row):
    """A way to get water, on a rung of the JMP ladder."""

    table: ClassVar[str] = "modes"
    key: ClassVar[tuple[str, ...]] = ("mode",)

    mode: Identifier = field("Mode", example="public_tap")
    title: Text = field("Name", example="Public tap", default="")
    rung: Annotated[int, Field(ge=0, le=5)] = field(
        "Rung",
        help="0 surface water, 1 unimproved, 2 limited, 3 basic, 4 basic and free of contamination, 5 safely managed.",
        example=4,
    )
    grade: Literal["none", "raw", "safe"] = field(
        "Water from the network", help="none: the mode takes nothing from a pipe.", example="safe", default="none"
    )
    litres_per_person_per_day: NonNegative = field("Use", unit="L/person/day", example=40.0)
    collection_minutes: Annotated[float, Field(ge=0, le=1440)] = field("Round trip", unit="minutes", example=15.0)
    pays_tariff: bool = field("Pays a tariff", example=True, default=False)


class Asset(Row):
    """Something counted inside a village: points, taps, filters, the village's own pipes."""

    table: ClassVar[str] = "assets"
    key: ClassVar[tuple[str, ...]] = ("asset",)

    asset: Identifier = field("Asset", example="public_tap_stand")
    title: Text = field("Name", example="Public tap stand", default="")
    technology: Identifier = field("Technology", example="public_tap_stand")
    category: Identifier = field("Category", example="taps", refers_to="categories")
    capex_usd: NonNegative = field("Capital of one", unit="USD", example=900.0)
    fixed_om_usd_per_year: NonNegative = field("Running cost of one", unit="USD/year", example=60.0, default=0.0)
    life_years: Annotated[int, Field(ge=1, le=200)] = field("Life", unit="years", example=15)
    needed_operators: NonNegative = field(
        "Operators needed for one", unit="operators", help="A tenth is one for ten units.", example=0.05, default=0.0
    )


class ModeAsset(Row):
    """Which assets a mode takes, and how many."""

    table: ClassVar[str] = "mode_assets"
    key: ClassVar[tuple[str, ...]] = ("mode", "asset")

    mode: Identifier = field("Mode", example="public_tap", refers_to="modes")
    asset: Identifier = field("Asset", example="public_tap_stand", refers_to="assets")
    basis: Literal["persons_on_mode", "village", "village_persons"] = field(
        "Counted by",
        help="persons_on_mode: one for so many persons newly on the mode, whole numbers; village: one as soon as "
        "anybody is on the mode; village_persons: one for so many persons of the whole village.",
        example="persons_on_mode",
    )
    persons_per_unit: Positive = field("Persons for each", unit="persons", example=100.0, default=1.0)


class ServicePlan(Row):
    """A template: shares of a village's people by mode. Whoever it leaves out stays as before."""

    table: ClassVar[str] = "service_plans"
    key: ClassVar[tuple[str, ...]] = ("service_plan", "group", "mode")

    service_plan: Identifier = field("Service plan", example="taps_for_all")
    group: Identifier | None = field(
        "Group", help="Blank: every group.", example=None, default=None, refers_to="groups", falls_with_it=True
    )
    mode: Identifier = field("Mode", example="public_tap", refers_to="modes")
    share: Share = field("Share of the group", unit="share", example=0.95)
