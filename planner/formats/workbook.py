"""An XLSX workbook → Basin: one sheet a table, and the sheet `basin` with the settings. Cells are read by calamine."""

from dataclasses import replace
from datetime import date, datetime, time
from itertools import compress
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
from python_calamine import CalamineWorkbook, load_workbook

from planner.basin.basin import Basin
from planner.basin.horizon import Settings
from planner.basin.tables import ROW_OF, columns
from planner.checks.finding import BasinError, Finding
from planner.checks.report import LISTED_AT_MOST, did_you_mean, found, more, shown
from planner.formats.places import FIRST_LINE, HEADER_LINE, placed
from planner.formats.reading import Reading
from planner.formats.settings import validated
from planner.formats.sheet_scan import SheetScan
from planner.formats.typed import TableReading, read_columns, text_cells
from planner.formats.workbook_guard import guarded
from planner.formats.zip_entries import refuse

EXACT_INTEGERS_BELOW = 1e15
KEY, VALUE = "key", "value"

Rows = list[list[Any]]


def read_workbook(workbook: bytes | Path) -> tuple[Basin | None, list[Finding]]:
    """Read and check a basin from an XLSX workbook.

    Returns the basin (None if it cannot be read) and all findings at once, each with its sheet and cell. Of formulas the
    result is read that the spreadsheet kept. Never raises; a workbook that is broken or would fill the memory is one
    finding.
    """
    try:
        copy, scans = guarded(workbook)
        book = _calm(load_workbook, copy)
        return _read(book, scans)
    except BasinError as error:
        return None, list(error.findings)


def _read(book: CalamineWorkbook, scans: dict[str, SheetScan]) -> tuple[Basin | None, list[Finding]]:
    titles = {title.strip().lower(): title for title in book.sheet_names if title in scans}
    reading = Reading("workbook", findings=_unknown_sheets(book, scans))
    headers: dict[str, list[str]] = {}
    for table in (Settings.table, *ROW_OF):
        title = titles.get(table)
        if title is None:
            _lacks(table, reading)
            continue
        rows = _rows(book, title)
        headers[table] = _header(rows)
        if table == Settings.table:
            reading.settings, findings = _read_settings(rows, scans[title])
            reading.findings += findings
        else:
            reading.take(table, _read_table(table, headers[table], rows[1:], scans[title]))
    basin, findings = reading.with_structure().inspected()
    return basin, placed(findings, "workbook", headers)


def _calm(load: Any, *arguments: Any) -> Any:
    """What calamine answers. A failure of its own, be it a panic, becomes a finding."""
    try:
        return load(*arguments)
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:
        refuse("workbook.unreadable", f"The workbook cannot be read: {shown(error)}.")


def _rows(book: CalamineWorkbook, title: str) -> Rows:
    rows: Rows = _calm(lambda: book.get_sheet_by_name(title).to_python(skip_empty_area=False))
    return rows


def _unknown_sheets(book: CalamineWorkbook, scans: dict[str, SheetScan]) -> list[Finding]:
    known = [Settings.table, *ROW_OF]
    return [
        found("workbook.sheet_unknown", f"{shown(title)} is not part of a basin.", value=title,
              remedy=did_you_mean(title, known))
        for title in book.sheet_names
        if title.strip().lower() not in known and title in scans and scans[title].rows
    ]  # fmt: skip


def _lacks(table: str, reading: Reading) -> None:
    if table == Settings.table:
        reading.lacks_settings(f"sheet {table}")
    else:
        reading.lacks_table(table, f"sheet {table}")


def _header(rows: Rows) -> list[str]:
    return [(_text(cell) or "").strip() for cell in rows[0]] if rows else []


def _read_table(table: str, header: list[str], rows: Rows, scan: SheetScan) -> TableReading:
    if not any(header):
        allowed = ",".join(column.name for column in columns(table))
        return TableReading(None, [found("table.header", "The sheet has no header.", table=table, row=1, allowed=allowed)])
    used = [any(cell != "" for cell in row) for row in rows]
    labels = pd.Index([number for number, is_ in enumerate(used) if is_]) if not all(used) else pd.RangeIndex(len(rows))
    cells = list(zip(*compress(rows, used), strict=True)) or [()] * len(header)
    # A column without a name and without cells is no column.
    named = [name for name, column in zip(header, cells, strict=True) if name or any(cell != "" for cell in column)]
    raw = text_cells(lambda name: pa.array([_text(cell) for cell in cells[header.index(name)]], pa.large_string()))
    return _with_faults(table, header, read_columns(table, named, raw, labels), scan)


def _with_faults(table: str, header: list[str], read: TableReading, scan: SheetScan) -> TableReading:
    """The reading with a finding for each cell that shows an error; calamine gives such cells as blank."""
    names = {column.name for column in columns(table)}
    faults = [(row, header[at]) for row, at in scan.faults if at < len(header) and header[at] in names and row > HEADER_LINE]
    kept = [f for f in read.findings if f.code != "cell.blank" or (f.row, f.column) not in set(faults)]
    return replace(read, findings=kept + _fault_findings(table, faults), unsound=read.unsound | {name for _, name in faults})


def _fault_findings(table: str, faults: list[tuple[int, str]]) -> list[Finding]:
    message = "The cell shows an error, or its formula has no result."
    findings = [found("cell.fault", message, table=table, row=row, column=name) for row, name in faults[:LISTED_AT_MOST]]
    return findings + more("cell.fault", table, None, [row for row, _ in faults[LISTED_AT_MOST:]])


def _read_settings(rows: Rows, scan: SheetScan) -> tuple[Settings | None, list[Finding]]:
    """The settings of a sheet with a key and a value in each row below its header."""
    if _header(rows)[:2] != [KEY, VALUE]:
        message = f"The sheet does not begin with {KEY} and {VALUE}."
        return None, [found("table.header", message, table=Settings.table, row=1, allowed=f"{KEY},{VALUE}")]
    kinds = {column.name: column.kind for column in columns(Settings.table)}
    values: dict[str, Any] = {}
    lines: dict[str, int] = {}
    findings = _fault_findings(Settings.table, [(row, VALUE) for row, at in scan.faults if at < 2])
    for line, row in enumerate(rows[1:], FIRST_LINE):
        key = (_text(row[0]) or "").strip()
        if key in values:
            message = f"The key {shown(key)} stands twice."
            findings.append(found("settings.key_twice", message, table=Settings.table, row=line, column=shown(key)))
        if key:
            values[key], lines[key] = _setting(row[1], kinds.get(key)), line
    settings, wrong = validated(values, lines)
    return (None if findings else settings), findings + wrong


def _setting(cell: Any, kind: str | None) -> Any:
    """The value of a setting as its kind asks for it, where the cell can be read so."""
    if kind not in ("number", "integer") or isinstance(cell, bool):
        return _text(cell)
    if isinstance(cell, str):
        try:
            cell = float(cell)
        except ValueError:
            return cell or None
    if not isinstance(cell, int | float):
        return _text(cell)
    return int(cell) if kind == "integer" and float(cell).is_integer() else cell


def _text(cell: Any) -> str | None:
    """A cell as CSV would have it; a blank as None."""
    if isinstance(cell, str):
        return cell or None
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < EXACT_INTEGERS_BELOW else repr(cell)
    return cell.isoformat() if isinstance(cell, date | datetime | time) else str(cell)
