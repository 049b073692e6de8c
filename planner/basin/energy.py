"""Energy that pumps run on."""

from typing import ClassVar

from planner.basin.field import Identifier, NonNegative, Row, Text, field


class EnergyKind(Row):
    """A kind of energy that pumps run on, such as the grid or diesel, with its price and its emissions."""

    table: ClassVar[str] = "energy_kinds"
    key: ClassVar[tuple[str, ...]] = ("energy",)
    optional_table: ClassVar[bool] = True

    energy: Identifier = field("Energy", example="grid")
    title: Text = field("Name", example="Rural grid", default="")
    price_usd_per_kwh: NonNegative = field(
        "Price",
        unit="USD/kWh",
        help="Assume 0.15 (0.10 to 0.35) for a rural grid, 0.35 (0.25 to 0.60) for diesel, where nothing better is known.",
        example=0.15,
    )
    emissions_kg_co2_per_kwh: NonNegative = field(
        "Emissions",
        unit="kg CO2/kWh",
        help="Assume 0.5 (0.3 to 0.8) for a grid with much coal, 0.8 (0.7 to 1.2) for diesel, where nothing better is known.",
        example=0.5,
    )
