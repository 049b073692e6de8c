"""A plan as an XLSX workbook: what it may claim first, then one sheet a table.

Every text is stored as a text, which a spreadsheet never runs; one that begins like a formula also carries the mark that
keeps it a text when somebody edits its cell. Unlike in CSV, no text needs an apostrophe of its own.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

import pyarrow as pa
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from planner.basin.field import Column
from planner.formats.sheet_scan import ROWS_AT_MOST
from planner.formats.sheets import ExactSheet, fit_columns, new_book, write_row
from planner.plan.content import plan_table
from planner.plan.exports.text import BEGINS_A_FORMULA
from planner.plan.indicators import indicators
from planner.plan.plan import Plan
from planner.plan.query import query_columns
from planner.plan.query_findings import by_name
from planner.plan.tables import ROW_OF
from planner.plan.verdict import is_result
from planner.plan.words import count, dated

FIRST_SHEET: Final = "plan"
WIDTHS: Final = (60, 18, 24, 18, 24, 40)
CHECKS: Final = ("Check of the audit", "Passed", "Worst violation", "Tolerated", "Unit", "Where")
INDICATORS: Final = ("Indicator", "Value", "Unit", "Better", "Subject", "Name")
ASSUMPTIONS: Final = ("Assumption", "Value", "Unit", "Low", "High", "Why")

Cells = Sequence[Any]


@dataclass(frozen=True)
class _Heading:
    """A row of the first sheet that heads others."""

    cells: Cells


def plan_workbook(plan: Plan) -> bytes:
    """The workbook: a first sheet with verdict, status, audit, indicators and assumptions, and a sheet for each table.

    Each header says title, unit and meaning of its column in a note. A table longer than a sheet goes on in the next. The
    indicators of a plan whose audit failed are left out: they are no results. Equal plans give equal bytes.
    """
    buffer = BytesIO()
    book = new_book(buffer, f"{plan.basin.settings.title}: {plan.scenario.label}")
    bold, quoted = book.add_format({"bold": True}), book.add_format({"quote_prefix": True})
    first = book.add_worksheet(FIRST_SHEET, worksheet_class=ExactSheet)
    for at, width in enumerate(WIDTHS):
        first.set_column(at, at, width)
    for number, row in enumerate(_first_sheet(plan)):
        if isinstance(row, _Heading):
            write_row(first, number, row.cells, bold)
        else:
            _write(first, number, row, quoted)
    for name in ROW_OF:
        _table_sheets(book, name, plan_table(plan.tables, name), bold, quoted)
    book.close()
    return buffer.getvalue()


def _first_sheet(plan: Plan) -> Iterator[Cells | _Heading]:
    settings, checks = plan.basin.settings, plan.audit.checks
    passed = sum(check.passed for check in checks)
    yield _Heading((f"{settings.title}: {plan.scenario.label}",))
    yield (plan.verdict,)
    yield "Status of the solver", plan.status
    yield "Audit", f"{passed} of {count(len(checks), 'check')} passed"
    yield "Money", f"USD of {settings.base_year}"
    yield ()
    if is_result(plan):
        yield _Heading(INDICATORS)
        for i in indicators(plan):
            yield i.title, i.value, dated(i.unit, settings.base_year), i.better, i.group, i.name
        yield ()
    yield _Heading(CHECKS)
    for check in checks:
        yield check.title, check.passed, check.worst, check.tolerance, check.unit, check.place
    yield ()
    assumptions = plan.basin.tables["assumptions"]
    yield (f"The plan rests on {count(len(assumptions), 'figure')} that nobody measured. Another value may give another plan.",)
    yield _Heading(ASSUMPTIONS)
    shown = assumptions[["title", "value", "unit", "low", "high", "why"]].astype(object)
    yield from shown.where(shown.notna(), None).itertuples(index=False, name=None)


def table_workbook(name: str, table: pa.Table) -> bytes:
    """A workbook of one table of a plan, or of what a question to it gave: one sheet, or several where it is long."""
    buffer = BytesIO()
    book = new_book(buffer, name)
    _table_sheets(book, name, table, book.add_format({"bold": True}), book.add_format({"quote_prefix": True}))
    book.close()
    return buffer.getvalue()


def _table_sheets(book: xlsxwriter.Workbook, name: str, table: pa.Table, bold: Format, quoted: Format) -> None:
    at_most = ROWS_AT_MOST - 1
    known = by_name(query_columns(name))
    for part, start in enumerate(range(0, max(table.num_rows, 1), at_most), 1):
        sheet = book.add_worksheet(name if part == 1 else f"{name} ({part})", worksheet_class=ExactSheet)
        described = [known[column] for column in table.column_names]
        fit_columns(sheet, [column.name for column in described])
        sheet.freeze_panes(1, 0)
        for at, column in enumerate(described):
            sheet.write_comment(0, at, _note(column), {"x_scale": 2})
        write_row(sheet, 0, [column.name for column in described], bold)
        for number, row in enumerate(_rows(table.slice(start, at_most)), 1):
            _write(sheet, number, row, quoted)


def _rows(table: pa.Table) -> Iterator[Cells]:
    for batch in table.to_batches(max_chunksize=10_000):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _note(column: Column) -> str:
    unit = f", {column.unit}" if column.unit else ""
    return f"{column.title}{unit}. {column.help}".rstrip()


def _write(sheet: Worksheet, number: int, cells: Cells, quoted: Format) -> None:
    """A row of data. A text that begins like a formula is marked as text; a number that is none stays blank."""
    plain = [None if _unwritable(cell) or _risky(cell) else cell for cell in cells]
    write_row(sheet, number, plain)
    for at, cell in enumerate(cells):
        if _risky(cell):
            sheet.write_string(number, at, cell, quoted)


def _unwritable(cell: Any) -> bool:
    return isinstance(cell, float) and not math.isfinite(cell)


def _risky(cell: Any) -> bool:
    return isinstance(cell, str) and re.match(BEGINS_A_FORMULA, cell) is not None
