"""What several plans assume differently: every cell of their basins and every line of their policies."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from planner.basin.basin import Basin
from planner.basin.field import Column
from planner.basin.horizon import Settings
from planner.basin.tables import ROW_OF, columns
from planner.plan.aims import aims_in_words
from planner.plan.titles import Titles, readable
from planner.plan.words import count, number, quantity
from planner.scenario.policy import Policy

LISTED_ONE_BY_ONE: Final = 5
_TEXTS_ABOUT_FIGURES: Final = {"reach_lines", "citations", "assumptions", "origins"}


@dataclass(frozen=True)
class AssumptionDifference:
    """A subject on which the plans differ, and what each plan assumes, in words."""

    subject: str
    values: tuple[str, ...]


def policy_differences(policies: Sequence[Policy], titles: Titles) -> list[AssumptionDifference]:
    """The lines of the policies that are not the same for all."""
    told = [aims_in_words(policy, titles) for policy in policies]
    rows = [AssumptionDifference(subject, tuple(t[subject] for t in told)) for subject in told[0]]
    return [row for row in rows if len(set(row.values)) > 1]


def basin_differences(basins: Sequence[Basin], titles: Titles) -> list[AssumptionDifference]:
    """Settings, rows and cells in which the basins differ; many cells of one column are summed up in one line."""
    found = list(_settings(basins))
    for table in ROW_OF:
        if table not in _TEXTS_ABOUT_FIGURES:
            found += _table(table, [basin.tables[table] for basin in basins], titles)
    return found


def _settings(basins: Sequence[Basin]) -> Iterator[AssumptionDifference]:
    for column in columns(Settings.table):
        values = tuple(_cell(getattr(basin.settings, column.name), column) for basin in basins)
        if len(set(values)) > 1 and column.name not in {"name", "description", "licence"}:
            yield AssumptionDifference(column.title, values)


def _table(name: str, frames: list[pd.DataFrame], titles: Titles) -> Iterator[AssumptionDifference]:
    if all(frame is frames[0] or frame.equals(frames[0]) for frame in frames[1:]):
        return
    key = list(ROW_OF[name].key)
    keyed = [frame.set_index(_filled(frame, key)) for frame in frames]
    common = keyed[0].index
    for frame in keyed[1:]:
        common = common.intersection(frame.index, sort=False)
    title = readable(name).capitalize()
    if any(len(frame) != len(common) for frame in keyed):
        yield AssumptionDifference(f"{title}: rows", tuple(number(len(frame)) for frame in keyed))
    for column in columns(name):
        if column.name not in key:
            yield from _column(name, title, column, [frame.loc[common] for frame in keyed], titles)


def _filled(frame: pd.DataFrame, key: list[str]) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(frame[key].astype(object).where(frame[key].notna(), ""))


def _column(table: str, title: str, column: Column, frames: list[pd.DataFrame], titles: Titles) -> Iterator[AssumptionDifference]:
    values = [frame[column.name] for frame in frames]
    differs = np.zeros(len(frames[0]), dtype=bool)
    for other in values[1:]:
        both_blank = values[0].isna().to_numpy() & other.isna().to_numpy()
        differs |= (values[0] != other).fillna(True).to_numpy(bool) & ~both_blank
    places = np.flatnonzero(differs)
    if len(places) > LISTED_ONE_BY_ONE:
        words = tuple(_summed_up(v.iloc[places], values[0].iloc[places], column) for v in values)
        yield AssumptionDifference(f"{title}, {column.title.lower()}: {count(len(places), 'row')}", words)
        return
    key_columns = [c for c in columns(table) if c.name in ROW_OF[table].key]
    for place in places:
        cells = frames[0].iloc[place]
        where = " · ".join(titles.of_cell(table, c, cells[c.name]) for c in key_columns)
        words = tuple(_cell(v.iloc[place], column) for v in values)
        yield AssumptionDifference(f"{title}, {where}: {column.title.lower()}", words)


def _cell(value: Any, column: Column) -> str:
    if value is None or pd.isna(value):
        return "blank"
    if column.kind == "boolean":
        return "yes" if value else "no"
    if column.kind in {"number", "integer"} and column.unit != "year":
        return quantity(float(value), column.unit)
    return readable(str(value)) if column.kind in {"choice", "identifier"} else str(value)


def _summed_up(values: pd.Series, reference: pd.Series, column: Column) -> str:
    """Many cells in a few words: one factor on all of them, or their range."""
    if column.kind not in {"number", "integer"}:
        return f"{count(values.nunique(dropna=False), 'different value')}"
    factors = (values / reference.replace(0.0, np.nan)).to_numpy(float)
    if values is not reference and not values.equals(reference) and np.ptp(factors) < 1e-9 and np.isfinite(factors[0]):
        return f"× {number(float(factors[0]))}"
    low, high = _cell(values.min(), column), _cell(values.max(), column)
    return low if low == high else f"{low} to {high}"
