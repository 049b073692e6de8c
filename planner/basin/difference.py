"""What differs between two versions of a basin: settings, rows and cells."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from planner.basin.basin import Basin
from planner.basin.horizon import Settings
from planner.basin.tables import ROW_OF, columns
from planner.formats.document import plain_values
from planner.formats.typed import empty_table

Keys = list[dict[str, Any]]


@dataclass(frozen=True)
class Change:
    """A value that is not what it was. `key` names the row by the table's key; it is empty for a setting."""

    key: dict[str, Any]
    column: str
    before: Any
    after: Any


@dataclass(frozen=True)
class TableDifference:
    """The keys of the rows that came and went, and the cells that changed in those that stayed."""

    added: Keys
    removed: Keys
    changed: list[Change]


@dataclass(frozen=True)
class BasinDifference:
    """Everything that differs; only tables that do are in `tables`. False if nothing does."""

    settings: list[Change]
    tables: Mapping[str, TableDifference]

    def __bool__(self) -> bool:
        return bool(self.settings or self.tables)

    def to_dict(self) -> dict[str, Any]:
        """Plain content, with blanks as None."""
        return {
            "settings": [{"column": c.column, "before": c.before, "after": c.after} for c in self.settings],
            "tables": {
                table: {
                    "added": found.added,
                    "removed": found.removed,
                    "changed": [{"key": c.key, "column": c.column, "before": c.before, "after": c.after} for c in found.changed],
                }
                for table, found in self.tables.items()
            },
        }


def difference(before: Basin, after: Basin) -> BasinDifference:
    """What changed from one basin to the other. Rows are told apart by the key of their table, not by their order."""
    tables = {}
    for table in ROW_OF:
        old, new = (basin.tables[table] if table in basin.tables else empty_table(table) for basin in (before, after))
        if old is not new and not old.equals(new):
            found = _of_table(table, old, new)
            if found.added or found.removed or found.changed:
                tables[table] = found
    return BasinDifference(_of_settings(before.settings, after.settings), tables)


def _of_settings(before: Settings, after: Settings) -> list[Change]:
    old, new = before.model_dump(), after.model_dump()
    return [Change({}, name, old[name], new[name]) for name in old if old[name] != new[name]]


def _of_table(table: str, before: pd.DataFrame, after: pd.DataFrame) -> TableDifference:
    key = list(ROW_OF[table].key)
    place = _index(after, key).get_indexer(_index(before, key))
    stays = place >= 0
    comes = np.ones(len(after), dtype=bool)
    comes[place[stays]] = False
    old, new = before[stays], after.iloc[place[stays]]
    changed: list[Change] = []
    for column in columns(table):
        if column.name not in key:
            changed += _of_column(column.name, key, old, new)
    return TableDifference(_keys(after[comes], key), _keys(before[~stays], key), changed)


def _index(frame: pd.DataFrame, key: list[str]) -> pd.Index:
    """The keys of the rows; a key that stands twice is counted, so that each row has its own."""
    parts = frame[key].astype(object).where(frame[key].notna(), None)
    return pd.MultiIndex.from_frame(parts.assign(again=frame.groupby(key, dropna=False, sort=False).cumcount()))


def _of_column(name: str, key: list[str], old: pd.DataFrame, new: pd.DataFrame) -> list[Change]:
    one, other = old[name].reset_index(drop=True), new[name].reset_index(drop=True)
    blank = one.isna().to_numpy() & other.isna().to_numpy()
    differs = np.flatnonzero((one != other).fillna(True).to_numpy(dtype=bool) & ~blank)
    cells = zip(_keys(old.iloc[differs], key), plain_values(one.iloc[differs]), plain_values(other.iloc[differs]), strict=True)
    return [Change(row, name, before, after) for row, before, after in cells]


def _keys(frame: pd.DataFrame, key: list[str]) -> Keys:
    return [dict(zip(key, row, strict=True)) for row in zip(*(plain_values(frame[name]) for name in key), strict=True)]
