"""What a scenario changes, in plain sentences."""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from planner.basin import Basin
from planner.basin.field import Column
from planner.basin.tables import ROW_OF, columns
from planner.scenario.change import AddRows, Change, ChangeSettings, RemoveRows, SetValues, Where
from planner.scenario.scenario import Scenario

NAMES_AT_MOST = 6


def describe(scenario: Scenario, basin: Basin | None = None, *, named: Basin | None = None) -> list[str]:
    """A sentence for each thing that the scenario changes, in order; an empty list where it changes nothing.

    With the basin before the changes, rows are called by their titles, and what stood there before is said. Where only the
    basin after them is at hand, `named` calls rows by its titles and nothing more is said.
    """
    return [sentence for change in scenario.changes for sentence in _sentences(change, basin, named or basin)]


def _sentences(change: Change, basin: Basin | None, named: Basin | None) -> Iterator[str]:
    reason = f"Why: {change.why}" if change.why else ""
    for sentence in _plain(change, basin, named):
        yield f"{sentence[0].upper()}{sentence[1:]} {reason}".rstrip()


def _plain(change: Change, basin: Basin | None, named: Basin | None) -> Iterator[str]:
    if isinstance(change, ChangeSettings):
        yield from _settings(change, basin)
        return
    table = change.table.replace("_", " ")
    if isinstance(change, AddRows):
        for row in change.add:
            yield f"new in {table}: {_key_of(change.table, row, named)}."
        return
    if isinstance(change, RemoveRows):
        where = _where(change.table, change.where, named) or "every row"
        alone = f"left out of {table}: {where}."
        yield f"left out of {table}: {where}, with everything that names it." if change.with_dependents else alone
        return
    described = {column.name: column for column in columns(change.table)} if change.table in ROW_OF else {}
    for name, figure in (change.set if isinstance(change, SetValues) else change.multiply).items():
        column, title = described.get(name), _title(described.get(name), name)
        before = _before(basin, change.table, change.where, name)
        if isinstance(change, SetValues):
            value = f"{_value(figure, column)}{_instead(before, column)}"
        else:
            value = f"{_factor(change.multiply[name])}{_from_to(before, change.multiply[name], column)}"
        rows = _where(change.table, change.where, named)
        # Rows chosen by a stage or a kind alone do not say what they are rows of.
        if not rows:
            yield f"every row of {table}: {title} becomes {value}."
        elif change.table in ROW_OF and ROW_OF[change.table].key[0] in change.where:
            yield f"{rows}: {title} becomes {value}."
        else:
            yield f"{table}, {rows}: {title} becomes {value}."


def _settings(change: ChangeSettings, basin: Basin | None) -> Iterator[str]:
    described = {column.name: column for column in columns("basin")}
    for name, value in change.settings.items():
        column = described.get(name)
        before = None if basin is None or column is None else pd.Series([getattr(basin.settings, name)])
        becomes = f"{_value(value, column)}{_instead(before, column)}"
        yield f"{_title(column, name)} becomes {becomes}."


def _title(column: Column | None, name: str) -> str:
    title = column.title if column else name
    return title[0].lower() + title[1:]


def _where(table: str, where: Where, basin: Basin | None) -> str:
    """The names of the rows, column by column; empty where every row is meant."""
    parts = []
    for name, given in where.items():
        values = given if isinstance(given, list) else [given]
        names = [_named(table, name, value, basin) for value in values[:NAMES_AT_MOST]]
        rest = len(values) - NAMES_AT_MOST
        parts.append(" and ".join([", ".join(names), *([f"{rest} more"] if rest > 0 else [])]))
    return ", ".join(parts)


def _key_of(table: str, row: Mapping[str, Any], basin: Basin | None) -> str:
    key = ROW_OF[table].key if table in ROW_OF else tuple(row)
    return ", ".join(_named(table, name, row.get(name), basin) for name in key if row.get(name) is not None)


def _named(table: str, column: str, value: Any, basin: Basin | None) -> str:
    """The title of what a cell names, where there is one; else the cell."""
    if value is None:
        return f"{column} blank"
    described = {c.name: c for c in columns(table)} if table in ROW_OF else {}
    targets = described[column].refers_to if column in described else ()
    for target in (*targets, table):
        title = _title_of(target, value, basin)
        if title:
            return title
    return str(value) if not described or described[column].kind != "boolean" else f"{column} {_value(value, None)}"


def _title_of(table: str, value: Any, basin: Basin | None) -> str:
    if basin is None or table not in basin.tables or "title" not in basin.tables[table].columns:
        return ""
    frame = basin.tables[table]
    title = frame.loc[frame.iloc[:, 0] == str(value), "title"]
    return str(title.iloc[0]) if len(title) and isinstance(title.iloc[0], str) else ""


def _before(basin: Basin | None, table: str, where: Where, column: str) -> pd.Series | None:
    """What the rows held before, if the basin is at hand and has them."""
    if basin is None or table not in basin.tables or column not in basin.tables[table].columns:
        return None
    frame = basin.tables[table]
    for name, given in where.items():
        if name not in frame.columns:
            return None
        values = given if isinstance(given, list) else [given]
        blank = frame[name].isna() if None in values else False
        frame = frame[frame[name].isin([value for value in values if value is not None]) | blank]
    return frame[column]


def _instead(before: pd.Series | None, column: Column | None) -> str:
    if before is None or before.empty:
        return ""
    if len(before.unique()) == 1:
        return f" instead of {_value(before.iloc[0], column)}"
    if pd.api.types.is_bool_dtype(before) or not pd.api.types.is_numeric_dtype(before):
        return f" in {len(before)} rows that differed"
    return f" instead of {_value(before.min(), None)} to {_value(before.max(), column)} ({len(before)} rows)"


def _from_to(before: pd.Series | None, factor: float, column: Column | None) -> str:
    if before is None or before.dropna().empty or not pd.api.types.is_numeric_dtype(before):
        return ""
    known = before.dropna()
    if len(known.unique()) == 1:
        now, one = _value(known.iloc[0] * factor, column), _value(known.iloc[0], column)
        told = f"{now} instead of {one} each" if len(known) > 1 else f"{now} instead of {one}"
        return f", {told}"
    return f", in {len(known)} rows"


def _factor(factor: float) -> str:
    if factor == 1:
        return "what it was"
    if 0 <= factor < 2:
        change = f"{abs(factor - 1) * 100:.4g}"
        return f"{change} % more" if factor > 1 else f"{change} % less"
    return f"{factor:.6g} times as much"


def _value(value: Any, column: Column | None) -> str:
    if value is None or value is pd.NA or (isinstance(value, float) and pd.isna(value)):
        return "blank"
    if (column is not None and column.kind == "boolean") or isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, int | float) or (column is not None and column.kind not in ("number", "integer")):
        return str(value)
    unit = "" if column is None else column.unit
    plain_year = unit == "year"
    text = str(value) if plain_year else _number(float(value))
    return text if plain_year or not unit else f"{text} {unit}"


def _number(value: float) -> str:
    if value == round(value) or abs(value) >= 1e6:
        return f"{value:,.0f}"
    return f"{value:,.6g}" if abs(value) < 1000 else f"{value:,.2f}"
