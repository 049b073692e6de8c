"""A comparison of plans as one tidy table of CSV."""

from collections.abc import Iterator
from typing import Any, Final

import pyarrow as pa

from planner.plan.compare import Comparison
from planner.plan.exports.text import csv_bytes

COLUMNS: Final = pa.schema(
    [
        ("kind", pa.string()), ("name", pa.string()), ("title", pa.string()), ("unit", pa.string()), ("better", pa.string()),
        ("plan", pa.string()), ("value", pa.float64()), ("words", pa.string()), ("absolute", pa.float64()),
        ("relative", pa.float64()), ("judgement", pa.string()),
    ]
)  # fmt: skip


def comparison_csv(comparison: Comparison) -> bytes:
    """A line for each assumption, indicator, option and village of each plan; differences are against the first plan.

    `words` holds what is no number: an assumption, the stage from which an option serves, whether a village rises or falls.
    Text is never a formula to a spreadsheet.
    """
    rows = [{name: row.get(name) for name in COLUMNS.names} for row in _rows(comparison)]
    return csv_bytes(pa.Table.from_pylist(rows, schema=COLUMNS))


def _rows(comparison: Comparison) -> Iterator[dict[str, Any]]:
    titles = [plan.title for plan in comparison.plans]
    for plan in comparison.plans:
        yield {"kind": "plan", "name": plan.title, "title": plan.title, "plan": plan.title, "words": plan.verdict}
    for assumption in comparison.assumptions:
        for plan_title, words in zip(titles, assumption.values, strict=True):
            yield {"kind": "assumption", "title": assumption.subject, "plan": plan_title, "words": words}
    for one in comparison.indicators:
        about = {"kind": "indicator", "name": one.name, "title": one.title, "unit": one.unit, "better": one.better}
        figures = zip(titles, one.values, one.absolute, one.relative, one.judgement, strict=True)
        for plan_title, value, absolute, relative, judgement in figures:
            differences = {"absolute": absolute, "relative": relative, "judgement": judgement}
            yield {**about, "plan": plan_title, "value": value, **differences}
    for option in comparison.options:
        about = {"kind": "option", "name": option.option, "title": option.title, "unit": "USD"}
        for plan_title, stage, capital in zip(titles, option.stages, option.capital_usd, strict=True):
            yield {**about, "plan": plan_title, "value": capital, "words": stage or "never"}
    for village in comparison.villages:
        about = {"kind": "village", "name": village.village, "title": village.title, "unit": "persons who change rung"}
        yield {**about, "plan": village.plan, "value": village.persons_moved, "words": village.direction}
