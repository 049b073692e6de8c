"""A comparison as one tidy table: every figure of every plan in a row of its own."""

from collections.abc import Iterator
from typing import Any, Final

import pyarrow as pa

from planner.plan.compare import Comparison, judge_by, relative_difference
from planner.plan.exports.text import csv_bytes

SCHEMA: Final = pa.schema([
    ("kind", pa.string()), ("name", pa.string()), ("title", pa.string()), ("unit", pa.string()), ("better", pa.string()),
    ("plan", pa.string()), ("value", pa.float64()), ("words", pa.string()), ("absolute", pa.float64()),
    ("relative", pa.float64()), ("judgement", pa.string()),
])  # fmt: skip


def comparison_table(comparison: Comparison) -> pa.Table:
    """One row for each plan and subject: the plan, assumptions that differ, indicators, options, villages that rise or fall.

    `kind` is plan, assumption, indicator, option or village. `value` is a figure and `words` what is no number: a plan's
    verdict, what it assumes, the stage in which an option first serves. `absolute` and `relative` are differences from the
    first plan, relative as a share; relative is blank where the first plan has zero. An option's value is its capital in
    USD, a village's its mean rung.
    """
    rows = [
        *_plans(comparison),
        *_assumptions(comparison),
        *_indicators(comparison),
        *_options(comparison),
        *_villages(comparison),
    ]
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def comparison_csv(comparison: Comparison, *, for_spreadsheets: bool = True) -> bytes:
    """The tidy table as CSV in UTF-8; for spreadsheets no text in it is a formula."""
    return csv_bytes(comparison_table(comparison), for_spreadsheets=for_spreadsheets)


def _plans(comparison: Comparison) -> Iterator[dict[str, Any]]:
    for plan in comparison.plans:
        yield {"kind": "plan", "name": plan.title, "title": plan.title, "plan": plan.title, "words": plan.verdict}


def _assumptions(comparison: Comparison) -> Iterator[dict[str, Any]]:
    for number, assumption in enumerate(comparison.assumptions, 1):
        for plan, words in zip(comparison.plans, assumption.values, strict=True):
            yield {"kind": "assumption", "name": f"assumption_{number}", "title": assumption.subject, "plan": plan.title,
                   "words": words}  # fmt: skip


def _indicators(comparison: Comparison) -> Iterator[dict[str, Any]]:
    for i in comparison.indicators:
        about = {"kind": "indicator", "name": i.name, "title": i.title, "unit": i.unit, "better": i.better}
        figures = zip(comparison.plans, i.values, i.absolute, i.relative, i.judgement, strict=True)
        for plan, value, absolute, relative, judgement in figures:
            yield {**about, "plan": plan.title, "value": value, "absolute": absolute, "relative": relative,
                   "judgement": judgement}  # fmt: skip


def _options(comparison: Comparison) -> Iterator[dict[str, Any]]:
    for option in comparison.options:
        about = {"kind": "option", "name": option.option, "title": option.title, "unit": "USD", "better": "neither"}
        first = option.capital_usd[0]
        for plan, stage, capital in zip(comparison.plans, option.stages, option.capital_usd, strict=True):
            yield {**about, "plan": plan.title, "words": stage or "not built", **_against(first, capital, "neither")}


def _villages(comparison: Comparison) -> Iterator[dict[str, Any]]:
    for village in comparison.villages:
        about = {"kind": "village", "name": village.village, "title": village.title, "unit": "rung", "better": "higher"}
        first, value = village.mean_rung
        yield {**about, "plan": village.plan, "words": village.direction, **_against(first, value, "higher")}


def _against(first: float, value: float, better: str) -> dict[str, Any]:
    return {
        "value": value,
        "absolute": value - first,
        "relative": relative_difference(first, value),
        "judgement": judge_by(better, first, value),
    }
