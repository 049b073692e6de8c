"""Used water: where it comes from, where it runs to, what it carries, what a reach can bear."""

from typing import Annotated, ClassVar

from pydantic import Field

from planner.basin.field import Identifier, Latitude, Longitude, NonNegative, Row, Share, Text, field


class WastewaterSite(Row):
    """A place where used water can be treated before it runs into the river."""

    table: ClassVar[str] = "wastewater_sites"
    key: ClassVar[tuple[str, ...]] = ("wastewater_site",)
    optional_table: ClassVar[bool] = True

    wastewater_site: Identifier = field("Wastewater site", example="town_ponds")
    title: Text = field("Name", example="Ponds below the town", default="")
    administration: Identifier = field("Administration", example="upper_district", refers_to="administrations")
    longitude: Longitude = field("Longitude", unit="degrees", example=107.1)
    latitude: Latitude = field("Latitude", unit="degrees", example=13.7)
    reach: Identifier = field("Runs into", help="What is treated and not reused.", example="lower_reach", refers_to="reaches")


class WastewaterArea(Row):
    """Villages whose used water runs to one reach, and can be led to one wastewater site."""

    table: ClassVar[str] = "wastewater_areas"
    key: ClassVar[tuple[str, ...]] = ("wastewater_area",)
    optional_table: ClassVar[bool] = True

    wastewater_area: Identifier = field("Wastewater area", example="town")
    title: Text = field("Name", example="The town", default="")
    reach: Identifier = field("Runs into", help="What is not treated.", example="upper_reach", refers_to="reaches")
    wastewater_site: Identifier | None = field(
        "Wastewater site",
        help="Where it can be treated. Blank if nowhere.",
        example="town_ponds",
        default=None,
        refers_to="wastewater_sites",
    )


class WastewaterReturn(Row):
    """How much of the piped water of a village becomes wastewater. Villages without a row return nothing."""

    table: ClassVar[str] = "wastewater_returns"
    key: ClassVar[tuple[str, ...]] = ("village",)
    optional_table: ClassVar[bool] = True

    village: Identifier = field("Village", example="hilltop", refers_to="villages")
    wastewater_area: Identifier = field("Wastewater area", example="town", refers_to="wastewater_areas")
    return_share: Share = field(
        "Returned",
        unit="share of the piped water",
        help="Of the water that enters the village's pipes, leakage included.",
        example=0.8,
    )


class Load(Row):
    """A burden that used water carries."""

    table: ClassVar[str] = "loads"
    key: ClassVar[tuple[str, ...]] = ("load",)
    optional_table: ClassVar[bool] = True

    load: Identifier = field("Load", example="bod")
    title: Text = field("Name", example="Biochemical oxygen demand", default="")
    raw_kg_per_m3: NonNegative = field("In untreated wastewater", unit="kg/m³", example=0.3)


class LoadLimit(Row):
    """What a reach bears of a load at its low flow: all that enters the reach itself, on any day."""

    table: ClassVar[str] = "load_limits"
    key: ClassVar[tuple[str, ...]] = ("reach", "load")
    optional_table: ClassVar[bool] = True

    reach: Identifier = field("Reach", example="lower_reach", refers_to="reaches")
    load: Identifier = field("Load", example="bod", refers_to="loads")
    bearable_kg_per_day: NonNegative = field("Bearable", unit="kg/day", example=12.0)


class WastewaterRemoval(Row):
    """Share of a load that an option of kind wastewater_treatment takes out."""

    table: ClassVar[str] = "wastewater_removals"
    key: ClassVar[tuple[str, ...]] = ("option", "load")
    optional_table: ClassVar[bool] = True

    option: Identifier = field("Option", example="town_ponds_small", refers_to="options")
    load: Identifier = field("Load", example="bod", refers_to="loads")
    removal_share: Share = field("Removed", unit="share", example=0.8)


class ReuseLink(Row):
    """A way for treated wastewater to an other use, which then draws less from the river."""

    table: ClassVar[str] = "reuse_links"
    key: ClassVar[tuple[str, ...]] = ("reuse_link",)
    optional_table: ClassVar[bool] = True

    reuse_link: Identifier = field("Reuse link", example="ponds_to_rice")
    title: Text = field("Name", example="Canal from the ponds to the rice scheme", default="")
    wastewater_site: Identifier = field("From", example="town_ponds", refers_to="wastewater_sites")
    use: Identifier = field("To", example="rice_scheme", refers_to="other_uses")
    loss_share: Annotated[float, Field(ge=0, lt=1)] = field("Loss on the way", unit="share", example=0.1, default=0.0)
