"""A workbook is a basin, and says by sheet and cell where it is not."""

import re
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import load_workbook

from datasets.cases import find
from datasets.synthetic import make
from planner.basin import Basin
from planner.basin.tables import ROW_OF, columns
from planner.checks import Finding
from planner.formats.cells import STRINGS
from planner.formats.workbook import read_workbook
from planner.formats.workbook_writing import template_workbook, write_workbook
from tests.planner.formats.sheets import Sheets, formula, sheets_of, workbook


@pytest.fixture
def basin(small_basin: Path) -> Basin:
    return Basin.read(small_basin)


@pytest.fixture
def sheets(basin: Basin) -> Sheets:
    return sheets_of(basin)


def errors_of(data: bytes) -> list[Finding]:
    basin, findings = read_workbook(data)
    assert all(finding.remedy for finding in findings)
    wrong = [finding for finding in findings if finding.severity == "error"]
    assert basin is None or not wrong
    return wrong


@pytest.mark.parametrize("basin", [*(Basin.read(find(name)) for name in ("tutorial", "ratanakiri")), make(40, 5)],
                         ids=["tutorial", "ratanakiri", "synthetic"])  # fmt: skip
def test_a_basin_is_read_back_equal_from_its_workbook(basin: Basin) -> None:
    again, _ = read_workbook(write_workbook(basin))
    assert again is not None
    assert again.settings == basin.settings
    for table in ROW_OF:
        assert again.tables[table].equals(basin.tables[table]), table


def test_every_table_has_a_name_that_a_sheet_may_have() -> None:
    assert all(len(table) <= 31 for table in ROW_OF)


titles = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters="\ufffe\uffff"),
                 min_size=1, max_size=30)  # fmt: skip
dangerous = st.sampled_from(["=1+1", "+1", "-1", "@x", "\tx", "=HYPERLINK(0)", "https://a.b", "_x0041_", " x ", "<&>\"'", "{=1}"])


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.one_of(titles, dangerous), min_size=3, max_size=3), st.floats(-90, 90))
def test_text_stays_text_and_numbers_keep_every_digit(basin: Basin, words: list[str], latitude: float) -> None:
    villages = basin.tables["villages"].assign(title=pd.array(words, dtype=STRINGS), latitude=latitude)
    data = write_workbook(Basin(basin.settings, {**basin.tables, "villages": villages}))
    again, _ = read_workbook(data)
    assert again is not None
    pd.testing.assert_frame_equal(again.tables["villages"], villages, check_exact=True)
    with zipfile.ZipFile(BytesIO(data)) as parts:
        assert not any(b"<f>" in parts.read(name) or b"hyperlink" in parts.read(name) for name in parts.namelist())


def test_a_workbook_is_always_the_same(basin: Basin) -> None:
    assert write_workbook(basin) == write_workbook(basin)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("north", "cell.not_a_number"), (True, "cell.not_a_number"), (date(2026, 1, 2), "cell.not_a_number"),
        (None, "cell.blank"), (91, "cell.out_of_range"), (formula("=1/0", "#DIV/0!"), "cell.fault"),
        (formula("=90+2", 92), "cell.out_of_range"), ("1e400", "cell.not_finite"),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_found_by_sheet_and_cell(sheets: Sheets, cell: Any, code: str) -> None:
    at = sheets["villages"][0].index("latitude")
    sheets["villages"][2][at] = cell
    assert [(f.code, f.place) for f in errors_of(workbook(sheets))] == [(code, "Sheet villages, cell E3")]


def test_cells_are_counted_in_the_order_of_the_sheet(sheets: Sheets) -> None:
    sheets["villages"] = [row[::-1] for row in sheets["villages"]]
    sheets["villages"][1][1] = 91
    assert [f.place for f in errors_of(workbook(sheets))] == ["Sheet villages, cell B2"]


def test_formulas_give_the_result_that_was_kept(sheets: Sheets) -> None:
    at = sheets["villages"][0].index("elevation_m")
    sheets["villages"][1][at] = formula("=200+80", 280)
    sheets["villages"][2][at] = "210.5"
    basin, findings = read_workbook(workbook(sheets))
    assert findings == []
    assert basin is not None
    assert basin.tables["villages"]["elevation_m"].tolist()[:2] == [280.0, 210.5]


def test_a_formula_without_a_result_is_found(sheets: Sheets) -> None:
    data = workbook(sheets | {"villages": [[formula("=A1", 5) if c == "Hilltop" else c for c in r] for r in sheets["villages"]]})
    parts = _parts(data)
    name = next(n for n, text in parts.items() if b"<f>" in text)
    parts[name] = re.sub(rb"(</f>)<v>.*?</v>", rb"\1", parts[name])
    assert [(f.code, f.place) for f in errors_of(_packed(parts))] == [("cell.fault", "Sheet villages, cell B2")]


def test_names_that_are_numbers_are_names(sheets: Sheets) -> None:
    for rows in sheets.values():
        for row in rows[1:]:
            row[:] = [7 if cell == "hilltop" else cell for cell in row]
    basin, findings = read_workbook(workbook(sheets))
    assert [f for f in findings if f.severity == "error"] == []
    assert basin is not None
    assert "7" in basin.tables["villages"]["village"].tolist()


def test_empty_rows_columns_and_other_sheets_are_passed_over(sheets: Sheets, basin: Basin) -> None:
    header, *rows = sheets["villages"]
    sheets["villages"] = [[*header, None], [None], *rows]
    sheets["Notes"] = [["bring water"]]
    sheets["Sheet1"] = []
    sheets["Stages "] = sheets.pop("stages")
    again, findings = read_workbook(workbook(sheets))
    assert [(f.code, f.value) for f in findings] == [("workbook.sheet_unknown", "Notes")]
    assert again is not None
    assert again.tables["villages"].reset_index(drop=True).equals(basin.tables["villages"])


def test_missing_sheets_headers_and_settings_are_found(sheets: Sheets) -> None:
    del sheets["stages"]
    sheets["villages"] = []
    sheets["basin"][5][1] = "many"
    sheets["basin"].append(["mood", "good"])
    found = {(f.code, f.place) for f in errors_of(workbook(sheets))}
    assert {("table.missing", "Sheet stages"), ("table.header", "Sheet villages, row 1")} <= found
    assert {
        ("settings.value", "Sheet basin, cell B6"),
        ("settings.unknown_key", f"Sheet basin, cell B{len(sheets['basin'])}"),
    } <= found


def test_the_template_reads_and_lacks_only_what_one_row_cannot_hold() -> None:
    _, findings = read_workbook(template_workbook())
    assert [f for f in findings if f.code.startswith(("file.", "settings.", "table.", "column.", "cell.", "key."))] == []
    book = load_workbook(BytesIO(template_workbook()))
    assert book.sheet_names == ["basin", *ROW_OF]
    assert book.get_sheet_by_name("links").to_python()[0] == [column.name for column in columns("links")]


def test_the_template_offers_choices_and_says_units() -> None:
    parts = _parts(template_workbook())
    links = next(text for text in parts.values() if b"tunnel" not in text and b"gravity,pumped,canal,truck" in text)
    assert links.count(b"<dataValidation ") == 8
    assert any(b"share of income" in text for name, text in parts.items() if "comments" in name)


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _packed(parts: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


SHEET = "xl/worksheets/sheet2.xml"
SHARED = "xl/sharedStrings.xml"


def _in_sheet(parts: dict[str, bytes], row: str) -> None:
    parts[SHEET] = re.sub(rb"<sheetData>.*</sheetData>", f"<sheetData>{row}</sheetData>".encode(), parts[SHEET])


def _far_corner(parts: dict[str, bytes]) -> None:
    _in_sheet(parts, '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


def _far_corner_without_row(parts: dict[str, bytes]) -> None:
    _in_sheet(parts, '<row><c r="A1"><v>1</v></c><c r="XFD900000"><v>1</v></c></row>')


def _far_corner_with_prefix(parts: dict[str, bytes]) -> None:
    _in_sheet(parts, '<q:row xmlns:q="a" r="1"><q:c r="XFD1048576"><q:v>1</q:v></q:c></q:row>')


def _one_text_everywhere(parts: dict[str, bytes]) -> None:
    number = parts[SHARED].count(b"<si>")
    parts[SHARED] = parts[SHARED].replace(b"</sst>", b"<si><t>" + b"x" * 30_000 + b"</t></si></sst>")
    rows = (f'<row r="{n}"><c r="A{n}" t="s"><v>{number}</v></c></row>' for n in range(1, 5000))
    _in_sheet(parts, "".join(rows))


def _entities(parts: dict[str, bytes]) -> None:
    doctype = b'<!DOCTYPE a [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;&a;">]>'
    parts[SHARED] = doctype + b"<sst><si><t>&b;</t></si></sst>"


def _spaces(parts: dict[str, bytes]) -> None:
    parts[SHEET] = parts[SHEET].replace(b"<sheetData>", b" " * 60_000_000 + b"<sheetData>")


def _outside(parts: dict[str, bytes]) -> None:
    _in_sheet(parts, '<row r="1"><c r="ZZZZZZ99"><v>1</v></c></row>')


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (_far_corner, "workbook.too_large"), (_far_corner_without_row, "workbook.too_large"),
        (_far_corner_with_prefix, "workbook.too_large"), (_one_text_everywhere, "workbook.too_large"),
        (_entities, "workbook.unreadable"), (_spaces, "archive.too_large"), (_outside, "workbook.unreadable"),
        (lambda parts: parts.pop("xl/workbook.xml"), "workbook.unreadable"),
        (lambda parts: parts.pop("[Content_Types].xml"), None),
        (lambda parts: parts.update({"xl/../../x.xml": b"x"}), "archive.path"),
        (lambda parts: parts.update({SHEET: parts[SHEET][:-20]}), "workbook.unreadable"),
    ],
)  # fmt: skip
def test_a_workbook_that_would_fill_the_memory_is_refused(
    sheets: Sheets, change: Callable[[dict[str, bytes]], Any], code: str | None
) -> None:
    parts = _parts(workbook(sheets))
    change(parts)
    data = _packed(parts)
    del parts
    tracemalloc.start()
    try:
        _, findings = read_workbook(data)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert {f.code for f in findings if f.severity == "error"} == ({code} if code else set())
    assert peak < 20_000_000


@pytest.mark.parametrize("data", [b"", b"PK", b"\xd0\xcf\x11\xe0" + b"\0" * 600, struct.pack("<I", 1) * 99])
def test_what_is_no_workbook_is_one_finding(data: bytes) -> None:
    assert [f.code for f in errors_of(data)] == ["archive.unreadable"]


def test_a_workbook_without_rows_reads_as_empty_tables(basin: Basin) -> None:
    empty = {table: frame.iloc[:0] for table, frame in basin.tables.items()}
    found = errors_of(write_workbook(Basin(basin.settings, empty)))
    assert {f.code for f in found} >= {"table.empty"}
    assert np.all([not f.code.startswith("cell.") for f in found])
