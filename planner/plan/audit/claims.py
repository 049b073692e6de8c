"""What the plan claims: its tables read strictly, and made safe for the checks that follow."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from planner.basin.field import Column
from planner.plan.audit.check import AuditCheck, judge
from planner.plan.audit.names import Names
from planner.plan.audit.tolerances import COUNT
from planner.plan.tables import ROW_OF, columns

FIGURES = ("number", "integer", "boolean")
LARGEST_FIGURE = 1e15
# Columns that refer to a table of the basin, or to one more name (`as_before`, `water`), without saying so.
UNREFERRED = {"service_plan": "service_plans", "category": "categories", "group": "groups"}


@dataclass(frozen=True)
class Claims:
    """Every table with every column; identifiers as positions (see `Names`), no blank number, no key twice."""

    tables: Mapping[str, pd.DataFrame]
    checks: tuple[AuditCheck, ...]

    def __getitem__(self, table: str) -> pd.DataFrame:
        return self.tables[table]


class _Troubles:
    """Places at which the tables are malformed, by code."""

    titles = (
        ("table_missing", "Every table and column of a plan is there"),
        ("column_unknown", "No table or column that a plan does not have"),
        ("value_invalid", "Every value has its type and lies within its range"),
        ("identifier_unknown", "Every identifier is one of the basin's"),
        ("row_repeated", "No row twice"),
    )

    def __init__(self) -> None:
        self.counts = {code: 0 for code, _ in self.titles}
        self.first: dict[str, str] = {}

    def note(self, code: str, place: str, count: int = 1) -> None:
        self.counts[code] += count
        self.first.setdefault(code, place)

    def note_rows(self, code: str, table: str, column: str, wrong: np.ndarray) -> None:
        if wrong.any():
            self.note(code, f"{table}, column {column}, row {int(np.argmax(wrong)) + 1}", int(wrong.sum()))

    def checks(self) -> tuple[AuditCheck, ...]:
        return tuple(
            AuditCheck(code, title, not self.counts[code], float(self.counts[code]), 0.0, COUNT.unit,
                       self.first.get(code, ""), self.counts[code])
            for code, title in self.titles
        )  # fmt: skip


def read_claims(tables: Mapping[str, pd.DataFrame], names: Names) -> Claims:
    """Read the plan's tables. What is malformed is told in the checks and left out of the tables."""
    troubles = _Troubles()
    for extra in set(tables) - set(ROW_OF):
        troubles.note("column_unknown", f"table {extra}")
    return Claims({table: _read(tables.get(table), table, names, troubles) for table in ROW_OF}, troubles.checks())


def _read(found: pd.DataFrame | None, table: str, names: Names, troubles: _Troubles) -> pd.DataFrame:
    if not isinstance(found, pd.DataFrame):
        troubles.note("table_missing", f"table {table}")
        found = pd.DataFrame({column.name: [] for column in columns(table)})
    wanted = [column.name for column in columns(table)]
    if not len(found) and list(found.columns) == wanted:
        return _without_rows(table)
    for extra in [str(name) for name in found.columns[found.columns.duplicated()]] + [
        str(name) for name in found.columns if name not in wanted
    ]:
        troubles.note("column_unknown", f"{table}, column {extra}")
    found = found.loc[:, ~found.columns.duplicated()].reset_index(drop=True)
    clean = {}
    kept = np.ones(len(found), dtype=bool)
    for column in columns(table):
        if column.name not in found:
            troubles.note("table_missing", f"{table}, column {column.name}")
            kept &= column.name not in ROW_OF[table].key
            values: pd.Series = pd.Series([column.default] * len(found), dtype=object)
        else:
            values = found[column.name]
        clean[column.name], usable = _read_column(values, column, table, names, troubles)
        kept &= usable
    frame = pd.DataFrame(clean, index=found.index)
    frame = frame.loc[kept]
    repeated = frame.duplicated(list(ROW_OF[table].key))
    troubles.note_rows("row_repeated", table, ", ".join(ROW_OF[table].key), repeated.to_numpy())
    return frame.loc[~repeated].reset_index(drop=True)


@cache
def _without_rows(table: str) -> pd.DataFrame:
    """What reading gives where there is nothing to read, as in most tables of most plans; nobody writes into it."""
    return pd.DataFrame({column.name: pd.Series([], dtype=_read_as(column)) for column in columns(table)})


def _read_as(column: Column) -> type:
    if column.kind in FIGURES:
        return {"boolean": bool, "integer": np.intp}.get(column.kind, float)
    return np.intp if column.refers_to or column.name in UNREFERRED else object


def _read_column(
    values: pd.Series, column: Column, table: str, names: Names, troubles: _Troubles
) -> tuple[pd.Series, np.ndarray]:
    """The clean column, and which of its rows can be used at all."""
    if column.kind in FIGURES:
        return _read_figures(values, column, table, troubles)
    return _read_words(values, column, table, names, troubles)


def _are(values: pd.Series, kind: type | tuple[type, ...]) -> np.ndarray:
    """Whether each value is of a type, where a column mixes them."""
    return np.fromiter((isinstance(value, kind) for value in values.to_numpy(object)), bool, len(values))


def _read_figures(values: pd.Series, column: Column, table: str, troubles: _Troubles) -> tuple[pd.Series, np.ndarray]:
    if isinstance(values.dtype, np.dtype) and values.dtype.kind in "biuf":
        flag = np.full(len(values), values.dtype.kind == "b")
        numbers = values.to_numpy(float)
    else:
        flag = _are(values, (bool, np.bool_))
        figure = flag | _are(values, (int, float, np.integer, np.floating))
        numbers = pd.to_numeric(values.where(figure), errors="coerce").to_numpy(dtype=float, na_value=np.nan)
    wrong = ~np.isfinite(numbers) | (~flag if column.kind == "boolean" else flag)
    if column.minimum is not None:
        wrong |= numbers < column.minimum
    if column.maximum is not None:
        wrong |= numbers > column.maximum
    if column.kind == "integer":
        wrong |= numbers != np.floor(numbers)
    if not column.required:
        wrong &= values.notna().to_numpy(bool)
    troubles.note_rows("value_invalid", table, column.name, wrong)
    # A figure beyond all ranges would drown every sum in which it stands.
    usable = np.isfinite(numbers) & (np.abs(numbers) <= LARGEST_FIGURE)
    everywhere = np.ones(len(values), dtype=bool)
    if column.kind == "boolean":
        return pd.Series(np.where(usable, numbers, 0.0) != 0.0), everywhere
    if column.kind == "integer":
        return pd.Series(np.where(usable, numbers, 0.0).astype(np.intp)), usable
    return pd.Series(np.where(usable, numbers, 0.0 if column.required else np.nan)), everywhere


def _read_words(values: pd.Series, column: Column, table: str, names: Names, troubles: _Troubles) -> tuple[pd.Series, np.ndarray]:
    held = values.to_numpy(object)
    blank = np.asarray(pd.isna(held))
    word = ~blank if isinstance(values.dtype, pd.StringDtype) else _are(values, str)
    wrong = ~word if column.required else ~word & ~blank
    if column.choices:
        wrong |= word & ~values.isin(column.choices).to_numpy(bool)
    troubles.note_rows("value_invalid", table, column.name, wrong)
    text = held.copy()
    text[~word] = None
    target = next(iter(column.refers_to), UNREFERRED.get(column.name))
    if target is None:
        return pd.Series(text, dtype=object), ~wrong
    codes = names.codes(target, pd.Index(text, dtype=object))
    unknown = word & (codes < 0)
    troubles.note_rows("identifier_unknown", table, column.name, unknown)
    return pd.Series(codes), ~wrong & ~unknown


def missing_rows(claims: Claims, names: Names, owed: np.ndarray, others: Mapping[str, int], pumping_links: int) -> AuditCheck:
    """Whether the tables that list every case list them.

    `owed[o, season]`: obligations that hold in a season; `others`: how many rows further tables have in each
    period; `pumping_links`: links with a kind of energy.
    """
    size = names.size
    periods = size("stages") * size("seasons") * size("members")
    investments = claims["investments"]
    objectives = ["cost", "environmental_flow_deficit", *(f"below_rung_{rung}" for rung in range(1, 6))]
    expected = {
        "investments": investments["option"].nunique() * size("stages"),
        "village_plans": size("villages") * size("stages"),
        "collection_time": size("villages") * size("groups") * size("stages"),
        "assurance": size("villages") * size("stages"),
        "institutions": size("institutions") * size("stages"),
        "river": size("reaches") * periods,
        "use_deliveries": size("other_uses") * periods,
        "storage": size("reservoirs") * periods,
        "water_stress": size("sub_basins") * size("stages"),
        "groundwater": size("aquifers") * size("stages") * size("members"),
        "hazard_levels": size("hazards") * size("stages"),
        "risk": size("villages") * size("stages") * (size("hazards") > 0),
        "energy": pumping_links * size("stages"),
        "channel_balances": size("channels") * size("stages"),
        "objectives": len(objectives),
        **{table: rows * periods for table, rows in others.items()},
        "obligation_flows": int(owed.sum()) * size("stages") * size("members"),
    }
    found = {table: len(claims[table]) for table in expected}
    found["objectives"] = int(claims["objectives"]["objective"].isin(objectives).sum())
    flows = claims["obligation_flows"]
    found["obligation_flows"] = int(owed[flows["obligation"], flows["season"]].sum())
    lacking = np.array([expected[table] - found[table] for table in expected], dtype=float)
    return judge("row_missing", "Tables that list every case leave none out", lacking, COUNT,
                 lambda i: f"table {list(expected)[i]}")  # fmt: skip
