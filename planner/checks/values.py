"""Columns and values of each table on its own: dtypes, blanks, ranges, choices, identifiers, lengths."""

from collections.abc import Iterator
from functools import partial
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from planner.basin.basin import Basin
from planner.basin.field import IDENTIFIER_PATTERN, Column
from planner.basin.tables import ROW_OF, columns
from planner.checks.finding import Finding
from planner.checks.remembered import Remembered
from planner.checks.report import Mask, at_rows, did_you_mean, found, shown

IDENTIFIER_AT_MOST = 100
LINE_BREAK = "[\r\n]"
# What neither a workbook nor a page can hold: control characters other than the tab, and two that are no characters.
CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x{fffe}\x{ffff}]"


def check_values(basin: Basin) -> Iterator[Finding]:
    """Everything about single tables of a basin that was not read from files, but made in memory."""
    for table in basin.tables:
        if table not in ROW_OF:
            yield found("table.unknown", f"There is no table {table}.", table=table, remedy=did_you_mean(table, ROW_OF))
    for table in ROW_OF:
        yield from _OF_TABLE[table](basin)


def _of_table(table: str, basin: Basin) -> Iterator[Finding]:
    if table not in basin.tables:
        yield found("table.missing", f"The table {table} is missing.", table=table)
        return
    frame = basin.tables[table]
    yield from _columns(table, frame)
    for column in columns(table) if len(frame) else ():
        if column.name in frame.columns and _right_dtype(frame[column.name], column):
            yield from blanks(table, frame, column)
            yield from outside(table, frame, column)


_OF_TABLE: Final = {table: Remembered(partial(_of_table, table)) for table in ROW_OF}


def _columns(table: str, frame: pd.DataFrame) -> Iterator[Finding]:
    known = {column.name: column for column in columns(table)}
    for name in frame.columns:
        if name not in known:
            message = f"The table has no column {shown(name)!r}."
            remedy = did_you_mean(str(name), known)
            yield found("column.unknown", message, table=table, row=1, column=str(name), value=name, remedy=remedy)
    for name, column in known.items():
        if name not in frame.columns:
            message = f"The column {name} is missing."
            yield found("column.missing", message, table=table, row=1, column=name, allowed=column.allowed)
        elif not _right_dtype(frame[name], column) and frame[name].notna().any():
            message = f"The column {name} is kept as {frame[name].dtype}."
            yield found("column.kind", message, table=table, row=1, column=name, value=frame[name].dtype,
                        allowed=column.allowed)  # fmt: skip


def _right_dtype(series: pd.Series, column: Column) -> bool:
    if column.kind in ("text", "identifier", "choice"):
        return isinstance(series.dtype, pd.StringDtype)
    return {"number": "f", "integer": "i", "boolean": "b"}[column.kind] == series.dtype.kind


def blanks(table: str, frame: pd.DataFrame, column: Column) -> list[Finding]:
    """Missing values where a value is needed, and numbers that are not finite."""
    series = frame[column.name]
    may_be_blank = not column.required and column.default in (None, "")
    findings = []
    if not may_be_blank:
        findings += at_rows(
            "cell.blank",
            table,
            frame,
            series.isna(),
            lambda p: "The cell is blank, and a value is needed.",
            column=column.name,
            allowed=column.allowed,
        )
    if column.kind == "number":
        infinite = np.isinf(series.to_numpy(dtype=float))
        findings += at_rows("cell.not_finite", table, frame, infinite, lambda p: "The number is not finite.",
                            column=column.name, allowed=column.allowed)  # fmt: skip
    return findings


def outside(table: str, frame: pd.DataFrame, column: Column) -> list[Finding]:
    """Values of the right type that the column does not allow; missing values are not looked at."""
    if not len(frame):
        return []
    if column.kind in ("number", "integer"):
        return _out_of_range(table, frame, column)
    if column.kind == "boolean":
        return []
    text = pa.array(frame[column.name], from_pandas=True)
    if column.kind == "choice":
        return _not_a_choice(table, frame, column, text)
    findings = []
    limit = column.max_length or IDENTIFIER_AT_MOST
    if column.kind == "identifier":
        wrong = ~_mask(pc.match_substring_regex(text, f"^{IDENTIFIER_PATTERN}$"), if_missing=True)
        findings += at_rows(
            "cell.identifier",
            table,
            frame,
            wrong,
            lambda p: _says(frame, column, p, "is not an identifier."),
            column=column.name,
            allowed=column.allowed,
        )
    else:
        broken = _mask(pc.match_substring_regex(text, LINE_BREAK))
        findings += at_rows("cell.line_break", table, frame, broken, lambda p: "The text runs over more than one line.",
                            column=column.name, allowed="text on one line")  # fmt: skip
        control = _mask(pc.match_substring_regex(text, CONTROL))
        findings += at_rows("cell.control_character", table, frame, control, "The text has a control character.",
                            column=column.name, allowed="printable text")  # fmt: skip
    long = _mask(pc.greater(pc.utf8_length(text), limit))
    findings += at_rows("cell.too_long", table, frame, long, lambda p: f"The text has more than {limit} characters.",
                        column=column.name, allowed=f"at most {limit} characters")  # fmt: skip
    return findings


def _out_of_range(table: str, frame: pd.DataFrame, column: Column) -> list[Finding]:
    values = frame[column.name].to_numpy()
    wrong = np.zeros(len(values), dtype=bool)
    if column.minimum is not None:
        wrong |= values <= column.minimum if column.minimum_excluded else values < column.minimum
    if column.maximum is not None:
        wrong |= values >= column.maximum if column.maximum_excluded else values > column.maximum
    if column.kind == "number":
        wrong &= np.isfinite(values)
    return at_rows("cell.out_of_range", table, frame, wrong, lambda p: _says(frame, column, p, "is out of range."),
                   column=column.name, allowed=column.allowed)  # fmt: skip


def _not_a_choice(table: str, frame: pd.DataFrame, column: Column, text: Any) -> list[Finding]:
    wrong = ~_mask(pc.is_in(text, value_set=pa.array(column.choices, type=text.type)), if_missing=True)
    wrong &= ~_mask(pc.is_null(text))
    return at_rows("cell.choice", table, frame, wrong, lambda p: _says(frame, column, p, "is not one of the choices."),
                   column=column.name, allowed=column.allowed,
                   remedy=lambda p: did_you_mean(str(frame[column.name].iloc[p]), column.choices))  # fmt: skip


def _says(frame: pd.DataFrame, column: Column, position: int, what: str) -> str:
    return f"'{shown(frame[column.name].iloc[position])}' {what}"


def _mask(values: Any, if_missing: bool = False) -> Mask:
    return np.asarray(pc.fill_null(values, if_missing).to_numpy(zero_copy_only=False), dtype=bool)
