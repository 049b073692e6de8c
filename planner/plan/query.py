"""Questions to a plan's table: which rows, which columns, in which order.

A question is text, as it stands in an address: filters `column:operator:value`, names of columns, and an order such as
`-persons`. It is checked against the table's columns before anything is read.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

import pyarrow as pa
import pyarrow.compute as pc

from planner.basin import Basin
from planner.basin.field import IDENTIFIER_PATTERN, Column
from planner.checks.finding import Finding
from planner.checks.report import did_you_mean
from planner.plan.derived import derived_columns, with_derived
from planner.plan.query_findings import QueryError, asked, by_name, known_table, unknown
from planner.plan.tables import ROW_OF, columns

Operator = Literal["eq", "ne", "lt", "le", "gt", "ge", "in", "blank", "present"]

OPERATORS: Final[tuple[Operator, ...]] = get_args(Operator)
OF_NAMES: Final[tuple[Operator, ...]] = ("eq", "ne", "in", "blank", "present")
OPERATORS_OF: Final[dict[str, tuple[Operator, ...]]] = {
    "identifier": OF_NAMES,
    "text": OF_NAMES,
    "choice": OF_NAMES,
    "boolean": ("eq", "ne", "blank", "present"),
    "integer": OPERATORS,
    "number": OPERATORS,
}
FILTERS_AT_MOST: Final = 50
VALUES_AT_MOST: Final = 1000
_WITHOUT_VALUE: Final = ("blank", "present")
_COMPARE: Final = {
    "eq": pc.equal, "ne": pc.not_equal, "lt": pc.less, "le": pc.less_equal, "gt": pc.greater, "ge": pc.greater_equal,
}  # fmt: skip
_NUMBER: Final = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,4})?", re.ASCII)
_INTEGER: Final = re.compile(r"[+-]?\d{1,18}", re.ASCII)


@dataclass(frozen=True)
class Filter:
    """Rows whose cell in a column compares so with the value (with one of the values for `in`)."""

    column: str
    operator: Operator
    values: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Sort:
    """An order by a column; rows without a value are last in either direction."""

    column: str
    descending: bool = False


@dataclass(frozen=True)
class Query:
    """A checked question. Every filter must hold; no columns means all that the table has; the first sort counts most."""

    filters: tuple[Filter, ...] = ()
    columns: tuple[str, ...] = ()
    sort: tuple[Sort, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every column that the question names, once."""
        named = (*(f.column for f in self.filters), *self.columns, *(s.column for s in self.sort))
        return tuple(dict.fromkeys(named))


def query_columns(table: str) -> tuple[Column, ...]:
    """The columns that a question about a plan's table may name: its own, then those derived from the basin."""
    return (*columns(table), *derived_columns(table))


def parse_query(table: str, filters: Sequence[str] = (), columns: Sequence[str] = (), sort: Sequence[str] = ()) -> Query:
    """The question in typed form.

    A filter is `column:operator:value`: `persons:ge:100`, `village:in:hilltop,riverside`, `train:blank`. Operators are
    eq, ne, lt, le, gt, ge, in, blank and present; names, texts and choices have no lt, le, gt, ge. A blank cell differs
    from every value. An order is a column, with `-` before it for the largest first. Raises QueryError with all findings.
    """
    known_table(table, ROW_OF)
    reader = _Reader(table)
    if len(filters) > FILTERS_AT_MOST:
        message = f"There are {len(filters)} filters."
        raise QueryError([asked("query.too_many", message, "filter", allowed=f"at most {FILTERS_AT_MOST}")])
    read = [reader.filter(text, f"filter[{place}]") for place, text in enumerate(filters)]
    named = [reader.column(name, f"columns[{place}]") for place, name in enumerate(columns)]
    ordered = [reader.sort(text, f"sort[{place}]") for place, text in enumerate(sort)]
    reader.once("columns", [c.name for c in named if c])
    reader.once("sort", [s.column for s in ordered if s])
    if reader.findings:
        raise QueryError(reader.findings)
    return Query(tuple(f for f in read if f), tuple(c.name for c in named if c), tuple(s for s in ordered if s))


def select(table: pa.Table, name: str, query: Query, basin: Basin | None = None) -> pa.Table:
    """The rows and columns of a plan's table that a question asks for.

    Derived columns that it names are looked up in the basin. Rows that the order leaves equal stay in the table's order.
    Raises QueryError where a column is neither in the table nor, without a basin, to be looked up.
    """
    kept = query.columns or tuple(table.column_names)
    absent = [column for column in query.names if column not in table.column_names]
    if absent and basin is not None:
        table = with_derived(name, table, basin, absent)
    elif absent:
        raise QueryError([unknown("query.column", "column", absent[0], table.column_names, "columns")])
    if query.filters:
        mask = _holds(table, query.filters[0])
        for condition in query.filters[1:]:
            mask = pc.and_(mask, _holds(table, condition))
        table = table.filter(mask)
    if query.sort:
        keys = [(s.column, "descending" if s.descending else "ascending") for s in query.sort]
        # Arrow's order is stable, and puts nulls at the end in either direction.
        table = table.take(pc.sort_indices(table, sort_keys=keys))
    return table.select(kept)


def _holds(table: pa.Table, condition: Filter) -> pa.ChunkedArray:
    """Whether the condition holds for each row; never null."""
    cells = table.column(condition.column)
    if condition.operator == "blank":
        return pc.is_null(cells)
    if condition.operator == "present":
        return pc.is_valid(cells)
    if condition.operator == "in":
        return pc.is_in(cells, value_set=pa.array(condition.values, type=cells.type))
    compared = _COMPARE[condition.operator](cells, pa.scalar(condition.values[0], type=cells.type))
    return pc.fill_null(compared, condition.operator == "ne")


class _Reader:
    """Reads the parts of a question and collects what is wrong with them."""

    def __init__(self, table: str) -> None:
        self.table, self.known = table, by_name(query_columns(table))
        self.findings: list[Finding] = []

    def column(self, name: str, place: str) -> Column | None:
        if name not in self.known:
            self.findings.append(unknown("query.column", "column", name, self.known, place))
        return self.known.get(name)

    def sort(self, text: str, place: str) -> Sort | None:
        column = self.column(text.removeprefix("-"), place)
        return Sort(column.name, text.startswith("-")) if column else None

    def once(self, place: str, names: list[str]) -> None:
        for name in dict.fromkeys(names):
            if names.count(name) > 1:
                message = f"The column {name} is named {names.count(name)} times."
                self.findings.append(asked("query.twice", message, place, value=name))

    def filter(self, text: str, place: str) -> Filter | None:
        name, _, rest = text.partition(":")
        operator, colon, value = rest.partition(":")
        column = self.column(name, place)
        if column is None:
            return None
        if operator not in OPERATORS_OF[column.kind]:
            self.findings.append(self._operator(column, operator, place))
            return None
        if operator in _WITHOUT_VALUE:
            if value:
                message = f"The operator {operator} takes no value."
                self.findings.append(asked("query.form", message, place, value=text,
                                           remedy=f"Write {name}:{operator}."))  # fmt: skip
            return Filter(column.name, operator)
        if not colon:
            message = "The filter has no value."
            self.findings.append(asked("query.form", message, place, value=text))
            return None
        texts = value.split(",") if operator == "in" else [value]
        if len(texts) > VALUES_AT_MOST:
            message = f"The filter names {len(texts)} values."
            allowed = f"at most {VALUES_AT_MOST}"
            self.findings.append(asked("query.too_many", message, place, allowed=allowed))
            return None
        values = [self._value(column, one, place) for one in texts]
        return Filter(column.name, operator, tuple(values))

    def _operator(self, column: Column, operator: str, place: str) -> Finding:
        fitting = OPERATORS_OF[column.kind]
        known = operator in OPERATORS
        message = (
            f"{column.name} is {_NOUNS[column.kind]}, which has no {operator}."
            if known
            else f"There is no operator {operator[:40]!r}."
        )
        remedy = None if known else did_you_mean(operator, fitting)
        return asked("query.operator" if operator else "query.form", message, place, value=operator,
                     allowed=f"one of {', '.join(fitting)}", remedy=remedy)  # fmt: skip

    def _value(self, column: Column, text: str, place: str) -> Any:
        value = _READ[column.kind](text)
        if value is None or (column.kind == "choice" and text not in column.choices):
            message = f"The value of {column.name} is not {_NOUNS[column.kind]}."
            remedy = did_you_mean(text, column.choices) if column.choices else None
            self.findings.append(asked("query.value", message, place, value=text,
                                       allowed=_allowed(column), remedy=remedy))  # fmt: skip
        return value


def _allowed(column: Column) -> str:
    """What a filter may compare a column with; a number may lie outside the range that its cells keep to."""
    plain = {"number": "a finite number", "integer": "a whole number"}
    return plain.get(column.kind) or column.allowed


def _number(text: str) -> float | None:
    value = float(text) if _NUMBER.fullmatch(text) else math.nan
    return value if math.isfinite(value) else None


def _integer(text: str) -> int | None:
    return int(text) if _INTEGER.fullmatch(text) else None


def _name(text: str) -> str | None:
    return text if re.fullmatch(IDENTIFIER_PATTERN, text) else None


_READ: Final[dict[str, Any]] = {
    "number": _number,
    "integer": _integer,
    "boolean": {"true": True, "false": False}.get,
    "identifier": _name,
    "choice": str,
    "text": str,
}
_NOUNS: Final = {
    "number": "a finite number",
    "integer": "a whole number",
    "boolean": "true or false",
    "identifier": "a name",
    "choice": "one of its choices",
    "text": "a text",
}
