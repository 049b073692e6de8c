"""Scenario over basin → changed basin."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from planner.basin import Basin
from planner.basin.field import Column
from planner.basin.tables import ROW_OF, columns
from planner.checks.finding import Finding, errors
from planner.checks.report import listed, shown
from planner.scenario.change import AddRows, Change, ChangeSettings, MultiplyValues, RemoveRows, SetValues, Where
from planner.scenario.dependents import without_dependents
from planner.scenario.findings import finding, near
from planner.scenario.references import policy_findings
from planner.scenario.scenario import Scenario, ScenarioError
from planner.scenario.values import NotAllowedError, fitted, in_range, matches


def apply(basin: Basin, scenario: Scenario) -> Basin:
    """The basin with the scenario's changes made in order; the basin itself where there are none.

    Raises ScenarioError with all findings: of the changes and the policy, with places such as
    `changes[3].set.capex_usd`, or, where each is sound on its own, of the basin that the changes make.
    """
    return apply_and_check(basin, scenario)[0]


def apply_and_check(basin: Basin, scenario: Scenario) -> tuple[Basin, list[Finding]]:
    """The same, with the warnings and notes about the basin that the changes make; none are looked for without changes."""
    draft = _Draft(basin)
    for number, change in enumerate(scenario.changes):
        draft.make(change, f"changes[{number}]")
    changed = Basin(draft.settings(), draft.tables, basin.original) if scenario.changes else basin
    findings = [*draft.findings, *policy_findings(changed, scenario.policy)]
    if findings:
        raise ScenarioError(findings)
    return changed, _soundness(changed, draft.touched) if scenario.changes else []


def _soundness(basin: Basin, touched: dict[str, str]) -> list[Finding]:
    from planner.checks import check

    def told(item: Finding) -> Finding:
        place = touched.get(item.table or "")
        return replace(item, message=f"After {place or 'the changes'}: {item.message}")

    findings = check(basin)
    against = errors(findings)
    if against:
        raise ScenarioError(told(item) for item in against)
    return findings


@dataclass
class _Draft:
    """Tables on the way from a basin to a changed one. A change with a finding is left out; the others are made."""

    basin: Basin
    tables: dict[str, pd.DataFrame] = field(init=False)
    new_settings: dict[str, Any] = field(default_factory=dict)
    touched: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.tables = dict(self.basin.tables)

    def settings(self) -> Any:
        return self.basin.settings.model_copy(update=self.new_settings)

    def make(self, change: Change, place: str) -> None:
        before = len(self.findings)
        if isinstance(change, ChangeSettings):
            self.new_settings |= self._fitted_row(change.settings, "basin", f"{place}.settings")
        elif change.table not in ROW_OF or change.table not in self.tables:
            message = f"There is no table {change.table!r}."
            remedy = near(change.table, ROW_OF)
            self._say(
                "scenario.table",
                message,
                f"{place}.table",
                value=change.table,
                allowed=listed(ROW_OF, 50),
                remedy=remedy,
            )
        else:
            table = _MAKERS[type(change)](self, self.tables[change.table], change, place)
            if len(self.findings) == before:
                self._keep(change, table, place)
        self.touched[getattr(change, "table", "basin")] = place

    def _keep(self, change: Any, table: pd.DataFrame, place: str) -> None:
        tables = self.tables | {change.table: table}
        if isinstance(change, RemoveRows) and change.with_dependents:
            tables = without_dependents(self.tables, tables, change.table)
        self.touched |= {name: place for name, frame in tables.items() if frame is not self.tables[name]}
        self.tables = tables

    def _say(self, code: str, message: str, place: str, **more: Any) -> None:
        self.findings.append(finding(code, message, place, **more))

    def _column(self, table: str, name: str, place: str) -> Column | None:
        known = {column.name: column for column in columns(table)}
        if name not in known:
            what = "basin.yaml has no key" if table == "basin" else f"The table {table} has no column"
            self._say("scenario.column", f"{what} {name!r}.", place, value=name, allowed=listed(known, 50),
                      remedy=near(name, known))  # fmt: skip
        return known.get(name)

    def _fitted_row(self, row: dict[str, Any], table: str, place: str) -> dict[str, Any]:
        """The values as their columns hold them; those with a finding are left out."""
        result = {}
        for name, value in row.items():
            column = self._column(table, name, f"{place}.{name}")
            if column is None:
                continue
            try:
                result[name] = fitted(value, column)
            except NotAllowedError:
                message = f"The value of {name} is not allowed."
                given = "blank" if value is None else value
                self._say("scenario.value", message, f"{place}.{name}", value=given, allowed=column.allowed)
        return result

    def _rows(self, table: str, frame: pd.DataFrame, where: Where, place: str) -> NDArray[np.bool_]:
        """Which rows a `where` names; a finding for each value that no row holds, and if no row holds all of them."""
        before = len(self.findings)
        chosen = np.ones(len(frame), dtype=bool)
        for name, values in where.items():
            column = self._column(table, name, f"{place}.where.{name}")
            if column is None:
                continue
            any_of = np.zeros(len(frame), dtype=bool)
            for value in values if isinstance(values, list) else [values]:
                holds = _holds(frame[name], value, column)
                if not holds.any():
                    self._no_such_value(table, frame[name], value, f"{place}.where.{name}")
                any_of |= holds
            chosen &= any_of
        if len(self.findings) == before and not chosen.any():
            self._say("scenario.no_row", f"The table {table} has no row like this.", f"{place}.where")
        return chosen

    def _no_such_value(self, table: str, held: pd.Series, value: Any, place: str) -> None:
        known = [shown(item) or "" for item in held.dropna().unique()]
        message = f"No row of {table} has {held.name} {'blank' if value is None else value!r}."
        remedy = near(str(value), known)
        self._say("scenario.no_row", message, place, value=value, allowed=listed(known, 12), remedy=remedy)

    def set(self, frame: pd.DataFrame, change: SetValues, place: str) -> pd.DataFrame:
        rows = self._rows(change.table, frame, change.where, place)
        values = self._fitted_row(change.set, change.table, f"{place}.set")
        return frame.assign(**{name: frame[name].mask(rows, value) for name, value in values.items()})

    def multiply(self, frame: pd.DataFrame, change: MultiplyValues, place: str) -> pd.DataFrame:
        rows = self._rows(change.table, frame, change.where, place)
        products = {}
        for name, factor in change.multiply.items():
            here = f"{place}.multiply.{name}"
            column = self._column(change.table, name, here)
            if column is None:
                continue
            if column.kind != "number":
                self._say("scenario.value", f"{name} is not a column of numbers that can be multiplied.", here, value=factor)
                continue
            product = frame[name].where(~rows, frame[name] * factor)
            outside = product[~in_range(product.to_numpy(), column)]
            if len(outside):
                message = f"Multiplied by {factor:g}, {name} leaves its range in {len(outside)} rows."
                self._say("scenario.value", message, here, value=outside.iloc[0], allowed=column.allowed)
            products[name] = product
        return frame.assign(**products)

    def add(self, frame: pd.DataFrame, change: AddRows, place: str) -> pd.DataFrame:
        described = columns(change.table)
        blanks = {c.name: np.nan if c.default is None else c.default for c in described}
        new = []
        for number, given in enumerate(change.add):
            here = f"{place}.add[{number}]"
            row = self._fitted_row(given, change.table, here)
            for column in described:
                if column.required and column.name not in given:
                    message = f"The new row has no {column.name}."
                    self._say("scenario.missing", message, f"{here}.{column.name}", allowed=column.allowed)
            new.append(blanks | row)
        added = pd.DataFrame(new, columns=[c.name for c in described])
        if any(item.column and item.column.startswith(f"{place}.") for item in self.findings):
            return frame
        added = added.astype(frame.dtypes.to_dict())
        result = pd.concat([frame, added], ignore_index=True)
        self._no_row_twice(result, len(frame), change.table, place)
        return result

    def _no_row_twice(self, frame: pd.DataFrame, before: int, table: str, place: str) -> None:
        key = list(ROW_OF[table].key)
        twice = np.flatnonzero(frame.duplicated(key).to_numpy()[before:])
        for number in twice:
            row = frame.iloc[before + number]
            named = ", ".join(f"{name} {row[name]}" for name in key)
            self._say("scenario.row_twice", f"The table {table} has a row with {named} already.", f"{place}.add[{number}]")

    def remove(self, frame: pd.DataFrame, change: RemoveRows, place: str) -> pd.DataFrame:
        rows = self._rows(change.table, frame, change.where, place)
        return frame[~rows].reset_index(drop=True)


def _holds(series: pd.Series, value: Any, column: Column) -> NDArray[np.bool_]:
    try:
        return matches(series, value, column).fillna(False).to_numpy(dtype=bool)
    except NotAllowedError:
        return np.zeros(len(series), dtype=bool)


_MAKERS: dict[type, Callable[..., pd.DataFrame]] = {
    SetValues: _Draft.set,
    MultiplyValues: _Draft.multiply,
    AddRows: _Draft.add,
    RemoveRows: _Draft.remove,
}
