"""Protection of catchments: what it changes of the sources below, and who gives up what for it."""

from typing import Annotated, ClassVar

from pydantic import Field

from planner.basin.field import Identifier, NonNegative, Row, Share, field


class ProtectionEffect(Row):
    """How far the protection of a catchment changes the yield of a source. Effects of several options add up."""

    table: ClassVar[str] = "protection_effects"
    key: ClassVar[tuple[str, ...]] = ("option", "source", "season")
    optional_table: ClassVar[bool] = True

    option: Identifier = field("Option", help="Of kind catchment_protection.", example="hill_forest", refers_to="options")
    source: Identifier = field("Source", example="hill_spring", refers_to="sources")
    season: Identifier = field("Season", help="A season without a row is not changed.", example="dry", refers_to="seasons")
    yield_change_share: Annotated[float, Field(ge=-1, le=10)] = field(
        "Change of the yield",
        unit="share of the yield",
        help="0.1: a tenth more in every member. Below 0 where protection takes water, as a young forest can.",
        example=0.1,
    )


class ProtectionQuality(Row):
    """Share of a parameter that the protection of a catchment keeps out of a source. What several options keep out adds up."""

    table: ClassVar[str] = "protection_quality"
    key: ClassVar[tuple[str, ...]] = ("option", "source", "parameter")
    optional_table: ClassVar[bool] = True

    option: Identifier = field("Option", help="Of kind catchment_protection.", example="hill_forest", refers_to="options")
    source: Identifier = field("Source", example="hill_spring", refers_to="sources")
    parameter: Identifier = field("Parameter", example="turbidity", refers_to="parameters")
    kept_out_share: Share = field(
        "Kept out",
        unit="share of the raw value",
        help="In every season. It helps a train only where waters may be mixed (blending: chemicals), and is always told.",
        example=0.3,
    )


class OpportunityCost(Row):
    """What an administration gives up each year where an option stands: fields not tilled, wood not sold."""

    table: ClassVar[str] = "opportunity_costs"
    key: ClassVar[tuple[str, ...]] = ("option", "administration")
    optional_table: ClassVar[bool] = True

    option: Identifier = field("Option", example="hill_forest", refers_to="options")
    administration: Identifier = field(
        "Given up by", help="Counted in its account.", example="upper_district", refers_to="administrations"
    )
    opportunity_cost_usd_per_year: NonNegative = field(
        "Given up",
        unit="USD/year",
        help="Part of the plan's cost, and told apart; no channel, tariff or subsidy pays it.",
        example=800.0,
    )
