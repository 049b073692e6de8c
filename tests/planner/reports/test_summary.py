"""The summary page: whole, offline, readable, and silent about figures that are no results."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from planner.basin import Basin
from planner.plan.audit.check import AuditCheck
from planner.reports.picture import picture_svg
from planner.reports.summary import summary_html

TUTORIAL = Path(__file__).parents[3] / "datasets" / "tutorial" / "basin"
FAILED = AuditCheck("river.walk", "The river walked from the springs down", False, 12.5, 1e-3, "m³/day", "Mouth, dry", 3)
VOID = {"meta", "br"}
LOADING = {"src", "srcset", "data", "poster", "background", "action", "href", "xlink:href"}


class Page(HTMLParser):
    """Tags that do not close properly, what would be loaded, and the text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.loads: list[str] = []
        self.tags: list[str] = []
        self.text = ""
        self.unlabelled = 0
        self.feed(text)
        self.faults += self.open

    def handle_starttag(self, tag, attrs) -> None:
        self.tags.append(tag)
        self.loads += [value or "" for name, value in attrs if name in LOADING]
        if dict(attrs).get("role") == "img" and not dict(attrs).get("aria-label"):
            self.unlabelled += 1
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs) -> None:
        self.tags.append(tag)

    def handle_endtag(self, tag) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(tag)

    def handle_data(self, data) -> None:
        if "style" not in self.open:
            self.text += data


@pytest.fixture(scope="module")
def basin() -> Basin:
    return Basin.read(TUTORIAL)


@pytest.fixture
def two(basin, plan_on_paper):
    options = basin.tables["options"]["option"].tolist()
    return [
        plan_on_paper(basin, raised=0.2, options=options[:2], scenario={"title": "Least cost"}),
        plan_on_paper(basin, raised=0.7, options=options[:5], taken=0.5, scenario={"title": "Equity first"}),
    ]


def test_the_page_is_well_formed(two) -> None:
    for plans in (two[:1], two, [*two, two[0]]):
        assert Page(summary_html(plans)).faults == []


def test_nothing_is_fetched_and_no_script_runs(two) -> None:
    html = summary_html(two)
    page = Page(html)
    assert page.loads == []
    assert not {"script", "link", "img", "iframe", "object", "embed", "base", "form"} & set(page.tags)
    assert not re.search(r"url\(|@import|@font-face", html)


def test_the_maps_are_sound_svg(two) -> None:
    drawings = re.findall(r"<svg class=\"map\".*?</svg>", summary_html(two), flags=re.DOTALL)
    assert len(drawings) == 3
    for drawing in drawings:
        circles = ElementTree.fromstring(drawing).findall(".//{*}circle")
        assert sum(circle.find("{*}title") is not None for circle in circles) == 3


def test_every_drawing_has_a_sentence_for_those_who_do_not_see_it(two) -> None:
    assert Page(summary_html(two)).unlabelled == 0


def test_one_plan_answers_the_five_questions_at_the_top(two) -> None:
    text = Page(summary_html(two[:1])).text
    questions = ["Unmet need", "Served safely", "Built", "Cost", "Who pays", "The river"]
    places = [text.index(question) for question in questions]
    assert places == sorted(places)
    assert places[-1] < text.index("Where")
    assert "Compared" not in text


def test_unmet_need_is_told_in_people(basin, two) -> None:
    total = basin.tables["population"]["persons"].sum()
    shares = basin.tables["baseline"].merge(basin.tables["modes"], on="mode").merge(
        basin.tables["population"], on=["village", "group"]
    )  # fmt: skip
    low = shares[shares["rung"] < 3]
    below = (low["share"] * low["persons"]).sum() * (1 - 0.2)
    text = Page(summary_html(two[:1])).text
    assert f"{below:,.0f} people of {total:,.0f} below basic service" in text


def test_two_plans_show_changed_assumptions_above_changed_outcomes(two) -> None:
    text = Page(summary_html(two)).text
    assert text.index("Assumptions that differ") < text.index("Outcomes that differ") < text.index("Where")
    assert "▼ worse" in text
    assert "▲ better" in text


def test_a_failed_audit_shows_its_failures_and_no_result(basin, plan_on_paper) -> None:
    html = summary_html([plan_on_paper(basin, raised=0.5, checks=(FAILED,))])
    page = Page(html)
    assert "Not shown as a result" in page.text
    assert "The river walked from the springs down" in page.text
    assert "Mouth, dry" in page.text
    assert "svg" not in page.tags
    assert "At a glance" not in page.text
    assert "optimal" not in page.text.lower()


def test_a_failed_plan_is_left_out_of_the_comparison(basin, plan_on_paper, two) -> None:
    page = Page(summary_html([two[0], plan_on_paper(basin, raised=0.9, checks=(FAILED,))]))
    assert "Compared" not in page.text
    assert "At a glance" in page.text


def test_names_cannot_smuggle_markup_in(basin, plan_on_paper) -> None:
    evil = "<script>alert('x')</script>\"&"
    villages = basin.tables["villages"].assign(title=evil)
    reaches = basin.tables["reaches"].assign(title=evil)
    tables = {**basin.tables, "villages": villages, "reaches": reaches}
    tainted = replace(basin, tables=tables, settings=basin.settings.model_copy(update={"title": evil}))
    plan = plan_on_paper(tainted, raised=0.5, scenario={"title": evil, "description": evil})
    page = Page(summary_html([plan, plan_on_paper(tainted)]))
    assert "script" not in page.tags
    assert page.faults == []
    assert evil in page.text


def test_no_number_is_written_with_an_exponent(basin, plan_on_paper) -> None:
    text = Page(summary_html([plan_on_paper(basin, running=2.222e11)])).text
    assert not re.search(r"\de[+-]?\d", text)
    assert "222,200,000,000" in text


def test_the_page_says_its_language_and_fits_narrow_screens(two) -> None:
    html = summary_html(two)
    assert '<html lang="en">' in html
    assert "width=device-width" in html


def test_titles_stand_where_there_are_titles(basin, two) -> None:
    text = Page(summary_html(two)).text
    for table in ("villages", "channels", "groups"):
        for title in basin.tables[table]["title"]:
            assert title in text


def test_a_summary_takes_a_plan() -> None:
    with pytest.raises(ValueError, match="at least one plan"):
        summary_html([])


def test_a_basin_without_river_lines_sites_or_uses_is_drawn_too(basin, plan_on_paper) -> None:
    none = {name: basin.tables[name].iloc[:0] for name in ("reach_lines", "other_uses", "use_demand", "obligations")}
    bare = replace(basin, tables={**basin.tables, **none})
    assert Page(summary_html([plan_on_paper(bare)])).faults == []


def test_plans_of_basins_with_other_villages_are_laid_side_by_side(basin, two, plan_on_paper) -> None:
    of_village = [name for name, table in basin.tables.items() if "village" in table.columns]
    fewer = {name: basin.tables[name][basin.tables[name]["village"] != "farside"] for name in of_village}
    smaller = replace(basin, tables={**basin.tables, **fewer, "links": basin.tables["links"].iloc[:0]})
    alone = plan_on_paper(smaller, raised=0.5, scenario={"title": "Without Farside"})
    for plans in ([two[0], alone], [alone, two[0]]):
        page = Page(summary_html(plans))
        assert page.faults == []
        assert "Farside" in page.text


def test_the_picture_of_a_plan_is_one_sound_drawing(basin, two, plan_on_paper) -> None:
    picture = ElementTree.fromstring(picture_svg(two[1]))
    assert len(picture.findall("{*}svg")) == 2
    assert picture.get("aria-label")
    with pytest.raises(ValueError, match="no result"):
        picture_svg(plan_on_paper(basin, checks=(FAILED,)))
