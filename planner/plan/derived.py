"""Columns that a plan's table gets from the basin: administration, account, kind of an option, titles.

A plan names villages, options and reaches; people ask by district and by kind. Each derived column is one lookup from a
column that is there, or was derived before it, into a table of the basin.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from planner.basin import Basin
from planner.basin.field import Column
from planner.basin.lineages import lineages
from planner.basin.tables import columns as basin_columns
from planner.formats.arrow import described
from planner.plan.query_findings import by_name
from planner.plan.tables import columns
from planner.plan.titles import Titles
from planner.scenario.resolved.money import money_of

STRING: Final = pa.string()
LEVELS: Final = ("country", "province", "district", "commune")


@dataclass(frozen=True)
class _Lookup:
    """A derived column: `via` names the plan's column, `table` and `column` where it is looked up in the basin."""

    name: str
    via: str
    table: str
    column: str


# A row is looked up by the first of these whose `via` the table has.
_LOOKUPS: Final = (
    _Lookup("option_kind", "option", "options", "kind"),
    _Lookup("category", "option", "options", "category"),
    _Lookup("category", "asset", "assets", "category"),
    _Lookup("technology", "option", "options", "technology"),
    _Lookup("technology", "asset", "assets", "technology"),
    _Lookup("link_kind", "link", "links", "kind"),
    _Lookup("use_kind", "use", "other_uses", "kind"),
    _Lookup("channel_kind", "channel", "channels", "kind"),
    _Lookup("member_kind", "member", "members", "kind"),
    _Lookup("reach", "use", "other_uses", "reach"),
    _Lookup("reach", "obligation", "obligations", "reach"),
    _Lookup("reach", "turbine", "turbines", "reach"),
    _Lookup("to_node", "link", "links", "to_node"),
    _Lookup("administration", "village", "villages", "administration"),
    _Lookup("administration", "option", "options", "administration"),
    _Lookup("administration", "use", "other_uses", "administration"),
    _Lookup("administration", "reach", "reaches", "administration"),
    _Lookup("administration", "to_node", "villages", "administration"),
    _Lookup("administration", "to_node", "treatment_sites", "administration"),
)


@cache
def derived_columns(table: str) -> tuple[Column, ...]:
    """The columns that `with_derived` can add to a plan's table, in the order in which they are derived."""
    known = by_name(columns(table))
    own = set(known)
    for lookup in _LOOKUPS:
        if lookup.via in known and lookup.name not in known:
            known[lookup.name] = _renamed(by_name(basin_columns(lookup.table))[lookup.column], lookup.name)
    if "administration" in known and "account" not in known:
        known["account"] = _renamed(known["administration"], "account", "Account")
    if "account" in known:
        level = known.get("administration", known["account"])
        known.update({name: _renamed(level, name, name.capitalize()) for name in LEVELS})
    titled = {f"{c.name}_title": _title(c) for c in known.values() if _has_titles(c)}
    return tuple(column for name, column in {**known, **titled}.items() if name not in own)


def with_places(name: str, table: pa.Table, basin: Basin, *, titles: bool = False) -> pa.Table:
    """The table with `administration`, the nearest of each row, where its rows have a place; blank where none is known.

    The place is that of the village, the option, the use, the reach (of an obligation too) or the node that a link leads
    to. With `titles`, each column of names also gets a column of titles: `village_title` beside `village`.
    """
    offered = [c.name for c in derived_columns(name)]
    wanted = ["administration"] if "administration" in offered else []
    if titles:
        there = {*table.column_names, *wanted}
        wanted += [title for title in offered if title.endswith("_title") and title.removesuffix("_title") in there]
    return with_derived(name, table, basin, wanted)


def with_derived(name: str, table: pa.Table, basin: Basin, wanted: Iterable[str]) -> pa.Table:
    """The table with the derived columns that are named, at its end, each with title and unit. Rows stay as they are.

    Names that the table has already are left alone. Raises KeyError for a name that `derived_columns` does not have.
    """
    reader = _Deriver(name, table, basin)
    described_by = by_name(derived_columns(name))
    for column in wanted:
        if column not in table.column_names:
            table = table.append_column(column, reader.values(column))
    return described(table, [*columns(name), *described_by.values()])


class _Deriver:
    """Looks derived columns up, each once."""

    def __init__(self, name: str, table: pa.Table, basin: Basin) -> None:
        self._basin, self._titles = basin, Titles(basin)
        self._own = by_name(columns(name))
        self._known: dict[str, Any] = {column: table.column(column) for column in table.column_names}
        self._offered = by_name(derived_columns(name))

    def values(self, name: str) -> pa.ChunkedArray:
        if name not in self._known:
            self._known[name] = self._derived(name)
        return self._known[name]

    def _derived(self, name: str) -> pa.ChunkedArray:
        if name.endswith("_title"):
            return self._title(name.removesuffix("_title"))
        if name in LEVELS:
            start = "administration" if "administration" in self._offered else "account"
            return mapped(self.values(start), _at_level(self._basin, name))
        if name == "account":
            return mapped(self.values("administration"), accounts_of(self._basin))
        found = None
        for lookup in _LOOKUPS:
            if lookup.name == name and (lookup.via in self._own or lookup.via in self._offered):
                rows = self._basin.tables[lookup.table].drop_duplicates(self._basin.tables[lookup.table].columns[0])
                values = mapped(self.values(lookup.via), pd.Series(rows[lookup.column].to_numpy(), index=rows.iloc[:, 0]))
                found = values if found is None else pc.coalesce(found, values)
        if found is None:
            raise KeyError(name)
        return found

    def _title(self, name: str) -> pa.ChunkedArray:
        column = self._own[name] if name in self._own else self._offered[name]
        values = self.values(name)
        names = [value for value in pc.unique(values).to_pylist() if value is not None]
        of_cell = {value: self._titles.of_cell(column.refers_to[0], column, value) for value in names}
        return mapped(values, pd.Series(of_cell, dtype=object))


def accounts_of(basin: Basin) -> pd.Series:
    """The account that follows the money of each administration: the nearest upwards that has one."""
    money = money_of(basin)
    return pd.Series(money.accounts.to_numpy()[money.account_of.to_numpy()], index=money.account_of.index)


def _at_level(basin: Basin, level: str) -> pd.Series:
    """The administration of a level that each administration is or belongs to."""
    table = basin.tables["administrations"]
    of_level = set(table.loc[table["level"] == level, "administration"])
    above = {name: next((up for up in line if up in of_level), None) for name, line in lineages(table).items()}
    return pd.Series(above, dtype=object)


def mapped(keys: pa.ChunkedArray, values: pd.Series, kind: pa.DataType = STRING) -> pa.ChunkedArray:
    """The value of each key by the index of the values; null for a key that is not there."""
    known = pa.array(values.index.to_numpy(dtype=object), type=keys.type, from_pandas=True)
    found = pa.array(values.to_numpy(dtype=object), type=kind, from_pandas=True)
    return pc.take(found, pc.index_in(keys, value_set=known))


def _renamed(column: Column, name: str, title: str | None = None) -> Column:
    return replace(column, name=name, title=title or column.title, required=False, default=None)


def _has_titles(column: Column) -> bool:
    return bool(column.refers_to) and any("title" in by_name(basin_columns(table)) for table in column.refers_to)


def _title(column: Column) -> Column:
    title = _renamed(column, f"{column.name}_title", f"{column.title}, name")
    return replace(title, kind="text", refers_to=(), choices=(), max_length=500)
