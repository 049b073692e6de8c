"""Energy that pumps take."""

from typing import ClassVar

from planner.basin.field import Identifier, NonNegative, Row, field
from planner.plan.tables.fields import stage_field


class Energy(Row):
    """What the pump of each link with a kind of energy lifts in a mean year, and what that takes, costs and emits."""

    table: ClassVar[str] = "energy"
    optional_table: ClassVar[bool] = True
    key: ClassVar[tuple[str, ...]] = ("link", "stage")

    link: Identifier = field("Link", example="farside_pipe", refers_to="links")
    stage: Identifier = stage_field()
    pumped_m3_per_year: NonNegative = field("Pumped", unit="m³/year", example=5475.0)
    solar_m3_per_year: NonNegative = field("Pumped by the sun", unit="m³/year", example=0.0)
    energy_kwh_per_year: NonNegative = field("Energy bought", unit="kWh/year", help="Beside that of the sun.", example=870.0)
    cost_usd_per_year: NonNegative = field("Cost of energy", unit="USD/year", example=131.0)
    emissions_kg_co2_per_year: NonNegative = field("Emissions", unit="kg CO2/year", example=435.0)
