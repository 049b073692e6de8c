"""Rules of one's own: each is a family of rows over the columns that it speaks of, stated as any other law."""

from dataclasses import replace
from typing import Any

import numpy as np

from optimization.algebra import Model
from optimization.rules.linear import Linear
from optimization.rules.quantities import Quantities
from optimization.rules.rows import RuleRows, rows_of
from planner.rules.checking import checked
from planner.rules.facts import Facts
from planner.scenario.resolved import ResolvedScenario


def add(m: Model, scenario: ResolvedScenario) -> None:
    """The rows of every active rule. Raises RuleError where one cannot be understood."""
    active = [rule for rule in scenario.policy.rules if rule.active]
    if not active:
        return
    linear = Linear(Facts(scenario.basin), Quantities(m, scenario))
    for number, rule in enumerate(active, start=1):
        understood = checked(rule)
        for part, rows in enumerate(rows_of(understood, linear), start=1):
            _state(m, rows, f"rule_{number}_{part}", rule.called, understood.unit)


def _state(m: Model, rows: RuleRows, name: str, title: str, unit: str) -> None:
    """A law of its own for one relation; entries are sorted by the variable that they belong to."""
    m.index_set(f"{name}_row", rows.names, title=title)
    m.data(f"{name}_limit", rows.limit, unit=unit, title="Limit")
    row_set = getattr(m, f"{name}_row")
    parts = []
    if rows.names and not len(rows.row):
        # What can never hold is a row all the same: then there is no plan, and the solver says so.
        rows = replace(
            rows, row=np.arange(len(rows.names)), column=np.zeros(len(rows.names), int), factor=np.zeros(len(rows.names))
        )
    for variable, column in list(m.variables.items()):
        own = np.flatnonzero((rows.column >= column.start) & (rows.column < column.start + column.size))
        if not len(own):
            continue
        part = f"{name}_{variable}"
        m.index_set(part, len(own), title=f"Entries of {column.title}")
        m.data(f"{part}_factor", rows.factor[own], title="Factor")
        where = np.unravel_index(rows.column[own] - column.start, column.shape)
        for axis, positions in enumerate(where):
            m.data(f"{part}_at_{axis}", positions)
        m.neighbours(f"{part}_of", row_set, getattr(m, part), owner=rows.row[own])
        parts.append((part, variable, len(column.shape)))

    def rule(m: Any, r: Any) -> Any:
        total = sum(
            sum(
                getattr(m, f"{part}_factor")[e]
                * getattr(m, variable)[tuple(getattr(m, f"{part}_at_{axis}")[e] for axis in range(axes))]
                for e in getattr(m, f"{part}_of")[r]
            )
            for part, variable, axes in parts
        )
        limit = getattr(m, f"{name}_limit")[r]
        if rows.sign == "=":
            return total == limit
        return total <= limit if rows.sign == "<=" else total >= limit

    rule.__doc__ = title
    m.law(row_set, title=title, unit=unit, name=name)(rule)
