"""Keys and references: every row is there once, and every name that is used is defined."""

from collections.abc import Collection, Iterator
from functools import partial
from typing import Final

import pandas as pd

from planner.basin.basin import Basin
from planner.basin.field import Column
from planner.basin.tables import ROW_OF, columns
from planner.checks.finding import Finding
from planner.checks.names import STRINGS, among
from planner.checks.remembered import Remembered
from planner.checks.report import at_rows, did_you_mean, found, listed, shown

Unsound = Collection[tuple[str, str]]
NEVER_EMPTY = frozenset(
    {"stages", "seasons", "members", "administrations", "groups", "villages", "population", "baseline", "modes"}
)
NAMES_TO_COMPARE = 1000
NODES = ("sources", "treatment_sites", "villages")


def check_structure(basin: Basin, unsound: Unsound = ()) -> Iterator[Finding]:
    """Findings of keys and references of all tables; columns in `unsound` (table, column) are left out."""
    for table in ROW_OF:
        yield from _of_table(table, unsound, basin) if unsound else _OF_TABLE[table](basin)
    if all(_usable(basin.tables.get(t), t, ROW_OF[t].key, unsound) for t in NODES):
        yield from _ambiguous_nodes(basin)


def _of_table(table: str, unsound: Unsound, basin: Basin) -> Iterator[Finding]:
    frame = basin.tables.get(table)
    if frame is None:
        return
    if not len(frame):
        if table in NEVER_EMPTY:
            yield found("table.empty", f"The table {table} has no rows.", table=table)
        return
    if _usable(frame, table, ROW_OF[table].key, unsound):
        yield from duplicates(table, frame)
    for column in columns(table):
        if column.refers_to and _usable(frame, table, (column.name,), unsound):
            yield from dangling(basin, table, frame, column, unsound)


_OF_TABLE: Final = {table: Remembered(partial(_of_table, table, ())) for table in ROW_OF}


def _usable(frame: pd.DataFrame | None, table: str, names: tuple[str, ...], unsound: Unsound) -> bool:
    return frame is not None and all(n in frame.columns and (table, n) not in unsound for n in names)


def duplicates(table: str, frame: pd.DataFrame) -> list[Finding]:
    """Rows whose key another row has already."""
    key = list(ROW_OF[table].key)
    again = frame.duplicated(key) if len(key) > 1 else frame[key[0]].duplicated()

    def name(position: int) -> str:
        return " × ".join(str(shown(value)) for value in frame[key].iloc[position])

    return at_rows("key.duplicate", table, frame, again, lambda p: f"{name(p)} stands in the table already.",
                   column=key[0], allowed=f"one row for each {' × '.join(key)}")  # fmt: skip


def dangling(basin: Basin, table: str, frame: pd.DataFrame, column: Column, unsound: Unsound = ()) -> list[Finding]:
    """Names that no table the column refers to defines."""
    keys = {target: ROW_OF[target].key[0] for target in column.refers_to}
    if not all(_usable(basin.tables.get(target), target, (key,), unsound) for target, key in keys.items()):
        return []
    defined = pd.concat([basin.tables[target][key] for target, key in keys.items()]).dropna()
    series = frame[column.name]
    wrong = series.notna().to_numpy() & ~among(series, defined)
    if not wrong.any():
        return []
    place = " or ".join(f"{target}.csv" for target in column.refers_to)

    def remedy(position: int) -> str | None:
        near = did_you_mean(str(series.iloc[position]), defined.head(NAMES_TO_COMPARE))
        return near and f"{near} Otherwise add it to {place}."

    return at_rows("reference.unknown", table, frame, wrong, lambda p: f"{shown(series.iloc[p])} is not in {place}.",
                   column=column.name, allowed=f"a name from {place}: {listed(defined)}", remedy=remedy)  # fmt: skip


def _ambiguous_nodes(basin: Basin) -> Iterator[Finding]:
    """A name that stands for two nodes: a link could not say which one it means."""
    seen = pd.Series([], dtype=STRINGS)
    for table in NODES:
        frame = basin.tables[table]
        names = frame[ROW_OF[table].key[0]]
        twice = among(names, seen)
        yield from at_rows(
            "node.ambiguous",
            table,
            frame,
            twice,
            f"{{{ROW_OF[table].key[0]}}} is the name of another node too.",
            column=ROW_OF[table].key[0],
            allowed="a name that no other source, site or village has",
        )
        seen = pd.concat([seen, names])
