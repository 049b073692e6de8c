"""Findings on a screen: grouped by table, the worst first."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from planner.checks.finding import Finding

STYLES = {"error": "bold red", "warning": "yellow", "note": "dim"}
ORDER = tuple(STYLES)


def show(findings: Sequence[Finding], console: Console) -> None:
    """Print the findings as one table for each table of the basin that they are about."""
    places = dict.fromkeys(_about(finding) for finding in findings)
    for place in places:
        table = Table(title=place or None, title_justify="left", title_style="bold", expand=True)
        table.add_column("Severity", no_wrap=True)
        table.add_column("Place", ratio=2, overflow="fold")
        table.add_column("What is wrong", ratio=4, overflow="fold")
        table.add_column("What mends it", ratio=4, overflow="fold")
        here = [finding for finding in findings if _about(finding) == place]
        for finding in sorted(here, key=lambda item: ORDER.index(item.severity)):
            severity = Text(finding.severity, style=STYLES[finding.severity])
            table.add_row(severity, Text(_place(finding)), Text(_message(finding)), Text(_remedy(finding)))
        console.print(table)


def counted(findings: Sequence[Finding]) -> str:
    """`2 errors, 1 warning`; `no findings` where there are none."""
    words = []
    for severity in ORDER:
        number = sum(finding.severity == severity for finding in findings)
        if number:
            words.append(f"{number} {severity}{'' if number == 1 else 's'}")
    return ", ".join(words) or "no findings"


def _about(finding: Finding) -> str:
    return finding.table or ""


def _place(finding: Finding) -> str:
    if finding.where is not None:
        return finding.where
    line = [] if finding.row is None else [f"line {finding.row}"]
    return ", ".join([*line, *([finding.column] if finding.column else [])])


def _message(finding: Finding) -> str:
    shown = f" ({finding.value})" if finding.value not in (None, "") and finding.value not in finding.message else ""
    return f"{finding.message}{shown}"


def _remedy(finding: Finding) -> str:
    allowed = f" Allowed: {finding.allowed}." if finding.allowed else ""
    return f"{finding.remedy or ''}{allowed}".strip()
