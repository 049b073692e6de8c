"""Indicators of the energy of pumping and treatment."""

from collections.abc import Iterator

from planner.plan.indicators.indicator import Indicator
from planner.plan.indicators.reader import Reader


def energy(reader: Reader) -> Iterator[Indicator]:
    yield from _of(
        reader,
        "energy",
        ("energy_bought", "Energy that pumps take, beside the sun", "energy_kwh_per_year", "kWh/year"),
        ("energy_cost", "What the energy of pumping costs", "cost_usd_per_year", "USD/year"),
        ("emissions", "Emissions of pumping", "emissions_kg_co2_per_year", "kg CO2/year"),
    )
    yield from _of(
        reader,
        "treatment_energy",
        ("treatment_energy", "Energy that treatment takes", "energy_kwh_per_year", "kWh/year"),
        ("treatment_energy_cost", "What the energy of treatment costs", "cost_usd_per_year", "USD/year"),
        ("treatment_emissions", "Emissions of treatment", "emissions_kg_co2_per_year", "kg CO2/year"),
    )


def _of(reader: Reader, table: str, *figures: tuple[str, str, str, str]) -> Iterator[Indicator]:
    """Yearly figures of a table, as means over the stages; none where it is empty."""
    frame = reader.tables[table]
    if not len(frame):
        return
    share = frame["stage"].map(reader.stage_share).astype(float)
    for name, said, column, unit in figures:
        yield Indicator(name, said, float((frame[column] * share).sum()), unit, "lower", "works")
