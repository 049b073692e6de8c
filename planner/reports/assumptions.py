"""What a plan rests on: its policy, its changes, and the figures that nobody measured."""

from collections.abc import Sequence

from planner.basin.basin import Basin
from planner.basin.horizon import Settings
from planner.basin.tables import columns
from planner.plan.aims import aims_in_words
from planner.plan.assumed import assumed_figures
from planner.plan.words import number, percent, quantity
from planner.reports.charts import folded, table
from planner.reports.markup import Markup, join, tag
from planner.reports.side import Side
from planner.reports.telling import told_in, told_title
from planner.scenario.differences import describe
from planner.translations import ENGLISH

SHOWN = 10


def assumptions_section(sides: Sequence[Side]) -> Markup:
    """Policies and changes of every plan, then the basin's own assumptions."""
    return tag(
        "section",
        tag("h2", "What this rests on"),
        tag("div", *(_scenario(side) for side in sides), class_="plans"),
        *_figures(sides),
        aria_label="What this rests on",
    )


def _scenario(side: Side) -> Markup:
    policy = aims_in_words(side.plan.scenario.policy, side.titles)
    changes = describe(side.plan.scenario, named=side.plan.basin)
    return tag(
        "div",
        side.heading,
        tag("p", side.plan.scenario.description) if side.plan.scenario.description else None,
        table(["Policy", ""], [[subject, words] for subject, words in policy.items()], caption="What the plan aims at"),
        join(
            tag("p", "Changes to the basin:"),
            tag("ul", *(tag("li", sentence) for sentence in changes), class_="plain"),
        )
        if changes
        else tag("p", "The basin is taken as it is described."),
    )


def _figures(sides: Sequence[Side]) -> list[Markup]:
    """The figures of each different basin: once if all plans assume the same."""
    told: dict[str, list[str]] = {}
    for side in sides:
        told.setdefault(_basin_figures(side.plan.basin), []).append(side.name)
    if len(told) == 1:
        return [Markup(next(iter(told)))]
    return [join(tag("h3", ", ".join(names)), Markup(figures)) for figures, names in told.items()]


def _basin_figures(basin: Basin) -> Markup:
    rows = _assumption_rows(basin)
    heads = ["Assumed", "Value", "Low to high"]
    first = table(heads, rows[:SHOWN], caption="Figures that nobody measured; those that most columns rest on first")
    settings = [
        [told_title("basin", c.name, c.title), _amount(getattr(basin.settings, c.name), c.unit)]
        for c in columns(Settings.table)
        if c.kind in {"number", "integer"}
    ]
    return join(
        first if rows else tag("p", "The basin lists no assumptions."),
        folded(f"{len(rows) - SHOWN} more assumptions", table(heads, rows[SHOWN:], caption="The others"))
        if len(rows) > SHOWN
        else None,
        folded("Settings of the basin", table(["Setting", "Value"], settings, caption="Figures of the whole basin")),
        tag("p", f"Licence of the data: {basin.settings.licence}.", class_="quiet") if basin.settings.licence else None,
    )


def _amount(value: float, unit: str) -> Markup:
    """A figure with its unit, each told by itself: units of assumptions are as the basin writes them."""
    if unit == "year":
        return join(str(value))
    of_what = unit.removeprefix("share").lstrip() if unit.split(" ")[0] == "share" else unit
    if of_what == unit:
        return join(number(value), " " if unit else None, unit)
    if told_in().code == ENGLISH or not of_what:
        return join(quantity(value, unit))
    return join(percent(value), " (", unit, ")")


def _assumption_rows(basin: Basin) -> list[list[str | Markup]]:
    return [
        [
            join(row["title"], tag("br"), tag("span", row["why"], class_="why")),
            _amount(row["value"], row["unit"]),
            join(_amount(row["low"], row["unit"]), " ", "to", " ", _amount(row["high"], row["unit"])),
        ]
        for row in assumed_figures(basin).to_dict("records")
    ]
