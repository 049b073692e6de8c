"""Indicators of the energy of pumping."""

from collections.abc import Iterator

from planner.plan.indicators.indicator import Indicator
from planner.plan.indicators.reader import Reader


def energy(reader: Reader) -> Iterator[Indicator]:
    frame = reader.tables["energy"]
    if not len(frame):
        return
    share = frame["stage"].map(reader.stage_share).astype(float)
    for name, said, column, unit in (
        ("energy_bought", "Energy that pumps take, beside the sun", "energy_kwh_per_year", "kWh/year"),
        ("energy_cost", "What the energy of pumping costs", "cost_usd_per_year", "USD/year"),
        ("emissions", "Emissions of pumping", "emissions_kg_co2_per_year", "kg CO2/year"),
    ):
        yield Indicator(name, said, float((frame[column] * share).sum()), unit, "lower", "works")
