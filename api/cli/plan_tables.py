"""A plan and a comparison of plans as tables on a screen."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from planner.plan.words import percent, quantity

if TYPE_CHECKING:
    from planner.plan.compare import ComparedIndicator, Comparison
    from planner.plan.plan import Plan

VILLAGES_AT_MOST = 10
OPTIONS_AT_MOST = 15
MARKS = {"better": ("▲ better", "green"), "worse": ("▼ worse", "red"), "same": ("same", "dim"), "neutral": ("", "")}


def figures(plan: "Plan") -> list[dict[str, Any]]:
    """The indicators of a plan as plain content."""
    from planner.plan.indicators import indicators

    return [asdict(indicator) for indicator in indicators(plan)]


def plan_table(plan: "Plan", *, every: bool) -> Iterator[Table | str]:
    """The indicators of a plan by subject: all, or those of the horizon and of its last stage."""
    table = _titled(f"{plan.basin.settings.title}: {plan.scenario.label}", "Figure", "Value")
    known = figures(plan)
    shown = [figure for figure in known if every or not _of_earlier_stage(figure["name"], plan)]
    for _, group in groupby(shown, key=lambda figure: figure["group"]):
        table.add_section()
        for figure in group:
            table.add_row(figure["title"], _quantity(figure["value"], figure["unit"], plan))
    yield table
    yield from _left_out(len(known) - len(shown), "of earlier stages")


def comparison_tables(comparison: "Comparison", first: "Plan", *, every: bool) -> Iterator[Table | str]:
    """What the plans assume differently, then what comes of it; each plan's verdict first.

    Of the figures all, or those of the horizon and of its last stage in which the plans differ.
    """
    names = [plan.title for plan in comparison.plans]
    for plan in comparison.plans:
        yield f"{plan.title}: {plan.verdict}"
    if not all(plan.audit_passed for plan in comparison.plans):
        return
    if not comparison.differs:
        yield "The plans do not differ."
        return
    yield from (price.sentence for price in comparison.fairness_prices)
    if comparison.assumptions:
        table = _titled("What they assume differently", "Subject", *names)
        for assumption in comparison.assumptions:
            table.add_row(assumption.subject, *assumption.values)
        yield table
    known = comparison.indicators
    shown = [item for item in known if every or (item.differs and not _of_earlier_stage(item.name, first))]
    yield _indicator_table(shown, names, first)
    yield from _left_out(len(known) - len(shown), "of earlier stages or equal in all plans")
    if comparison.options:
        yield from _option_table(comparison, names)
    if comparison.villages:
        yield from _village_table(comparison)


def _of_earlier_stage(name: str, plan: "Plan") -> bool:
    """Indicators of a stage end in its name, those of the basin as it is in `_if_nothing_is_built` after it."""
    earlier = list(plan.basin.tables["stages"]["stage"])[:-1]
    return name.removesuffix("_if_nothing_is_built").endswith(tuple(f"_{stage}" for stage in earlier))


def _left_out(number: int, which: str) -> Iterator[str]:
    if number > 0:
        yield f"{number} more figures, {which}, with --all or --json."


def _quantity(value: float | None, unit: str, plan: "Plan", *, signed: bool = False) -> str:
    return quantity(value, unit, plan.basin.settings.base_year, signed=signed)


def _indicator_table(indicators: "Sequence[ComparedIndicator]", names: list[str], first: "Plan") -> Table:
    table = _titled("What comes of it", "Figure", *names, *(["Difference"] if len(names) == 2 else []))
    for _, group in groupby(indicators, key=lambda indicator: indicator.group):
        table.add_section()
        for indicator in group:
            cells = [_quantity(value, indicator.unit, first) for value in indicator.values]
            table.add_row(indicator.title, *_judged(indicator, cells, first))
    return table


def _judged(indicator: "ComparedIndicator", cells: list[str], first: "Plan") -> list[str | Text]:
    """The plans' values, and how the later ones differ from the first: beside two plans, else in the cell."""
    if len(cells) > 2:
        marked = [_mark(cell, judged) for cell, judged in zip(cells[1:], indicator.judgement[1:], strict=True)]
        return [cells[0], *marked]
    if indicator.judgement[1] == "same":
        return [*cells, _mark("", "same")]
    difference = _quantity(indicator.absolute[1], indicator.unit, first, signed=True)
    relative = indicator.relative[1]
    share = f" ({percent(relative, signed=True)})" if relative is not None and indicator.unit != "share" else ""
    return [*cells, _mark(f"{difference}{share}", indicator.judgement[1])]


def _mark(words: str, judgement: str) -> Text:
    mark, style = MARKS[judgement]
    return Text(" ".join(part for part in (words, mark) if part), style=style)


def _option_table(comparison: "Comparison", names: list[str]) -> Iterator[Table | str]:
    table = _titled("Built in some plans only", "Option", *(f"{name}: serves from" for name in names))
    for option in comparison.options[:OPTIONS_AT_MOST]:
        table.add_row(option.title, *(stage or "never" for stage in option.stages))
    yield table
    yield from _rest(len(comparison.options) - OPTIONS_AT_MOST, "options")


def _village_table(comparison: "Comparison") -> Iterator[Table | str]:
    columns = ("Village", "In", "", "Persons who move", "Mean rung")
    table = _titled("Villages that rise or fall in the last stage", *columns)
    for village in comparison.villages[:VILLAGES_AT_MOST]:
        mark = Text("▲ rises", style="green") if village.direction == "rises" else Text("▼ falls", style="red")
        before, after = village.mean_rung
        persons = quantity(village.persons_moved, "")
        table.add_row(village.title, village.plan, mark, persons, f"{before:.2f} → {after:.2f}")
    yield table
    yield from _rest(len(comparison.villages) - VILLAGES_AT_MOST, "villages")


def _rest(number: int, noun: str) -> Iterator[str]:
    if number > 0:
        yield f"And {number} more {noun}."


def _titled(title: str, *columns: str) -> Table:
    table = Table(title=Text(title), title_justify="left", title_style="bold")
    for place, column in enumerate(columns):
        table.add_column(Text(column), justify="left" if place == 0 else "right", overflow="fold")
    return table
