"""Columns of cells, of whatever format, → one typed table of a basin and what stands against it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pandas as pd

from planner.basin.field import Column
from planner.basin.tables import columns
from planner.checks.finding import Finding
from planner.checks.report import LISTED_AT_MOST, at_rows, did_you_mean, found, listed, more, shown
from planner.formats.cells import STRINGS, Cells, dtype_of, filled, read_cells

CODES_OF_CELLS = {
    "cell.blank": "The cell is blank, and a value is needed.",
    "cell.not_a_number": "'CELL' is not a number.",
    "cell.not_finite": "'CELL' is not a finite number.",
    "cell.not_an_integer": "'CELL' is not a whole number.",
    "cell.not_a_boolean": "'CELL' is neither true nor false.",
    "cell.not_a_text": "'CELL' is not a text.",
}


@dataclass(frozen=True)
class TableReading:
    """What came out of a file: a typed frame (None if no row could be told from another) and what stands against it.

    `unsound` names the columns with cells that could not be read; they hold harmless values there.
    """

    frame: pd.DataFrame | None
    findings: list[Finding]
    unsound: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Raw:
    """How the cells of a format are read: the raw column of a name (None if there is none), its values, its look.

    `read` gives the typed values, `seen` the cells as they may be shown in a finding.
    """

    column: Callable[[str], Any]
    read: Callable[[Any, Column], Cells]
    seen: Callable[[Any], Any]


def text_cells(column: Callable[[str], Any]) -> Raw:
    """Cells that are text: Arrow arrays in which a blank is null."""
    return Raw(column, read_cells, lambda cells: pd.array(cells, dtype=STRINGS))


def empty_table(table: str) -> pd.DataFrame:
    """A table without rows, every column with its dtype."""
    return _without_rows(table).copy(deep=False)  # copied when it is written to


@cache
def _without_rows(table: str) -> pd.DataFrame:
    return pd.DataFrame({c.name: pd.Series([], dtype=dtype_of(c)) for c in columns(table)})


def read_columns(table: str, header: Sequence[str], raw: Raw, labels: pd.Index) -> TableReading:
    """The table with every column of its row, in order; what the header lacks is filled with its default."""
    findings = header_findings(table, header)
    unsound = {f.column for f in findings if f.column and f.code in ("column.missing", "column.twice")}
    series = {}
    for column in columns(table):
        if column.name not in header:
            series[column.name] = filled(column, len(labels)).set_axis(labels)
            continue
        given = raw.column(column.name)
        cells = raw.read(given, column)
        series[column.name] = pd.Series(cells.values, index=labels, dtype=dtype_of(column), copy=False)
        if not cells.sound:
            unsound.add(column.name)
            findings += _cell_findings(table, column, raw.seen(given), cells, labels)
    return TableReading(pd.DataFrame(series, index=labels, copy=False), findings, frozenset(unsound))


def header_findings(table: str, header: Sequence[str]) -> list[Finding]:
    """Columns that the table does not have, that stand twice, or that are missing without a default."""
    known = [c.name for c in columns(table)]
    absent = [name for name in known if name not in header]
    unknown = [name for name in dict.fromkeys(header) if name not in known]
    findings = [_unknown(table, name, known, absent) for name in unknown[:LISTED_AT_MOST]]
    findings += more("column.unknown", table, None, [1] * len(unknown[LISTED_AT_MOST:]))
    for name in known:
        if header.count(name) > 1:
            message = f"The column {name} stands {header.count(name)} times in the header."
            findings.append(found("column.twice", message, table=table, row=1, column=name))
    for column in columns(table):
        if column.required and column.name in absent:
            message = f"The column {column.name} is missing."
            findings.append(found("column.missing", message, table=table, row=1, column=column.name, allowed=column.allowed))
    return findings


def _unknown(table: str, name: str, known: list[str], absent: Iterable[str]) -> Finding:
    remedy = did_you_mean(name, absent or known)
    return found(
        "column.unknown",
        f"The table has no column {shown(name)!r}.",
        table=table,
        row=1,
        column=shown(name),
        value=name,
        allowed=listed(known, 40),
        remedy=remedy and f"{remedy} Otherwise leave the column out.",
    )


def _cell_findings(table: str, column: Column, seen: Any, cells: Cells, labels: pd.Index) -> list[Finding]:
    frame = pd.DataFrame({column.name: seen}, index=labels)
    findings = []
    for code, mask in cells.wrong.items():
        findings += at_rows(
            code,
            table,
            frame,
            mask,
            CODES_OF_CELLS[code].replace("CELL", f"{{{column.name}}}"),
            column=column.name,
            allowed=column.allowed,
        )
    return findings
