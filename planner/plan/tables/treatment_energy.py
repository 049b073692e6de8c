"""Energy that treatment takes."""

from typing import ClassVar

from planner.basin.field import Identifier, NonNegative, Row, field
from planner.plan.tables.fields import stage_field


class TreatmentEnergy(Row):
    """What each train with a kind of energy takes in during a mean year, and what energy that takes, costs and emits."""

    table: ClassVar[str] = "treatment_energy"
    optional_table: ClassVar[bool] = True
    key: ClassVar[tuple[str, ...]] = ("site", "train", "stage")

    site: Identifier = field("Treatment site", example="works", refers_to="treatment_sites")
    train: Identifier = field("Treatment train", example="membrane_uv", refers_to="trains")
    stage: Identifier = stage_field()
    put_in_m3_per_year: NonNegative = field("Put in", unit="m³/year", example=15330.0)
    energy_kwh_per_year: NonNegative = field("Energy", unit="kWh/year", example=4599.0)
    cost_usd_per_year: NonNegative = field("Cost of energy", unit="USD/year", example=690.0)
    emissions_kg_co2_per_year: NonNegative = field("Emissions", unit="kg CO2/year", example=2300.0)
