"""Figures of a plan put together: sums by district, means by group, counts by kind.

What a sum means depends on the unit, and `planner.plan.quantities` says it: water over the seasons becomes m³ a year, over
the members it is what is expected; persons and yearly amounts over the stages are means weighted by years; money is
summed. What stands in `by` is kept apart and is not put together.

- Members: the expectation is over the design members, for shortage over the stress members by their yearly frequency. A
  filter on members asks for those only, and scales their probabilities to sum to 1; with `member_kind` in `by`, each kind
  is taken with its own probabilities.
- Stages: a filter on stages asks for those only: the mean is over their years.
- `mean` weighs rows in the same way and keeps the unit; it is over the rows that the table has. `min` and `max` look at
  every row, `count` counts rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal, cast, get_args

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from planner.basin import Basin
from planner.basin.field import Column
from planner.checks.finding import Finding
from planner.formats.arrow import described
from planner.plan.derived import mapped
from planner.plan.quantities import COUNTED_AGAIN, DAILY, EXPECTED_OVER, RULES, YEARLY, has, measures_of, yearly
from planner.plan.query import Filter, Query, parse_query, query_columns, select
from planner.plan.query_findings import QueryError, asked, by_name, known_table, unknown
from planner.plan.tables import ROW_OF, columns

Function = Literal["sum", "mean", "min", "max", "count"]

FUNCTIONS: Final[tuple[Function, ...]] = get_args(Function)
BY_AT_MOST: Final = 10
ROWS: Final = replace(by_name(columns("objectives"))["order"], name="rows", title="Rows", help="", example=12)
_BASIN_TABLES: Final = {"stage": "stages", "season": "seasons", "member": "members"}
_NONE_IS_ZERO: Final = pc.ScalarAggregateOptions(min_count=0)


@dataclass(frozen=True)
class Aggregation:
    """A checked wish: a function of some measures of a table, for each combination of the columns in `by`."""

    table: str
    measures: tuple[str, ...]
    by: tuple[str, ...]
    function: Function
    filters: tuple[Filter, ...] = ()

    def put_together(self, column: str) -> bool:
        """Whether rows that differ in this column of the table are put together."""
        return has(self.table, column) and column not in self.by and f"{column}_title" not in self.by

    @property
    def results(self) -> tuple[Column, ...]:
        """The columns of the answer: those of `by`, then the measures, renamed where the unit changes."""
        known, measures = by_name(query_columns(self.table)), by_name(measures_of(self.table))
        figures = [self._result(measures[name]) for name in self.measures]
        return (*(known[name] for name in self.by), *(figures if self.function != "count" else [ROWS]))

    def _result(self, measure: Column) -> Column:
        if self.function != "sum" or not yearly(self.table, measure) or not self.put_together("season"):
            return measure
        return replace(measure, name=measure.name.removesuffix(DAILY) + YEARLY, unit=measure.unit.replace("/day", "/year"))


def parse_aggregation(
    table: str, measures: Sequence[str] = (), by: Sequence[str] = (), function: str = "sum", filters: Sequence[str] = ()
) -> Aggregation:
    """The wish in typed form. `filters` are those of `parse_query`; `count` takes no measures, all others at least one.

    Raises QueryError with all findings: unknown names, and sums that would count the same thing more than once.
    """
    known_table(table, ROW_OF)
    findings = [*_function_findings(table, function, measures), *_measure_findings(table, measures), *_by_findings(table, by)]
    conditions: tuple[Filter, ...] = ()
    try:
        conditions = parse_query(table, filters).filters
    except QueryError as error:
        findings += error.findings
    wish = Aggregation(table, tuple(measures), tuple(by), cast(Function, function), conditions)
    findings += _meaningless(wish)
    if findings:
        raise QueryError(findings)
    return wish


def aggregate(table: pa.Table, basin: Basin, wish: Aggregation) -> pa.Table:
    """One row for each combination that occurs, in the table's order; without `by` one row.

    `table` is the plan's table whole (`planner.plan.content.plan_table`). The columns are `wish.results`, each with title
    and unit. A sum of m³ a day over the seasons is named `…_m3_per_year`.
    """
    periods = [column for column in _BASIN_TABLES if has(wish.table, column)]
    needed = dict.fromkeys([*wish.by, *wish.measures, *periods, *table.column_names[:1]])
    rows = select(table, wish.table, Query(wish.filters, tuple(needed)), basin)
    return described(_grouped(rows, _figures(rows, basin, wish), wish), wish.results)


def _figures(rows: pa.Table, basin: Basin, wish: Aggregation) -> dict[str, pa.ChunkedArray]:
    """By name of the result, what is put together of each row; for a mean also its weight, after the name and a blank."""
    if wish.function == "count":
        return {ROWS.name: pa.array(np.ones(rows.num_rows, np.int64))}
    measures, figures = by_name(measures_of(wish.table)), {}
    for name, result in zip(wish.measures, wish.results[len(wish.by) :], strict=True):
        values = rows.column(name)
        if wish.function in ("sum", "mean"):
            weight = _weight(rows, measures[name], basin, wish)
            values = pc.multiply(values, weight)
            figures[f"{result.name} "] = weight
        figures[result.name] = values
    return figures


def _grouped(rows: pa.Table, figures: dict[str, pa.ChunkedArray], wish: Aggregation) -> pa.Table:
    """The figures put together by the columns in `by`, groups in the order in which they first occur."""
    joined = pa.table({**{name: rows.column(name) for name in wish.by}, **figures})
    how = wish.function if wish.function in ("min", "max") else "sum"
    options = None if how in ("min", "max") else _NONE_IS_ZERO
    grouped = joined.group_by(list(wish.by), use_threads=False).aggregate([(name, how, options) for name in figures])
    answer = {name: grouped.column(name) for name in wish.by}
    for result in wish.results[len(wish.by) :]:
        values = grouped.column(f"{result.name}_{how}")
        if wish.function == "mean":
            weight = grouped.column(f"{result.name} _{how}")
            values = pc.divide(values, pc.if_else(pc.equal(weight, 0.0), None, weight))
        answer[result.name] = values
    return pa.table(answer)


def _weight(rows: pa.Table, measure: Column, basin: Basin, wish: Aggregation) -> pa.ChunkedArray:
    """What each row counts when it is put together with rows of other stages, seasons and members."""
    weight = pa.chunked_array([pa.array(np.ones(rows.num_rows))])
    factors: dict[str, pd.Series] = {}
    if RULES[measure.unit].mean_over_stages and wish.put_together("stage"):
        years = _asked(basin, wish, "stage")["years"].astype(float)
        factors["stage"] = years / years.sum()
    if yearly(wish.table, measure) and wish.put_together("season"):
        factors["season"] = _asked(basin, wish, "season")["days"].astype(float)
    if wish.put_together("member"):
        factors["member"] = _probabilities(basin, wish)
    for column, factor in factors.items():
        weight = pc.multiply(weight, mapped(rows.column(column), factor, pa.float64()))
    return weight


def _probabilities(basin: Basin, wish: Aggregation) -> pd.Series:
    members = _asked(basin, wish, "member")
    probability: pd.Series = members["probability"]
    if any(condition.column in _about("member") for condition in wish.filters):
        return probability / probability.sum() if probability.sum() > 0 else probability
    if "member_kind" in wish.by:
        return probability
    return probability.where(members["kind"] == EXPECTED_OVER.get(wish.table, "design"), 0.0)


def _about(column: str) -> tuple[str, ...]:
    return column, f"{column}_title", f"{column}_kind"


def _asked(basin: Basin, wish: Aggregation, column: str) -> pd.DataFrame:
    """The basin's stages, seasons or members that the filters leave, by their name."""
    rows = basin.tables[_BASIN_TABLES[column]].set_index(column)
    conditions = tuple(condition for condition in wish.filters if condition.column in _about(column))
    names = pa.table({column: pa.array(rows.index.to_numpy(dtype=object), pa.string())})
    left = select(names, wish.table, Query(conditions, (column,)), basin)
    asked_for: pd.DataFrame = rows.loc[left.column(column).to_pylist()]
    return asked_for


def _function_findings(table: str, function: str, measures: Sequence[str]) -> list[Finding]:
    if function not in FUNCTIONS:
        return [unknown("query.function", "function", function, FUNCTIONS, "function")]
    if function == "count" and measures:
        return [asked("query.measure", "A count is of rows and takes no measure.", "measures", value=measures[0],
                      remedy="Leave the measures out.")]  # fmt: skip
    if function != "count" and not measures:
        allowed = ", ".join(c.name for c in measures_of(table))
        remedy = None if allowed else "This table has none: use count."
        return [asked("query.measure", "No measure is named.", "measures", allowed=allowed, remedy=remedy)]
    return []


def _measure_findings(table: str, measures: Sequence[str]) -> list[Finding]:
    known = by_name(measures_of(table))
    found = [
        unknown("query.measure", "measure", name, known, f"measures[{place}]")
        for place, name in enumerate(measures)
        if name not in known
    ]
    return found + _twice(measures, "measures")


def _by_findings(table: str, by: Sequence[str]) -> list[Finding]:
    known = [c.name for c in query_columns(table) if c.kind != "number"]
    found = [
        unknown("query.column", "column to group by", name, known, f"by[{place}]")
        for place, name in enumerate(by)
        if name not in known
    ]
    if len(by) > BY_AT_MOST:
        message = f"There are {len(by)} columns to group by."
        found.append(asked("query.too_many", message, "by", allowed=f"at most {BY_AT_MOST}"))
    return found + _twice(by, "by")


def _twice(names: Sequence[str], place: str) -> list[Finding]:
    twice = [name for name in dict.fromkeys(names) if list(names).count(name) > 1]
    return [asked("query.twice", f"{name} is named more than once.", place, value=name) for name in twice]


def _meaningless(wish: Aggregation) -> list[Finding]:
    """Sums in which the same water, money or person would be counted several times."""
    one: set[Any] = {condition.column for condition in wish.filters if condition.operator == "eq"}
    found = []
    for place, name in enumerate(wish.measures):
        within = COUNTED_AGAIN.get((wish.table, name))
        if wish.function == "sum" and within and wish.put_together(within) and within not in one:
            message = f"A sum of {name} over different values of {within} counts the same more than once."
            remedy = f"Add {within} to `by`, or use mean, min or max."
            found.append(asked("query.meaningless", message, f"measures[{place}]", value=name, remedy=remedy))
    return found
