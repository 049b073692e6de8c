"""What a rule may speak of: sets, columns of the basin, and columns of the plan that are linear in what is decided.

Nothing is named anew: a set is called as the key of its table, a figure as its column, with the column's title and unit.
"""

from dataclasses import dataclass
from functools import cache

from planner.basin.field import Column, Row
from planner.basin.tables import ROW_OF as BASIN_ROWS
from planner.basin.tables import columns as basin_columns
from planner.plan.tables import columns as plan_columns
from planner.rules.units import Unit, unit_of

ORDERED = ("stage", "season")
"""Sets whose members follow one another. After the last season comes the first one of the year."""

_PERIOD = ("stage", "season", "member")
_YEAR = ("stage", "member")
VARIABLES: dict[tuple[str, str], tuple[str, ...]] = {
    ("investments", "serves"): ("option", "stage"),
    ("investments", "count"): ("option", "stage"),
    ("investments", "capacity_m3_per_day"): ("option", "stage"),
    ("investments", "capital_usd"): ("option", "stage"),
    ("investments", "running_cost_usd_per_year"): ("option", "stage"),
    ("village_assets", "units"): ("village", "asset", "stage"),
    ("village_assets", "capital_usd"): ("village", "asset", "stage"),
    ("village_assets", "running_cost_usd_per_year"): ("village", "asset", "stage"),
    ("service", "persons"): ("village", "group", "stage", "mode"),
    ("household_treatment", "given_persons"): ("village", "stage", "mode"),
    ("household_treatment", "using_persons"): ("village", "stage", "mode"),
    ("household_treatment", "lapsed_persons"): ("village", "stage", "mode"),
    ("collection_time", "hours_per_year"): ("village", "group", "stage"),
    ("collection_time", "hours_saved_per_year"): ("village", "group", "stage"),
    ("institutions", "served"): ("institution", "stage"),
    ("institutions", "delivered_m3_per_day"): ("institution", "stage"),
    ("flows", "flow_m3_per_day"): ("link", *_PERIOD),
    ("shortage", "shortage_m3_per_day"): ("village", *_PERIOD),
    ("shortage", "hauled_m3_per_day"): ("village", *_PERIOD),
    ("river", "outflow_m3_per_day"): ("reach", *_PERIOD),
    ("use_deliveries", "delivered_m3_per_day"): ("use", *_PERIOD),
    ("use_deliveries", "unmet_m3_per_day"): ("use", *_PERIOD),
    ("use_supply", "wanted_m3_per_year"): ("use", *_YEAR),
    ("use_supply", "delivered_m3_per_year"): ("use", *_YEAR),
    ("use_supply", "delivered_value_usd_per_year"): ("use", *_YEAR),
    ("use_supply", "missed_usd_per_year"): ("use", *_YEAR),
    ("water_stress", "withdrawn_m3_per_year"): ("sub_basin", "stage"),
    ("protected_abstraction", "abstracted_m3_per_day"): ("reach", *_PERIOD),
    ("storage", "storage_m3"): ("reservoir", *_PERIOD),
    ("storage", "evaporation_m3_per_day"): ("reservoir", *_PERIOD),
    ("storage", "held_back_m3_per_day"): ("reservoir", *_PERIOD),
    ("tank_storage", "needed_m3"): ("village", "stage"),
    ("groundwater", "drawn_m3_per_year"): ("aquifer", *_YEAR),
    ("licence_use", "drawn_m3_per_year"): ("administration", *_YEAR),
    ("irrigation_saved", "saved_m3_per_day"): ("option", *_PERIOD),
    ("irrigation_saved", "return_lost_m3_per_day"): ("option", *_PERIOD),
    ("energy", "pumped_m3_per_year"): ("link", "stage"),
    ("energy", "solar_m3_per_year"): ("link", "stage"),
    ("energy", "energy_kwh_per_year"): ("link", "stage"),
    ("energy", "cost_usd_per_year"): ("link", "stage"),
    ("energy", "emissions_kg_co2_per_year"): ("link", "stage"),
    ("treatment_energy", "put_in_m3_per_year"): ("site", "train", "stage"),
    ("treatment_energy", "energy_kwh_per_year"): ("site", "train", "stage"),
    ("treatment_energy", "cost_usd_per_year"): ("site", "train", "stage"),
    ("treatment_energy", "emissions_kg_co2_per_year"): ("site", "train", "stage"),
    ("wastewater", "arising_m3_per_day"): ("wastewater_area", *_PERIOD),
    ("wastewater", "collected_m3_per_day"): ("wastewater_area", *_PERIOD),
    ("wastewater", "untreated_m3_per_day"): ("wastewater_area", *_PERIOD),
    ("wastewater_treated", "treated_m3_per_day"): ("option", *_PERIOD),
    ("reuse_flows", "flow_m3_per_day"): ("reuse_link", "option", *_PERIOD),
    ("river_loads", "load_kg_per_day"): ("reach", "load", *_PERIOD),
    ("finance", "amount_usd"): ("channel", "category", "account", "stage"),
    ("channel_balances", "spent_usd"): ("channel", "stage"),
    ("channel_balances", "carried_usd"): ("channel", "stage"),
    ("running_costs", "running_cost_usd_per_year"): ("account", "stage"),
    ("running_costs", "tariffs_usd_per_year"): ("account", "stage"),
    ("running_costs", "subsidies_usd_per_year"): ("account", "stage"),
    ("subsidies_paid", "amount_usd_per_year"): ("subsidy", "account", "stage"),
    ("given_up", "opportunity_cost_usd_per_year"): ("option", "account", "stage"),
    ("accounts", "capital_usd"): ("account", "stage"),
    ("accounts", "raised_usd"): ("account", "stage"),
    ("accounts", "received_usd"): ("account", "stage"),
    ("accounts", "repaid_usd_per_year"): ("account", "stage"),
    ("operators", "needed_operators"): ("account", "stage"),
    ("operators", "trained_operators"): ("account", "stage"),
}
"""Columns of the plan: sets of their indices. What a table tells of one more thing is summed over it: trains that a flow
feeds, grades of water that is missing.

What is not linear in what is decided is left out: the larger or the lesser of two (overdraft, deficits, what turbines turn,
risk), products (water that no longer leaks) and quotients (quality after mixing, shares).
"""

_ABOUT_DATA = ("citations", "assumptions", "origins")
FIGURES = ("number", "integer", "boolean")


@dataclass(frozen=True)
class Known:
    """A column that a rule may use: its indices, and whether it is planned or given."""

    table: str
    column: str
    dimensions: tuple[str, ...]
    unit: Unit
    unit_in_words: str
    title: str
    planned: bool


def _key(row: type[Row]) -> Column:
    return next(column for column in basin_columns(row.table) if column.name == row.key[0])


@cache
def dimensions() -> dict[str, str]:
    """Name of each set → table of its members."""
    # A table whose key names another table's rows says more of those, and is no set of its own.
    single = {
        row.key[0]: row.table
        for row in BASIN_ROWS.values()
        if len(row.key) == 1 and row.table not in _ABOUT_DATA and not _key(row).refers_to
    }
    return {**single, "subsidy": "subsidies", "account": "administrations"}


@cache
def attributes(dimension: str) -> dict[str, Column]:
    """Columns of a set's own table."""
    table = dimensions()[dimension]
    return {column.name: column for column in basin_columns(table)} if len(BASIN_ROWS[table].key) == 1 else {}


@cache
def figures() -> dict[tuple[str, str], Known]:
    """Every column with indices, planned ones first."""
    known: dict[tuple[str, str], Known] = {}
    for (table, name), indices in VARIABLES.items():
        column = next(column for column in plan_columns(table) if column.name == name)
        known[table, name] = Known(table, name, indices, unit_of(column.unit), column.unit, column.title, True)
    for table, row in BASIN_ROWS.items():
        if table in _ABOUT_DATA:
            continue
        keys = [column for column in basin_columns(table) if column.name in row.key]
        if any(column.name not in dimensions() or not column.required for column in keys):
            continue
        for column in basin_columns(table):
            if column.kind in FIGURES and column.name not in row.key:
                known[table, column.name] = Known(
                    table, column.name, tuple(row.key), unit_of(column.unit), column.unit, column.title, False
                )
    return known


@cache
def tables() -> tuple[str, ...]:
    """Tables of which a rule may use a column."""
    return tuple(dict.fromkeys(table for table, _ in figures()))


def references(dimension: str) -> dict[str, tuple[str, ...]]:
    """Column of a set's own table → sets whose members it names."""
    by_table: dict[str, list[str]] = {}
    for name, table in dimensions().items():
        by_table.setdefault(table, []).append(name)
    return {
        column.name: tuple(name for table in column.refers_to for name in by_table.get(table, ()))
        for column in attributes(dimension).values()
        if column.refers_to
    }
