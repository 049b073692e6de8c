"""How far a figure may be off before it counts as wrong: an absolute floor for each unit plus a share of the figure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Tolerance:
    """A figure may be off by `absolute` + `relative` × its size."""

    unit: str
    absolute: float
    relative: float = 1e-6


WATER = Tolerance("m³/day", 1e-3)
# A large river's rounding must not hide a small intake: what a reach carries is a sum, exact to the last digits.
RIVER = Tolerance("m³/day", 1e-2, 1e-9)
TANKS = Tolerance("m³", 0.01)
VOLUME = Tolerance("m³", 1.0)
WATER_PER_YEAR = Tolerance("m³/year", 1.0)
ENERGY = Tolerance("kWh/year", 0.1)
EMISSIONS = Tolerance("kg CO2/year", 0.1)
LOAD = Tolerance("kg/day", 1e-3)
MONEY = Tolerance("USD", 0.01)
MONEY_PER_YEAR = Tolerance("USD/year", 0.01)
PERSONS = Tolerance("persons", 1e-4)
INSTITUTIONS = Tolerance("institutions", 1e-6)
HOURS_PER_YEAR = Tolerance("hours/year", 0.01)
SHARE = Tolerance("share", 1e-6)
UNITS = Tolerance("units", 1e-6)
OPERATORS = Tolerance("operators", 1e-6)
CONCENTRATION = Tolerance("in the parameter's unit", 1e-9, 1e-5)
POINTS = Tolerance("points", 1e-6)
LOG_REMOVAL = Tolerance("log10 or steps", 1e-6, 0.0)
COUNT = Tolerance("cases", 0.0, 0.0)
