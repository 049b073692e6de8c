"""How the figures of a plan may be put together: one rule for each unit.

| unit | over stages | over seasons | over members |
|---|---|---|---|
| m³/day, in tables with seasons | mean by the stages' years | × days: m³ a year | expectation |
| kg/day, kWh/day | mean by the stages' years | × days: kg, kWh a year | expectation |
| m³/day, without seasons: a capacity | mean by the stages' years | | |
| USD/year, kWh/year, kg CO2/year, hours/year, persons, operators, units | mean by the stages' years | | |
| USD, USD of the base year | sum | | |

Over everything else (villages, groups, links, accounts, …) figures are summed as they are.
"""

from dataclasses import dataclass
from typing import Final

from planner.basin.field import Column
from planner.plan.tables import columns

DAILY: Final = "_per_day"
YEARLY: Final = "_per_year"


@dataclass(frozen=True)
class Rule:
    """What a sum does with a unit: whether stages are a mean, and whether seasons turn a daily rate into a yearly volume."""

    mean_over_stages: bool
    yearly_over_seasons: bool = False


RULES: Final = {
    "m³/day": Rule(mean_over_stages=True, yearly_over_seasons=True),
    "m³/year": Rule(mean_over_stages=True),
    "m³": Rule(mean_over_stages=True),
    "kg/day": Rule(mean_over_stages=True, yearly_over_seasons=True),
    "kWh/day": Rule(mean_over_stages=True, yearly_over_seasons=True),
    "USD/year": Rule(mean_over_stages=True),
    "kWh/year": Rule(mean_over_stages=True),
    "kg CO2/year": Rule(mean_over_stages=True),
    "hours/year": Rule(mean_over_stages=True),
    "persons": Rule(mean_over_stages=True),
    "units": Rule(mean_over_stages=True),
    "operators": Rule(mean_over_stages=True),
    "USD": Rule(mean_over_stages=False),
    "USD of the base year": Rule(mean_over_stages=False),
}

# Figures that count the same thing again in each row of a column: they have a sum only within one of its values.
COUNTED_AGAIN: Final = {
    ("river", "natural_m3_per_day"): "reach",
    ("river", "outflow_m3_per_day"): "reach",
    ("river", "required_m3_per_day"): "reach",
    ("storage", "storage_m3"): "season",
    ("hydropower", "turbined_m3_per_day"): "turbine",
    ("channel_balances", "carried_usd"): "stage",
    ("floors", "required_persons"): "floor",
    ("floors", "served_persons"): "floor",
    ("floors", "missed_persons"): "floor",
}

# Which members a figure is expected over: shortage is there in stress members only.
EXPECTED_OVER: Final = {"shortage": "stress"}


def measures_of(table: str) -> tuple[Column, ...]:
    """The figures of a plan's table that can be summed or averaged: its numbers with a unit."""
    return tuple(column for column in columns(table) if column.unit in RULES)


def has(table: str, column: str) -> bool:
    """Whether a plan's table has a column of its own."""
    return any(c.name == column for c in columns(table))


def yearly(table: str, measure: Column) -> bool:
    """Whether a measure becomes a volume a year when seasons are put together."""
    return RULES[measure.unit].yearly_over_seasons and has(table, "season")
