"""Indicators of hydropower."""

from collections.abc import Iterator

from planner.plan.indicators.indicator import Indicator
from planner.plan.indicators.reader import Reader


def hydropower(reader: Reader) -> Iterator[Indicator]:
    frame = reader.tables["hydropower"]
    if not len(frame):
        return
    gives = reader.volume_per_year("hydropower", "energy_kwh_per_day")
    value = frame["turbine"].map(reader.basin.tables["turbines"].set_index("turbine")["value_usd_per_kwh"]).astype(float)
    yield Indicator("hydropower_energy", "Energy from hydropower", float(gives.sum()), "kWh/year", "higher", "river")
    yield Indicator("hydropower_value", "Value of the energy from hydropower", float((gives * value).sum()), "USD/year", "higher",
                    "river")  # fmt: skip
