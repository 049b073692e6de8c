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

VARIABLES: dict[tuple[str, str], tuple[str, ...]] = {
    ("investments", "serves"): ("option", "stage"),
    ("investments", "capacity_m3_per_day"): ("option", "stage"),
    ("village_assets", "units"): ("village", "asset", "stage"),
    ("service", "persons"): ("village", "group", "stage", "mode"),
    ("flows", "flow_m3_per_day"): ("link", "stage", "season", "member"),
    ("river", "outflow_m3_per_day"): ("reach", "stage", "season", "member"),
    ("use_deliveries", "delivered_m3_per_day"): ("use", "stage", "season", "member"),
    ("finance", "amount_usd"): ("channel", "category", "account", "stage"),
    ("channel_balances", "carried_usd"): ("channel", "stage"),
    ("running_costs", "tariffs_usd_per_year"): ("account", "stage"),
    ("subsidies_paid", "amount_usd_per_year"): ("subsidy", "account", "stage"),
}
"""Columns of the plan: sets of their indices. A flow is summed over the trains that it feeds."""

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
