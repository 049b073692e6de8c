"""Workbooks as lists of cells, to be changed and written by the tests."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter

from planner.basin import Basin
from planner.formats.document import document_of

Sheets = dict[str, list[list[Any]]]
Written = Callable[[Any, int, int], Any]


def sheets_of(basin: Basin) -> Sheets:
    """Every sheet of a basin's workbook, a header and its rows."""
    document = document_of(basin)
    sheets: Sheets = {"basin": [["key", "value"], *([key, value] for key, value in document.pop("basin").items())]}
    for table, rows in document.items():
        if rows:
            sheets[table] = [list(rows[0]), *(list(row.values()) for row in rows)]
    return sheets


def formula(text: str, result: Any) -> Written:
    """A cell with a formula and the result that a spreadsheet kept."""
    return lambda sheet, row, column: sheet.write_formula(row, column, text, None, result)


def workbook(sheets: Sheets) -> bytes:
    """The cells as a workbook; a cell that is callable writes itself."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"strings_to_formulas": False, "strings_to_urls": False})
    days = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if callable(cell):
                    cell(sheet, at, column)
                elif isinstance(cell, date):
                    sheet.write_datetime(at, column, cell, days)
                elif cell is not None:
                    sheet.write(at, column, cell)
    book.close()
    return buffer.getvalue()
