"""A comparison as a tidy table and as a page of its own."""

import csv
import io
import math
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.basin import Basin
from planner.plan.audit.check import AuditCheck
from planner.plan.compare import compare, judge_by, relative_difference
from planner.plan.exports.comparison import SCHEMA, comparison_csv, comparison_table
from planner.plan.plan import Plan
from planner.reports.summary import comparison_html

TUTORIAL = Path(__file__).parents[4] / "datasets" / "tutorial" / "basin"
FAILED = AuditCheck("water.balance", "Water balances", False, 3.0, 1e-3, "m³/day", "hilltop, dry", 1)
FIGURE = st.floats(-1e12, 1e12)


@pytest.fixture
def plans(plan_on_paper) -> list[Plan]:
    basin = Basin.read(TUTORIAL)
    cheaper = {"name": "cheaper", "title": "=Cheaper", "policy": {"environmental_flow": "priced"}}
    return [
        plan_on_paper(basin, options=["spring_box"]),
        plan_on_paper(basin, raised=0.5, running=900, scenario=cheaper),
    ]


def test_every_figure_of_every_plan_has_a_row(plans: list[Plan]) -> None:
    comparison = compare(plans)
    rows = comparison_table(comparison).to_pylist()
    indicators = [row for row in rows if row["kind"] == "indicator"]
    assert len(indicators) == 2 * len(comparison.indicators)
    cost = [row for row in indicators if row["name"] == "cost_running"]
    assert [row["value"] for row in cost] == [10_000, 9_000]
    assert (cost[1]["absolute"], cost[1]["relative"], cost[1]["judgement"]) == (-1000, pytest.approx(-0.1), "better")
    assert {row["kind"] for row in rows} == {"plan", "assumption", "indicator", "option", "village"}


def test_an_option_that_a_plan_does_not_build_costs_it_nothing(plans: list[Plan]) -> None:
    built = [row for row in comparison_table(compare(plans)).to_pylist() if row["name"] == "spring_box"]
    assert [(row["words"], row["value"], row["judgement"]) for row in built] == [
        ("2027–2028", 1000, "same"), ("not built", 0, "neutral"),
    ]  # fmt: skip


def test_the_csv_is_read_as_the_table_and_has_no_formula(plans: list[Plan]) -> None:
    comparison = compare(plans)
    rows = list(csv.DictReader(io.StringIO(comparison_csv(comparison).decode("utf-8-sig"), newline="")))
    assert list(rows[0]) == SCHEMA.names
    assert {row["plan"] for row in rows} == {"On paper", "'=Cheaper"}
    table = comparison_table(comparison).to_pylist()
    assert [float(row["value"]) if row["value"] else None for row in rows] == [row["value"] for row in table]


class _Sections(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.labels: list[str | None] = []
        self.loaded: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.labels += [given.get("aria-label")] if tag == "section" else []
        self.loaded += [tag] if tag in ("script", "link", "img", "iframe") or "src" in given else []


def test_the_page_is_the_comparison_alone_and_loads_nothing(plans: list[Plan]) -> None:
    page = _Sections()
    page.feed(comparison_html(plans))
    assert page.labels == ["At a glance", "Compared"]
    assert page.loaded == []


def test_figures_of_a_plan_whose_audit_failed_are_not_compared(plans: list[Plan]) -> None:
    failed = replace(plans[1], audit=type(plans[1].audit)((FAILED,)))
    html = comparison_html([plans[0], failed])
    assert "the audit failed" in html
    assert "Outcomes that differ" not in html


def test_one_plan_is_no_comparison(plans: list[Plan]) -> None:
    with pytest.raises(ValueError, match="at least two"):
        comparison_html(plans[:1])


@given(st.lists(st.none() | FIGURE | st.just(0.0), min_size=2, max_size=4), st.sampled_from(["lower", "higher", "neither"]))
def test_differences_are_finite_and_judged_one_way_only(values: list[float | None], better: str) -> None:
    base = values[0]
    for value in values:
        judged, turned = judge_by(better, base, value), judge_by(better, value, base)
        opposite = {"better": "worse", "worse": "better", "same": "same", "neutral": "neutral"}
        assert turned == opposite[judged]
        if base is not None and value is not None and better != "neither":
            assert judged == "same" or (judged == "better") == ((value < base) == (better == "lower"))


@given(st.none() | st.just(0.0) | st.just(5e-324) | FIGURE, st.none() | FIGURE)
def test_a_relative_difference_is_finite_or_blank(first: float | None, second: float | None) -> None:
    relative = relative_difference(first, second)
    assert relative is None or math.isfinite(relative)
    assert relative is not None or not first or second is None or abs(first) < 1e-200


def test_a_relative_difference_from_a_negative_figure_has_the_sign_of_the_change() -> None:
    assert relative_difference(-10.0, -5.0) == 0.5
    assert relative_difference(-10.0, -15.0) == -0.5
