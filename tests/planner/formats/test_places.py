"""A finding says its place as the reader of each format counts."""

import pytest

from planner.checks.finding import Finding
from planner.formats.places import column_letters, located

CELL = Finding("cell.blank", "error", "Blank.", "villages", 5, "latitude")


def test_a_cell_is_named_in_each_format() -> None:
    assert located(CELL, "csv") == "villages.csv, line 5, latitude"
    assert located(CELL, "json") == "/villages/3/latitude"
    assert located(CELL, "workbook") == "Sheet villages, cell E5"
    assert located(CELL, "workbook", {"villages": ["latitude", "village"]}) == "Sheet villages, cell A5"


@pytest.mark.parametrize(
    ("row", "column", "pointer", "cell"),
    [
        (None, None, "/villages", "Sheet villages"),
        (None, "latitude", "/villages", "Sheet villages, column E"),
        (7, None, "/villages/5", "Sheet villages, row 7"),
        (1, "latitude", "/villages", "Sheet villages, cell E1"),
        (7, "a/b~c", "/villages/5/a~1b~0c", "Sheet villages, row 7"),
    ],
)
def test_rows_columns_and_whole_tables_are_named(row: int | None, column: str | None, pointer: str, cell: str) -> None:
    finding = Finding("x", "error", "", "villages", row, column)
    assert located(finding, "json") == pointer
    assert located(finding, "workbook") == cell


def test_settings_have_their_own_place() -> None:
    finding = Finding("settings.value", "error", "", "basin", 4, "base_year")
    assert located(finding, "json") == "/basin/base_year"
    assert located(finding, "workbook") == "Sheet basin, cell B4"


def test_a_place_of_another_format_is_not_taken_over() -> None:
    finding = Finding("x", "error", "", "villages", 5, "latitude", where="Sheet villages, cell A5")
    assert finding.place == "Sheet villages, cell A5"
    assert located(finding, "csv") == "villages.csv, line 5, latitude"


def test_columns_of_a_sheet_are_counted_in_letters() -> None:
    assert [column_letters(n) for n in (0, 25, 26, 51, 52, 701, 702, 16_383)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD"]
