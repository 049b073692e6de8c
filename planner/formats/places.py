"""Where a finding stands, as the reader of each format counts."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

from planner.basin.horizon import Settings
from planner.basin.tables import ROW_OF, columns
from planner.checks.finding import Finding

Form = Literal["csv", "json", "workbook"]
Headers = Mapping[str, Sequence[str]]

HEADER_LINE = 1
FIRST_LINE = 2


def located(finding: Finding, form: Form, headers: Headers | None = None) -> str:
    """Where a finding stands; empty where it is about no place in the file.

    csv: `villages.csv, line 7, loss_share`. json: the pointer `/villages/5/loss_share`. workbook: `Sheet villages, cell
    D7`; `headers` gives the columns of each sheet that was read in their order, by default as they are defined.
    """
    if finding.table is None or form == "csv":
        return replace(finding, where=None).place
    return _pointer(finding) if form == "json" else _cell(finding, headers or {})


def placed(findings: Sequence[Finding], form: Form, headers: Headers | None = None) -> list[Finding]:
    """The findings with their places in a file of this format."""
    return [replace(finding, where=located(finding, form, headers)) if finding.table else finding for finding in findings]


def column_letters(number: int) -> str:
    """The name of a column of a sheet; the first is 0."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _pointer(finding: Finding) -> str:
    parts = [finding.table or ""]
    if finding.table == Settings.table:
        parts += [finding.column] if finding.column else []
    elif finding.row is not None and finding.row >= FIRST_LINE:
        parts += [str(finding.row - FIRST_LINE), *([finding.column] if finding.column else [])]
    return "".join(f"/{part.replace('~', '~0').replace('/', '~1')}" for part in parts)


def _cell(finding: Finding, headers: Headers) -> str:
    sheet = f"Sheet {finding.table}"
    column = _column(finding, headers)
    if finding.row is None:
        return sheet if column is None else f"{sheet}, column {column}"
    return f"{sheet}, row {finding.row}" if column is None else f"{sheet}, cell {column}{finding.row}"


def _column(finding: Finding, headers: Headers) -> str | None:
    table = finding.table or ""
    if finding.column is None:
        return None
    if table == Settings.table:
        return "B"
    known = headers.get(table) or ([c.name for c in columns(table)] if table in ROW_OF else [])
    return column_letters(list(known).index(finding.column)) if finding.column in known else None
