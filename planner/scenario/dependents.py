"""What goes with a removed row: the rows of other tables that name it, and the rows that name those."""

from collections.abc import Mapping

import pandas as pd

from planner.basin.field import Column
from planner.basin.tables import ROW_OF, columns
from planner.checks.names import among

Tables = dict[str, pd.DataFrame]


def without_dependents(before: Mapping[str, pd.DataFrame], after: Mapping[str, pd.DataFrame], table: str) -> Tables:
    """The tables `after` rows of a table were removed, without whatever named those rows.

    A row that can stand without what it named keeps its place, and the cell becomes blank; any other row is removed, and
    what named it in turn.
    """
    tables = dict(after)
    waiting = [(table, _lost(table, before[table], tables[table]))]
    while waiting:
        target, lost = waiting.pop()
        if lost.empty:
            continue
        for other in tables:
            for column in columns(other):
                if target in column.refers_to:
                    frame = tables[other]
                    tables[other] = _released(other, column, frame, lost)
                    waiting.append((other, _lost(other, frame, tables[other])))
    return tables


def _lost(table: str, before: pd.DataFrame, after: pd.DataFrame) -> "pd.Series[str]":
    """The names that rows of a table had and none has any more."""
    name = ROW_OF[table].key[0]
    if len(before) == len(after):
        return before[name].iloc[:0]
    return before[name][~among(before[name], after[name])]


def _released(table: str, column: Column, frame: pd.DataFrame, lost: "pd.Series[str]") -> pd.DataFrame:
    names = among(frame[column.name], lost)
    if not names.any():
        return frame
    if column.required or column.falls_with_it or column.name in ROW_OF[table].key:
        return frame[~names].reset_index(drop=True)
    return frame.assign(**{column.name: frame[column.name].mask(names)})
