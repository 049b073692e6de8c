"""Writing sheets of a workbook: every number with all its digits, every text as text, none as a formula or a link."""

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

EARLIEST = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)
NARROWEST, WIDEST = 10, 40
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "nan_inf_to_errors": False,
}


class ExactSheet(Worksheet):
    """A sheet whose numbers keep every digit; by itself XlsxWriter writes sixteen, and a float may need seventeen."""

    def _xml_number_element(self, number: Any, attributes: Sequence[tuple[str, Any]] = ()) -> None:
        given = "".join(f' {key}="{value}"' for key, value in attributes)
        self.fh.write(f"<c{given}><v>{number!r}</v></c>")


def new_book(buffer: BytesIO, title: str) -> xlsxwriter.Workbook:
    """A workbook that writes row after row to the buffer when it is closed: the same bytes for the same rows."""
    book = xlsxwriter.Workbook(buffer, OPTIONS)
    book.set_properties({"title": title, "created": EARLIEST})
    return book


def write_row(sheet: Worksheet, number: int, cells: Sequence[Any], style: Format | None = None) -> None:
    """One row from the first column on; None leaves a cell blank."""
    for at, cell in enumerate(cells):
        if isinstance(cell, str):
            sheet.write_string(number, at, cell, style)
        elif isinstance(cell, bool):
            sheet.write_boolean(number, at, cell, style)
        elif cell is not None:
            sheet.write_number(number, at, cell, style)


def fit_columns(sheet: Worksheet, names: Sequence[str]) -> None:
    """Columns as wide as their names, within reason."""
    for at, name in enumerate(names):
        sheet.set_column(at, at, min(max(len(name) + 2, NARROWEST), WIDEST))
