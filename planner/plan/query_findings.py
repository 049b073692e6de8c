"""What is wrong with a question about a plan: an error with its place in the question and a remedy."""

from collections.abc import Iterable
from typing import Any, Final

from planner.basin.field import Column
from planner.checks.finding import Finding
from planner.checks.report import did_you_mean, listed, shown

LISTED_AT_MOST: Final = 60
REMEDIES: Final = {
    "query.table": "Name a table of the plan.",
    "query.form": "Write column:operator:value.",
    "query.column": "Name a column of the table.",
    "query.operator": "Use an operator that the column has.",
    "query.value": "Write a value that the column may have.",
    "query.twice": "Name it once.",
    "query.too_many": "Ask for less at a time.",
    "query.measure": "Name a measure of the table.",
    "query.function": "Use one of the functions.",
    "query.meaningless": "Add what is missing to `by`, or take another function.",
    "query.indicator": "Name an indicator of the plans.",
    "query.preference": "Correct the preference.",
}


class QueryError(ValueError):
    """A question about a plan that cannot be answered. `findings` says everything that stands against it."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings: tuple[Finding, ...] = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))


def asked(
    code: str,
    message: str,
    place: str,
    *,
    value: Any = None,
    allowed: str | None = None,
    remedy: str | None = None,
) -> Finding:
    """An error in a question; `place` is its part, such as `filter[0]`, `sort[1]` or `by`."""
    return Finding(code, "error", message, None, None, place, shown(value), allowed, remedy or REMEDIES[code])


def unknown(code: str, what: str, name: str, known: Iterable[str], place: str) -> Finding:
    """A name that is not among the known ones, with the nearest of them."""
    names = list(known)
    message = f"There is no {what} {shown(name)!r}."
    return asked(code, message, place, value=name, allowed=listed(names, LISTED_AT_MOST), remedy=did_you_mean(name, names))


def known_table(table: str, tables: Iterable[str]) -> None:
    """Raises QueryError if the plan has no such table."""
    names = list(tables)
    if table not in names:
        raise QueryError([unknown("query.table", "table", table, names, "table")])


def by_name(columns: Iterable[Column]) -> dict[str, Column]:
    """Columns by their name, in their order."""
    return {column.name: column for column in columns}
