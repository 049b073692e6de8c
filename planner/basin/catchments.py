"""Protection of catchments: what it changes of the sources below, and who gives up what for it."""

from typing import Annotated, ClassVar

from pydantic import Field

from planner.basin.field import Identifier, NonNegative, Row, field


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
