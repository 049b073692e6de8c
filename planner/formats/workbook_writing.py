"""Basin → XLSX workbook, and the workbook to fill in. Every text is written as text: none becomes a formula or a link."""

from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from planner.basin.basin import Basin
from planner.basin.field import Column
from planner.basin.horizon import Settings
from planner.basin.tables import ROW_OF, columns
from planner.formats.document import plain_values
from planner.formats.sheet_scan import ROWS_AT_MOST
from planner.formats.sheets import WIDEST, ExactSheet, fit_columns, new_book, write_row
from planner.formats.typed import empty_table
from planner.formats.workbook import KEY, VALUE

ROWS_TO_FILL = 10_000
CHARACTERS_AT_MOST, TITLE_AT_MOST = 255, 32  # of a list of choices and an error's text, and of its title


def write_workbook(basin: Basin) -> bytes:
    """The basin as an XLSX workbook: the sheet `basin` with the settings, and one sheet a table. Blank cells stay empty."""

    def rows(table: str) -> Iterable[Sequence[Any]]:
        frame = basin.tables.get(table, empty_table(table))
        return zip(*(plain_values(frame[column.name]) for column in columns(table)), strict=True)

    values = [getattr(basin.settings, column.name) for column in columns(Settings.table)]
    return _workbook(values, rows, with_help=False)


def template_workbook() -> bytes:
    """A workbook to fill in: every table with its header and one example row to replace.

    Each header says in a note what the column is, its unit and what is allowed; cells offer the choices and refuse numbers
    out of range.
    """
    examples = [column.example for column in columns(Settings.table)]
    return _workbook(examples, lambda table: [[column.example for column in columns(table)]], with_help=True)


def _workbook(
    settings: Sequence[Any],
    rows: Callable[[str], Iterable[Sequence[Any]]],
    *,
    with_help: bool,
) -> bytes:
    buffer = BytesIO()
    book = new_book(buffer, "Basin")
    bold = book.add_format({"bold": True})
    _settings_sheet(book, settings, bold, with_help=with_help)
    for table in ROW_OF:
        described = columns(table)
        sheet = book.add_worksheet(table, worksheet_class=ExactSheet)
        fit_columns(sheet, [column.name for column in described])
        sheet.freeze_panes(1, 1)
        if with_help:
            _guide(sheet, described)
        write_row(sheet, 0, [column.name for column in described], bold)
        for number, row in enumerate(rows(table), 1):
            write_row(sheet, number, row)
    book.close()
    return buffer.getvalue()


def _settings_sheet(book: xlsxwriter.Workbook, values: Sequence[Any], bold: Format, *, with_help: bool) -> None:
    sheet = book.add_worksheet(Settings.table, worksheet_class=ExactSheet)
    sheet.set_column(0, 1, WIDEST)
    described = columns(Settings.table)
    if with_help:
        for number, column in enumerate(described, 1):
            sheet.write_comment(number, 0, _help(column))
            _validate(sheet, column, number, number, 1)
    write_row(sheet, 0, [KEY, VALUE], bold)
    for number, (column, value) in enumerate(zip(described, values, strict=True), 1):
        write_row(sheet, number, [column.name, None if value == "" else value])


def _guide(sheet: Worksheet, described: Sequence[Column]) -> None:
    for at, column in enumerate(described):
        sheet.write_comment(0, at, _help(column), {"x_scale": 2})
        _validate(sheet, column, 1, min(ROWS_TO_FILL, ROWS_AT_MOST - 1), at)


def _help(column: Column) -> str:
    unit = f", {column.unit}" if column.unit else ""
    blank = "" if column.required else " May be blank." if column.default in (None, "") else f" Blank: {column.default}."
    about = f" {column.help}" if column.help else ""
    return f"{column.title}{unit}.{about} Allowed: {column.allowed}.{blank}"


def _validate(sheet: Worksheet, column: Column, first: int, last: int, at: int) -> None:
    """What a cell may hold, where a spreadsheet can say it."""
    rule = _rule(column)
    if rule is not None:
        said = {"error_title": column.title[:TITLE_AT_MOST], "error_message": column.allowed[:CHARACTERS_AT_MOST]}
        sheet.data_validation(first, at, last, at, rule | said)


def _rule(column: Column) -> dict[str, Any] | None:
    if column.kind == "boolean":
        return {"validate": "list", "source": ["true", "false"]}
    if column.kind == "choice":
        choices = list(column.choices)
        return {"validate": "list", "source": choices} if len(",".join(choices)) <= CHARACTERS_AT_MOST else None
    if column.kind not in ("number", "integer"):
        return None
    kind = "integer" if column.kind == "integer" else "decimal"
    low, high = column.minimum, column.maximum
    if low is not None and high is not None and not column.minimum_excluded and not column.maximum_excluded:
        return {"validate": kind, "criteria": "between", "minimum": low, "maximum": high}
    if low is not None:
        return {"validate": kind, "criteria": ">" if column.minimum_excluded else ">=", "value": low}
    return None if high is None else {"validate": kind, "criteria": "<" if column.maximum_excluded else "<=", "value": high}
