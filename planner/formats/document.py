"""A JSON document ↔ Basin, in the form of `planner.basin.reference.json_schema`."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from planner.basin.basin import Basin
from planner.basin.horizon import Settings
from planner.basin.tables import ROW_OF, columns
from planner.checks.finding import Finding
from planner.checks.report import LISTED_AT_MOST, did_you_mean, found, listed, more, shown
from planner.formats.places import FIRST_LINE, placed
from planner.formats.plain_cells import read_plain, seen
from planner.formats.reading import Reading
from planner.formats.settings import validated
from planner.formats.typed import Raw, TableReading, empty_table, read_columns

HOLDER = "document"


def read_document(content: Any) -> tuple[Basin | None, list[Finding]]:
    """Read and check a basin from the plain content of JSON: `{"basin": {…}, "villages": [{…}, …], …}`.

    Returns the basin (None if it cannot be read) and all findings at once, each with the JSON pointer of its place. Never
    raises. null stands for a blank cell: the default, where the column has one.
    """
    if not isinstance(content, dict):
        return None, [found("document.form", "The document is not an object.", allowed='{"basin": {…}, "villages": […], …}')]
    reading = Reading(HOLDER, findings=_unknown_keys(content))
    _read_settings(content, reading)
    for table in ROW_OF:
        if table not in content:
            reading.lacks_table(table, f"key {table}")
        elif not isinstance(content[table], list):
            message = f"The table {table} is not a list."
            reading.findings.append(found("document.form", message, table=table, allowed="a list of rows"))
        else:
            reading.take(table, read_rows(table, content[table]))
    basin, findings = reading.with_structure().inspected()
    return basin, placed(findings, "json")


def _unknown_keys(content: dict[str, Any]) -> list[Finding]:
    known = [Settings.table, *ROW_OF]
    strange = [key for key in content if key not in known]
    findings = [
        found("table.unknown", f"There is no table {shown(key)}.", table=shown(key), value=key,
              allowed=listed(known, 50), remedy=did_you_mean(str(key), known) or "Correct the key, or leave it out.")
        for key in strange[:LISTED_AT_MOST]
    ]  # fmt: skip
    rest = len(strange) - LISTED_AT_MOST
    return findings + ([found("table.unknown", f"And {rest} more like it.")] if rest > 0 else [])


def _read_settings(content: dict[str, Any], reading: Reading) -> None:
    given = content.get(Settings.table)
    if Settings.table not in content:
        reading.lacks_settings(f"key {Settings.table}")
    elif not isinstance(given, dict):
        message = "The settings are not an object."
        reading.findings.append(found("document.form", message, table=Settings.table, allowed='{"name": …, "title": …}'))
    else:
        reading.settings, findings = validated(_whole(given), {})
        reading.findings += findings


def _whole(given: dict[str, Any]) -> dict[str, Any]:
    """The settings, with whole numbers as such where JSON has 2026.0; what no finding can show is named by its sort."""
    whole = {c.name for c in columns(Settings.table) if c.kind == "integer"}
    return {
        str(key): int(value) if key in whole and isinstance(value, float) and value.is_integer() else plain
        for (key, value), plain in zip(given.items(), seen(list(given.values())), strict=True)
    }


def read_rows(table: str, rows: list[Any]) -> TableReading:
    """The rows of a table; those that are no objects are left out."""
    sound = [isinstance(row, dict) for row in rows]
    findings: list[Finding] = []
    labels: pd.Index = pd.RangeIndex(len(rows))
    if not all(sound):
        strays = [number + FIRST_LINE for number, is_row in enumerate(sound) if not is_row]
        findings = [
            found("document.form", "The row is not an object.", table=table, row=row, allowed="column and value")
            for row in strays[:LISTED_AT_MOST]
        ] + more("document.form", table, None, strays[LISTED_AT_MOST:])
        labels = pd.Index(np.flatnonzero(sound))
        rows = [row for row, is_row in zip(rows, sound, strict=True) if is_row]
    if not rows:
        return TableReading(empty_table(table), findings)
    header = list(dict.fromkeys(key for row in rows for key in row))
    raw = Raw(lambda name: [row.get(name) for row in rows], read_plain, seen)
    read = read_columns(table, header, raw, labels)
    findings += [_at_its_row(finding, rows, labels) for finding in read.findings]
    return TableReading(read.frame, findings, read.unsound)


def _at_its_row(finding: Finding, rows: Sequence[dict[str, Any]], labels: pd.Index) -> Finding:
    """A column that the table does not have is shown at the first row that has it; there is no header here."""
    if finding.code != "column.unknown":
        return finding
    number = next((number for number, row in enumerate(rows) if any(shown(key) == finding.column for key in row)), None)
    return finding if number is None else replace(finding, row=int(labels[number]) + FIRST_LINE)


def document_of(basin: Basin) -> dict[str, Any]:
    """The basin as plain content of JSON: settings and every table, a blank cell as null."""
    return {Settings.table: basin.settings.model_dump(mode="json")} | {
        table: rows_of(table, basin.tables.get(table, empty_table(table))) for table in ROW_OF
    }


def rows_of(table: str, frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table as plain values by column; a blank is None."""
    names = [column.name for column in columns(table)]
    cells = [plain_values(frame[name]) for name in names]
    return [dict(zip(names, row, strict=True)) for row in zip(*cells, strict=True)]


def plain_values(series: "pd.Series[Any]") -> list[Any]:
    """A column as Python's own values; a missing one is None."""
    values = series.astype(object).to_numpy() if series.dtype.kind == "O" or series.isna().any() else series.to_numpy()
    plain: list[Any] = values.tolist()
    missing = series.isna().to_numpy()
    return [None if is_ else value for value, is_ in zip(plain, missing, strict=True)] if missing.any() else plain
