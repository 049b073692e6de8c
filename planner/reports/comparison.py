"""Plans compared: changed assumptions above changed outcomes, better and worse in words."""

from planner.plan.compare import ComparedIndicator, ComparedVillage, Comparison
from planner.plan.words import UNKNOWN, number, percent, quantity
from planner.reports.charts import folded, table
from planner.reports.markup import Markup, join, tag

VILLAGES_SHOWN = 8
OPTIONS_SHOWN = 6
SHARES = {"share", "%", "percentage points"}
LEADING = {
    "cost", "environmental_flow_deficit", "environmental_flow_kept", "obligation_shortfall", "other_uses_unmet",
}  # fmt: skip
LEADING_AT_LAST = (
    *(f"people_at_rung_{rung}_or_above" for rung in range(1, 6)),
    "gap_between_groups_at_rung_4",
    "running_cost",
)
JUDGED = {"better": "▲ better", "worse": "▼ worse", "same": "same", "neutral": "differs"}
DIRECTIONS = {"rises": "▲ rises", "falls": "▼ falls"}


def comparison_section(comparison: Comparison, base_year: int, last_stage: str) -> Markup:
    """The comparison on top of a page of several plans."""
    names = [plan.title for plan in comparison.plans]
    return tag(
        "section",
        tag("h2", "Compared"),
        tag("p", f"Differences are against “{names[0]}”.", class_="quiet"),
        _assumptions(comparison, names),
        _outcomes(comparison, names, base_year, last_stage),
        *(tag("p", price.sentence) for price in comparison.fairness_prices),
        _options(comparison, names),
        _villages(comparison, names),
        aria_label="Compared",
    )


def _assumptions(comparison: Comparison, names: list[str]) -> Markup:
    title = tag("h3", "Assumptions that differ")
    if not comparison.assumptions:
        return join(title, tag("p", "None: the same basin and the same policy."))
    rows = [[a.subject, *a.values] for a in comparison.assumptions]
    return join(title, table(["Assumption", *names], rows, caption="What the plans assume differently", even=True))


def _outcomes(comparison: Comparison, names: list[str], base_year: int, last_stage: str) -> Markup:
    changed = [i for i in comparison.indicators if i.differs]
    leading = [i for i in changed if _leads(i.name, last_stage)]
    parts = [
        tag("h3", "Outcomes that differ"),
        _outcome_table(leading, names, base_year) if changed else tag("p", "None."),
    ]
    others = [i for i in changed if i not in leading]
    for group in dict.fromkeys(i.group for i in others):
        rows = [i for i in others if i.group == group]
        parts.append(folded(f"More that differs: {group} ({len(rows)})", _outcome_table(rows, names, base_year)))
    same = [i for i in comparison.indicators if not i.differs]
    if same:
        parts.append(folded(f"Without a difference ({len(same)})", _outcome_table(same, names, base_year)))
    return join(parts)


def _leads(name: str, last_stage: str) -> bool:
    """Whether an outcome is shown at once: the basin's totals, and of the stages the last one."""
    return name in LEADING or name.startswith("floor_") or any(f"{n}_{last_stage}" == name for n in LEADING_AT_LAST)


def _outcome_table(indicators: list[ComparedIndicator], names: list[str], base_year: int) -> Markup:
    rows = [_outcome(indicator, base_year) for indicator in indicators]
    numeric = range(1, len(names) + 1)
    caption = "Each with its difference, and what it means"
    return table(["Outcome", *names], rows, caption=caption, numeric=numeric, even=True)


def _outcome(indicator: ComparedIndicator, base_year: int) -> list[str | Markup]:
    cells: list[str | Markup] = [indicator.title]
    for place, value in enumerate(indicator.values):
        figure = quantity(value, indicator.unit, base_year)
        cells.append(figure if place == 0 else join(figure, _difference(indicator, place, base_year)))
    return cells


def _difference(indicator: ComparedIndicator, place: int, base_year: int) -> Markup | None:
    judged, absolute, relative = (
        indicator.judgement[place],
        indicator.absolute[place],
        indicator.relative[place],
    )
    if judged == "same":
        return None
    change = UNKNOWN if absolute is None else _signed(absolute, indicator.unit, base_year)
    share = (" (", percent(relative, signed=True), ")") if relative is not None and indicator.unit not in SHARES else None
    return join(tag("br"), tag("span", JUDGED[judged], ": ", change, share, class_=judged))


def _signed(difference: float, unit: str, base_year: int) -> str:
    if unit in SHARES:
        points = difference * 100 if unit == "share" else difference
        return f"{number(points, signed=True)} percentage points"
    return quantity(difference, unit, base_year, signed=True)


def _options(comparison: Comparison, names: list[str]) -> Markup:
    title = tag("h3", "Built in some of the plans only")
    if not comparison.options:
        return join(title, tag("p", "None: all build the same works in the network."))
    rows = [[o.title, *(s or "–" for s in o.stages)] for o in comparison.options]
    heads = ["Work", *names]
    return join(
        title,
        table(heads, rows[:OPTIONS_SHOWN], caption="The dearest first; the stage in which each begins to serve"),
        folded(f"{len(rows) - OPTIONS_SHOWN} more", table(heads, rows[OPTIONS_SHOWN:], caption="The others"))
        if len(rows) > OPTIONS_SHOWN
        else None,
    )


def _villages(comparison: Comparison, names: list[str]) -> Markup:
    title = tag("h3", "Villages that rise or fall")
    if not comparison.villages:
        return join(title, tag("p", "None: everybody is on the same rung."))
    rows = [_village(v, len(names) > 2) for v in comparison.villages]
    rising = sum(v.direction == "rises" for v in comparison.villages)
    counted = f"{number(rising)} rise and {number(len(rows) - rising)} fall in the last stage."
    heads = ["Village", "People on another rung", "Mean rung", "On rung 3 or above"]
    caption = "Those with the most people on another rung first"
    return join(
        title,
        tag("p", counted),
        table(heads, rows[:VILLAGES_SHOWN], caption=caption, numeric=[1, 2, 3]),
        folded(
            f"{len(rows) - VILLAGES_SHOWN} more",
            table(heads, rows[VILLAGES_SHOWN:], caption="The others", numeric=[1, 2, 3]),
        )
        if len(rows) > VILLAGES_SHOWN
        else None,
    )


def _village(village: ComparedVillage, several: bool) -> list[str | Markup]:
    direction = "better" if village.direction == "rises" else "worse"
    first, second = village.mean_rung
    shares = " → ".join(percent(s) for s in village.share_at_rung_3)
    where = (": ", village.plan) if several else None
    return [
        join(village.title, " ", tag("span", DIRECTIONS[village.direction], where, class_=direction)),
        number(round(village.persons_moved)),
        f"{first:.1f} → {second:.1f}",
        shares,
    ]
