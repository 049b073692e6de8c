"""Villages, groups and institutions."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from planner.basin.field import (
    Elevation,
    Identifier,
    Latitude,
    Longitude,
    NonNegative,
    Positive,
    Row,
    Share,
    Text,
    field,
)


class Group(Row):
    """A population group whose service is followed on its own."""

    table: ClassVar[str] = "groups"
    key: ClassVar[tuple[str, ...]] = ("group",)

    group: Identifier = field("Group", example="poor")
    title: Text = field("Name", example="Poor households", default="")
    weight: Positive = field(
        "Weight in access",
        help="Persons of this group count this often in access objectives.",
        example=1.5,
        default=1.0,
    )


class Village(Row):
    """A place where people live."""

    table: ClassVar[str] = "villages"
    key: ClassVar[tuple[str, ...]] = ("village",)

    village: Identifier = field("Village", example="hilltop")
    title: Text = field("Name", example="Hilltop", default="")
    administration: Identifier = field("Administration", example="upper_district", refers_to="administrations")
    longitude: Longitude = field("Longitude", unit="degrees", example=107.1)
    latitude: Latitude = field("Latitude", unit="degrees", example=13.7)
    elevation_m: Elevation = field("Elevation", unit="m", example=280.0)


class Population(Row):
    """Persons of a group in a village in the base year."""

    table: ClassVar[str] = "population"
    key: ClassVar[tuple[str, ...]] = ("village", "group")

    village: Identifier = field("Village", example="hilltop", refers_to="villages")
    group: Identifier = field("Group", example="poor", refers_to="groups")
    persons: NonNegative = field("Persons", unit="persons", example=120.0)
    growth_share_per_year: Annotated[float, Field(ge=-0.2, le=0.2)] = field(
        "Growth", unit="share per year", example=0.02, default=0.0
    )
    income_usd_per_person_per_year: NonNegative = field("Income", unit="USD/person/year", example=250.0)


class Baseline(Row):
    """How a group gets its water in the base year. The shares of a group in a village sum to 1."""

    table: ClassVar[str] = "baseline"
    key: ClassVar[tuple[str, ...]] = ("village", "group", "mode")

    village: Identifier = field("Village", example="hilltop", refers_to="villages")
    group: Identifier = field("Group", example="poor", refers_to="groups")
    mode: Identifier = field("Mode", example="unimproved", refers_to="modes")
    share: Share = field("Share of the group", unit="share", example=0.6)


InstitutionKind = Literal["school", "clinic", "monastery", "other"]


class Institution(Row):
    """A school, clinic or monastery; it is served when its village is piped."""

    table: ClassVar[str] = "institutions"
    key: ClassVar[tuple[str, ...]] = ("institution",)
    optional_table: ClassVar[bool] = True

    institution: Identifier = field("Institution", example="hilltop_school")
    title: Text = field("Name", example="Hilltop school", default="")
    village: Identifier = field("Village", example="hilltop", refers_to="villages")
    kind: InstitutionKind = field("Kind", example="school")
    persons: NonNegative = field("Persons", unit="persons", example=90.0)
    litres_per_person_per_day: NonNegative = field("Need", unit="L/person/day", example=5.0)
    survival_share: Share = field(
        "Kept under stress",
        unit="share of the need",
        help="What it keeps of its need in a stress member, hauled if need be. Half unless said otherwise, an assumption; "
        "plausible: 0.25 for a school that can close early to 1 for a clinic.",
        example=0.5,
        default=0.5,
    )
