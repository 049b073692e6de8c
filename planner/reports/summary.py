"""One page for one or several plans: a single file that opens without a network and prints well."""

from collections.abc import Callable, Sequence
from importlib.resources import files

from planner.plan.compare import compare, plan_titles
from planner.plan.plan import Plan
from planner.plan.verdict import is_result, verdict
from planner.reports.assumptions import assumptions_section
from planner.reports.charts import folded, table
from planner.reports.colours import rung_css
from planner.reports.comparison import comparison_section
from planner.reports.map import basin_map
from planner.reports.map_signs import map_legend
from planner.reports.markup import Markup, join, tag
from planner.reports.payers import cost, payers, payers_section
from planner.reports.people import people_section, served, unmet_need
from planner.reports.record import checks_table, record_section
from planner.reports.river import river_kept, river_section
from planner.reports.scene import after, before, village_rows
from planner.reports.side import Side
from planner.reports.telling import telling, told_in
from planner.reports.works import built, works_section
from planner.translations import ENGLISH, Language

QUESTIONS = (
    ("Unmet need", unmet_need),
    ("Served safely", served),
    ("Built", built),
    ("Cost", cost),
    ("Who pays", payers),
    ("The river", river_kept),
)


Letters = Callable[[str], str]
"""From the text of a page to the rules of CSS that bring the letters it is written in, as `@font-face`."""


def no_letters(text: str) -> str:
    """Those of whoever opens the page."""
    return ""


def summary_html(plans: Sequence[Plan], language: str = ENGLISH, letters: Letters = no_letters) -> str:
    """The page as HTML text: verdicts, comparison, map, people, works, money, river, assumptions, audit.

    It is told in the language, one of LANGUAGES, names and what users wrote as they stand; `letters` brings those of its
    script. A plan whose audit failed is shown with its failures only: none of its figures are results. Raises ValueError
    without a plan, and for another language.
    """
    if not plans:
        raise ValueError("A summary takes at least one plan.")
    with telling(language):
        sides = _sides(plans)
        shown = [side for side in sides if is_result(side.plan)]
        return _page(sides, _results(shown) if shown else [], letters)


def comparison_html(plans: Sequence[Plan], language: str = ENGLISH, letters: Letters = no_letters) -> str:
    """The page with the comparison alone: verdicts, the questions at a glance, what differs. Plans may be many.

    Told as `summary_html` is. Plans whose audit failed are shown with their failures and not compared. Raises ValueError for
    fewer than two plans, and for a language that is none of LANGUAGES.
    """
    if len(plans) < 2:
        raise ValueError("A comparison takes at least two plans.")
    with telling(language):
        sides = _sides(plans)
        shown = [side for side in sides if is_result(side.plan)]
        compared = [_at_a_glance(shown), _compared(shown)] if len(shown) > 1 else [tag("p", "Fewer than two plans are results.")]
        return _page(sides, compared, letters)


def _sides(plans: Sequence[Plan]) -> list[Side]:
    alone = len(plans) == 1
    return [Side(plan, name, alone) for plan, name in zip(plans, plan_titles(plans), strict=True)]


def _page(sides: Sequence[Side], sections: Sequence[Markup], letters: Letters) -> str:
    title = sides[0].plan.basin.settings.title
    known = told_in()
    body = join(
        tag("header", tag("h1", title), _subject(sides), _unread(known), *map(_verdict, sides)),
        tag("main", *sections),
    )
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", f"{title}: {', '.join(side.name for side in sides)}"),
        tag("style", Markup(letters(body) + _style())),
    )
    return f"<!DOCTYPE html>\n{tag('html', head, tag('body', body), lang=known.code)}\n"


def _style() -> str:
    return files("planner.reports").joinpath("style.css").read_text(encoding="utf-8") + rung_css()


def _subject(sides: Sequence[Side]) -> Markup:
    """Which plans, which years, in which money."""
    stages = sides[0].plan.basin.tables["stages"]
    first = stages["first_year"].iloc[0]
    last = stages["first_year"].iloc[-1] + stages["years"].iloc[-1] - 1
    names = ", ".join(side.name for side in sides)
    return tag("p", names, ". ", f"{first}–{last}; money in {sides[0].money}.", class_="quiet")


def _unread(known: Language) -> Markup | None:
    """That nobody who speaks the language has read its texts yet, where that is so."""
    unread = "The texts in this language were made by a machine; nobody who speaks it has read them yet."
    return tag("p", unread, class_="quiet") if known.state == "unreviewed" else None


def _verdict(side: Side) -> Markup:
    passed = is_result(side.plan)
    failures = [check for check in side.plan.audit.checks if not check.passed]
    return tag(
        "div",
        tag("strong", side.name),
        verdict(side.plan),
        checks_table(failures) if failures else None,
        class_="verdict" if passed else "verdict failed",
        role=None if passed else "alert",
    )


def _results(sides: Sequence[Side]) -> list[Markup]:
    comparison = [_compared(sides)] if len(sides) > 1 else []
    return [
        _at_a_glance(sides),
        *comparison,
        _map_section(sides),
        people_section(sides),
        works_section(sides),
        payers_section(sides),
        river_section(sides),
        assumptions_section(sides),
        record_section(sides),
    ]


def _compared(sides: Sequence[Side]) -> Markup:
    comparison = compare([side.plan for side in sides])
    return comparison_section(comparison, sides[0].base_year, sides[0].last_stage)


def _at_a_glance(sides: Sequence[Side]) -> Markup:
    rows = [[question, *(answer(side) for side in sides)] for question, answer in QUESTIONS]
    glance = table(["", *(side.name for side in sides)], rows, caption="Penalties are in no cost.", even=len(sides) > 1)
    return tag("section", tag("h2", "At a glance"), tag("div", glance, class_="glance"), aria_label="At a glance")


def _map_section(sides: Sequence[Side]) -> Markup:
    # Each plan on the map of its own basin: a scenario may have changed places, and plans may be of several basins.
    shown = [(sides[0], before(sides[0].plan))]
    shown += [(side, after(side.plan, f"{side.name}, {side.stage_title(side.last_stage)}")) for side in sides]
    heads = ["Village", "People before", *(scene.name for _, scene in shown)]
    rows = village_rows([scene for _, scene in shown], [side.titles for side, _ in shown])
    caption = "The rung that at least half of the people reach; share of people on rung 3 or above"
    return tag(
        "section",
        tag("h2", "Where"),
        map_legend(),
        tag("div", *(basin_map(side.plan.basin, scene) for side, scene in shown), class_="plans"),
        folded(f"The villages as a table ({len(rows)})", table(heads, rows, caption=caption, numeric=[1])),
        aria_label="Where",
    )
